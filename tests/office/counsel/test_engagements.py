"""An engagement begins after a check and within the caseload, and ends with a reason; the file follows at once."""

from datetime import timedelta

import pytest

from posada.office.access import doors
from posada.office.access.actor import actor_of
from posada.office.access.roles import Role
from posada.office.audit.chain import verify
from posada.office.counsel.engagements import (
    ConflictOfInterest,
    HasCounsel,
    NewEngagement,
    NoOpenSlot,
    end_engagement,
    engage,
    run_check,
    void_engagement,
)
from posada.office.counsel.models import ConflictCheck, Engagement
from posada.office.counsel.people import add_party
from posada.office.day import today
from posada.office.desk.models import Task
from posada.office.intake.models import Hearing, Separation
from posada.office.program import settings_of_program
from posada.office.refusals import FieldsRefused, NotThere, Refusal
from tests.office.counsel.desk_shortcuts import coordinator, engaged
from tests.office.people import acting, counsel_of, group_of, person


def test_the_file_opens_with_the_engagement_and_closes_with_its_end() -> None:
    user = person(Role.ATTORNEY)
    actor, counsel, group = coordinator(), counsel_of(user=user), group_of()
    assert not doors.groups(actor_of(user)).exists()
    engagement = engaged(actor, counsel, group)
    assert list(doors.groups(actor_of(user))) == [group]
    end_engagement(actor, engagement, version=engagement.version, until=today(), kind="client_asked")
    assert not doors.groups(actor_of(user)).exists()
    assert not doors.children(actor_of(user)).exists()


def test_an_engagement_that_begins_later_opens_nothing_today() -> None:
    user = person(Role.ATTORNEY)
    engaged(coordinator(), counsel_of(user=user), group_of(), from_date=today() + timedelta(days=3))
    assert not doors.groups(actor_of(user)).exists()


@pytest.mark.parametrize(("scope", "left"), [("full", 1), ("limited", 1), ("clinic", 2)])
def test_a_full_or_limited_engagement_takes_a_slot_and_its_end_gives_it_back(scope: str, left: int) -> None:
    actor, counsel = coordinator(), counsel_of(open_slots=2)
    before = settings_of_program().changed_number
    engagement = engaged(actor, counsel, group_of(), scope=scope)
    counsel.refresh_from_db()
    assert counsel.open_slots == left
    assert settings_of_program().changed_number > before
    end_engagement(actor, engagement, version=1, until=today(), kind="scope_done")
    counsel.refresh_from_db()
    assert counsel.open_slots == 2


def test_nobody_is_over_caseload() -> None:
    actor, counsel = coordinator(), counsel_of(open_slots=1)
    engaged(actor, counsel, group_of())
    with pytest.raises(NoOpenSlot):
        engaged(actor, counsel, group_of())
    assert Engagement.objects.count() == 1


def test_a_group_has_one_full_counsel_and_a_refusal_takes_no_slot() -> None:
    actor, group, second = coordinator(), group_of(), counsel_of(open_slots=1)
    engaged(actor, counsel_of(), group)
    with pytest.raises(HasCounsel):
        engaged(actor, second, group)
    second.refresh_from_db()
    assert second.open_slots == 1
    assert engaged(actor, second, group, scope="limited").scope == "limited"


def test_a_hit_has_to_be_cleared_with_a_reason() -> None:
    actor, counsel, group = coordinator(), counsel_of(), group_of()
    engaged(actor, counsel, group_of(given_name="Ana", family_name="Ruiz"))
    add_party(actor, group, name="Ana Ruiz", relation="accused")
    with pytest.raises(FieldsRefused):
        engaged(actor, counsel, group)
    begun = engaged(actor, counsel, group, cleared_reason="Another Ana Ruiz, aged 60.")
    assert begun.conflict_check is not None
    assert begun.conflict_check.cleared_reason == "Another Ana Ruiz, aged 60."


def test_a_separation_cannot_be_cleared() -> None:
    actor, counsel, group = coordinator(), counsel_of(), group_of()
    Separation.objects.create(group=group, counsel=counsel, reason="acted for the accused")
    with pytest.raises(ConflictOfInterest):
        engaged(actor, counsel, group, cleared_reason="It will be fine.")


def test_a_hit_that_is_newer_than_the_check_that_was_shown_stops_the_engagement() -> None:
    actor, counsel, group = coordinator(), counsel_of(), group_of()
    shown = run_check(actor, counsel, group)
    engaged(actor, counsel, group_of(given_name="Ana", family_name="Ruiz"))
    add_party(actor, group, name="Ana Ruiz", relation="accused")
    with pytest.raises(ConflictOfInterest, match="changed since"):
        engage(actor, NewEngagement(counsel, group, shown, "full", today(), cleared_reason="No conflict."))


def test_a_check_of_another_group_is_no_check() -> None:
    actor, counsel = coordinator(), counsel_of()
    shown = run_check(actor, counsel, group_of())
    with pytest.raises(NotThere):
        engage(actor, NewEngagement(counsel, group_of(), shown, "full", today()))


@pytest.mark.parametrize(
    "fields",
    [
        {"malpractice_until": today},
        {"is_active": False},
        {"available_from": lambda: today() + timedelta(days=9)},
    ],
)
def test_a_counsel_who_cannot_act_is_refused(fields: dict[str, object]) -> None:
    made = {name: value() if callable(value) else value for name, value in fields.items()}
    counsel = counsel_of(**made)
    with pytest.raises(FieldsRefused):
        engaged(coordinator(), counsel, group_of(), from_date=today() + timedelta(days=1))


@pytest.mark.parametrize("days", [-1, 1])
def test_an_end_is_recorded_when_it_has_come(days: int) -> None:
    actor = coordinator()
    engagement = engaged(actor, counsel_of(), group_of())
    until = today() + timedelta(days=days)
    with pytest.raises(FieldsRefused):
        end_engagement(actor, engagement, version=1, until=until, kind="case_closed")


def test_an_end_without_a_reason_is_refused_and_a_second_end_too() -> None:
    actor = coordinator()
    engagement = engaged(actor, counsel_of(), group_of())
    with pytest.raises(FieldsRefused):
        end_engagement(actor, engagement, version=1, until=today(), kind="")
    ended = end_engagement(actor, engagement, version=1, until=today(), kind="case_closed")
    with pytest.raises(Refusal):
        end_engagement(actor, ended, version=ended.version, until=today(), kind="case_closed")


def test_a_group_left_without_counsel_stands_in_the_queue_with_its_hearing() -> None:
    actor, group = coordinator(), group_of()
    Hearing.objects.create(group=group, court_code="BAL", hearing_date=today() + timedelta(days=5))
    engagement = engaged(actor, counsel_of(), group)
    end_engagement(actor, engagement, version=1, until=today(), kind="counsel_left")
    task = Task.objects.get(kind="find_counsel")
    assert (task.role, task.group, task.due_on) == (
        Role.LEGAL_COORDINATOR,
        group,
        today() + timedelta(days=5),
    )


def test_an_engagement_by_mistake_is_voided_and_its_slot_is_free() -> None:
    actor, counsel = coordinator(), counsel_of(open_slots=1)
    engagement = engaged(actor, counsel, group_of())
    void_engagement(actor, engagement, version=engagement.version, reason="Wrong group.")
    counsel.refresh_from_db()
    assert counsel.open_slots == 1
    assert engaged(actor, counsel, group_of())


@pytest.mark.parametrize(
    "role", [Role.PLACEMENT_WORKER, Role.ATTORNEY, Role.INTAKE_WORKER, Role.ADMINISTRATOR]
)
def test_only_the_legal_desk_begins_engagements(role: Role) -> None:
    counsel, group = counsel_of(), group_of()
    with pytest.raises(NotThere):
        run_check(acting(role), counsel, group)
    shown = ConflictCheck.objects.create(counsel=counsel, group=group, checked_at="2026-11-24T10:00Z")
    with pytest.raises(NotThere):
        engage(acting(role), NewEngagement(counsel, group, shown, "full", today()))


def test_an_attorney_ends_an_own_engagement_and_nobody_elses() -> None:
    user, other = person(Role.ATTORNEY), person(Role.ATTORNEY)
    engagement = engaged(coordinator(), counsel_of(user=user), group_of())
    with pytest.raises(NotThere):
        end_engagement(actor_of(other), engagement, version=1, until=today(), kind="scope_done")
    end_engagement(actor_of(user), engagement, version=1, until=today(), kind="scope_done")
    assert verify().broken_at is None
