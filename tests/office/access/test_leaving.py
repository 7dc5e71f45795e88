"""What a person still holds is counted, and empty lines are left out."""

from posada.office.access.leaving import HOLDERS, Held, held_by, holds
from posada.office.access.roles import Role
from posada.office.desk.models import Task
from tests.office.access.objects import enquiry
from tests.office.people import counsel_of, person


def test_nothing_is_held_at_first() -> None:
    assert held_by(person()) == []


def test_tasks_and_enquiries_count() -> None:
    user = person(Role.LICENSING_WORKER)
    Task.objects.create(kind="call", role=Role.LICENSING_WORKER, owner=user, once_key="x")
    found = enquiry().record
    type(found).objects.filter(pk=found.pk).update(owner=user)
    assert [each.count for each in held_by(user)] == [1, 1]


def test_a_counsel_without_engagements_holds_nothing() -> None:
    user = person(Role.ATTORNEY)
    counsel_of(user=user)
    assert held_by(user) == []


def test_a_holder_is_registered_once() -> None:
    def holder(_user: object) -> list[Held]:
        return []

    before = len(HOLDERS)
    holds(holder)
    holds(holder)
    assert len(HOLDERS) == before + 1
    HOLDERS.remove(holder)
