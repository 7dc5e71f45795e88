"""Two persons erase exactly what was agreed to, all or nothing; a hold stops it, also after the agreement."""

from uuid import UUID, uuid4

import pytest

from posada.office.access import two_persons
from posada.office.access.actor import Actor
from posada.office.access.approval_words import said_of
from posada.office.access.models import Approval
from posada.office.access.roles import Role
from posada.office.audit.models import Entry
from posada.office.desk.models import Task
from posada.office.desk.task_words import page_of, title_of
from posada.office.intake.models import SiblingGroup
from posada.office.refusals import NotThere, Refusal
from posada.office.retention import asking
from posada.office.retention.models import Erased, LegalHold
from posada.office.retention.subjects import due
from tests.office.people import acting
from tests.office.retention.gone import director, gone_group, late_day


@pytest.fixture(autouse=True)
def _late(monkeypatch: pytest.MonkeyPatch) -> None:
    late_day(monkeypatch)


def agreed(one: Actor) -> Approval:
    asked = asking.ask(one, due(), reason="past its time")
    return two_persons.answer(director(), asked.pk, approve=True)


def stands(group: SiblingGroup) -> bool:
    return SiblingGroup.objects.filter(pk=group.pk).exists()


def test_two_persons_erase_and_the_log_says_so_by_an_opaque_id() -> None:
    group, one = gone_group(), director()
    approval = agreed(one)
    assert "Erase 1 record" in str(said_of(approval).sentence)
    assert asking.carry_out(one, approval.pk) == 1
    assert not stands(group)
    assert Entry.objects.get(act="retention.erase").subject_id == str(group.pk)
    assert Erased.objects.get().kind == "group"
    with pytest.raises(two_persons.Expired):
        asking.carry_out(one, approval.pk)


def test_nobody_else_uses_it_and_nobody_agrees_with_oneself() -> None:
    group, one = gone_group(), director()
    asked = asking.ask(one, due(), reason="past its time")
    with pytest.raises(two_persons.NotYours):
        two_persons.answer(one, asked.pk, approve=True)
    with pytest.raises(two_persons.Expired):
        asking.carry_out(one, asked.pk)
    approval = agreed(one)
    for other in (director(), acting(Role.ADMINISTRATOR), acting(Role.INTAKE_WORKER)):
        with pytest.raises(NotThere):
            asking.carry_out(other, approval.pk)
    assert stands(group)


def test_a_hold_after_the_agreement_stops_all_of_it_and_lifting_it_lets_it_go() -> None:
    groups, one = [gone_group(), gone_group()], director()
    approval = agreed(one)
    held = asking.hold(one, "group", groups[0].pk, reason="a court said so")
    with pytest.raises(Refusal, match="not due any more"):
        asking.carry_out(one, approval.pk)
    assert all(map(stands, groups))
    with pytest.raises(Refusal):
        asking.ask(one, [each for each in due() if each.held], reason="past its time")
    asking.lift(one, held, version=held.version)
    assert asking.carry_out(one, approval.pk) == 2
    assert not LegalHold.objects.filter(subject_id=groups[0].pk).exists()


def test_a_hold_needs_a_director_a_reason_and_something_to_hold() -> None:
    group = gone_group()
    with pytest.raises(NotThere):
        asking.hold(acting(Role.ADMINISTRATOR), "group", group.pk, reason="a court said so")
    wrong: list[tuple[str, UUID, str]] = [
        ("group", group.pk, " "),
        ("group", uuid4(), "a court said so"),
        ("sinner", group.pk, "a court said so"),
    ]
    for kind, pk, reason in wrong:
        with pytest.raises(Refusal):
            asking.hold(director(), kind, pk, reason=reason)
    asking.hold(director(), "group", group.pk, reason="a court said so")
    with pytest.raises(Refusal, match="already"):
        asking.hold(director(), "group", group.pk, reason="a court said so")


def test_on_the_day_both_are_told_once_and_nothing_is_erased() -> None:
    assert asking.open_tasks() == 0
    group = gone_group()
    asking.open_tasks()
    asking.open_tasks()
    tasks = Task.objects.filter(kind="retention_due")
    assert {each.role for each in tasks} == {Role.PROGRAM_DIRECTOR, Role.ADMINISTRATOR}
    assert tasks.count() == 2
    assert "erased" in title_of(tasks[0])
    assert page_of(tasks[0]) == "/retention/"
    assert stands(group)
    one = director()
    asking.carry_out(one, agreed(one).pk)
    assert not tasks.filter(done_at__isnull=True).exists()
