"""Computing again loses nothing and changes nothing; what moved keeps what it was."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from posada.office.access.actor import actor_of, machine
from posada.office.access.roles import Role
from posada.office.audit.models import Entry, Revision
from posada.office.day import today
from posada.office.docket.closing import meet
from posada.office.docket.events import NewEvent, record_event, void_event
from posada.office.docket.jobs import recompute_everything
from posada.office.docket.models import DateGap, Deadline, DocketEvent
from posada.office.docket.recompute import recompute, recompute_all
from posada.office.intake.models import Child, ProgramSettings
from tests.office.docket.cases import (
    LATE_NOVEMBER,
    attorney_of,
    child_of,
    coordinator,
    deadline_of,
    hearing_of,
    record,
)
from tests.office.people import group_of, person

EVERY_COLUMN = [field.attname for field in Deadline._meta.concrete_fields]


def all_rows() -> list[tuple]:
    return list(Deadline.objects.order_by("deadline_id").values_list(*EVERY_COLUMN))


def test_a_birth_alone_gives_the_limits_of_age() -> None:
    child = child_of(group_of(date(2009, 5, 1)))
    recompute(coordinator(), [child.group_id], because="test")
    found = dict(Deadline.objects.filter(child=child).values_list("rule_id", "day"))
    assert found["age.attains_18"] == date(2027, 5, 1)
    assert "sij.i360_last_day" in found
    assert "sij.md_order_last_day" in found
    assert not any(each.startswith("home.") for each in found)


def test_another_state_has_no_rule_of_maryland() -> None:
    ProgramSettings.objects.filter(pk=1).update(state="TX", policy="federal")
    child = child_of()
    recompute(coordinator(), [child.group_id], because="test")
    assert not Deadline.objects.filter(rule_id__startswith="sij.md_").exists()


def test_of_a_disputed_birth_date_the_earliest_counts() -> None:
    child = child_of(group_of(date(2009, 5, 1)))
    Child.objects.filter(pk=child.pk).update(
        birth_date_basis="disputed", birth_date_latest=date(2008, 12, 30)
    )
    recompute(coordinator(), [child.group_id], because="test")
    assert deadline_of(child, "age.attains_18").day == date(2026, 12, 30)


def test_computing_again_changes_nothing_and_writes_nothing() -> None:
    child = child_of()
    record(coordinator(), child, "nta_served", date(2026, 11, 2))
    before, entries = all_rows(), Entry.objects.count()
    recompute(coordinator(), [child.group_id], because="again")
    recompute_everything.func()
    assert all_rows() == before
    assert Entry.objects.count() == entries


def test_a_hearing_that_moves_takes_its_date_along_and_keeps_the_old_one() -> None:
    group = group_of()
    hearing = hearing_of(group, date(2027, 2, 3), kind="individual")
    recompute(coordinator(), [group.pk], because="test")
    old = Deadline.objects.get(group=group, rule_id="eoir.individual_filing")
    type(hearing).objects.filter(pk=hearing.pk).update(hearing_date=date(2027, 3, 3))
    done = recompute(coordinator(), [group.pk], because="test")
    new = Deadline.objects.get(pk=old.pk)
    assert (done.moved, done.added) == (1, 0)
    assert new.day is not None and old.day is not None and new.day > old.day
    assert [each["day"] for each in new.before] == [old.day.isoformat()]
    assert Revision.objects.filter(record_id=old.pk, act="docket.recompute").count() == 1


def test_a_hearing_taken_off_supersedes_its_date_and_leaves_it_there() -> None:
    group = group_of()
    hearing = hearing_of(group, date(2027, 2, 3), kind="master")
    recompute(coordinator(), [group.pk], because="test")
    type(hearing).objects.filter(pk=hearing.pk).update(
        voided_at="2026-11-24T12:00Z", voided_reason="rescheduled by the court"
    )
    recompute(coordinator(), [group.pk], because="test")
    row = Deadline.objects.get(group=group, rule_id="eoir.master_filing")
    assert row.state == "superseded"
    assert "rescheduled by the court" in row.because


def test_a_missing_date_is_a_named_gap_and_goes_when_it_is_recorded() -> None:
    group = group_of()
    child = child_of(group)
    hearing_of(group, date(2027, 2, 3))
    recompute(coordinator(), [group.pk], because="test")
    assert set(DateGap.objects.filter(group=group).values_list("rule_id", "missing")) == {
        ("asylum.one_year", "last_arrival"),
        ("eoir.individual_filing", "hearing_kind"),
    }
    record(coordinator(), child, "last_arrival", date(2026, 10, 1))
    assert not DateGap.objects.filter(missing="last_arrival").exists()
    assert deadline_of(child, "asylum.one_year").day == date(2027, 10, 1)


def test_the_whole_program_is_computed_in_few_questions(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _ in range(12):
        hearing_of(group_of(date(2012, 3, 4), date(2014, 3, 4)), date(2027, 2, 3), kind="master")
    with django_assert_max_num_queries(40):
        done = recompute_all()
    assert done.added == Deadline.objects.count() > 70
    with django_assert_max_num_queries(20):
        assert recompute_all(actor=machine("test")).added == 0


def test_a_child_that_was_merged_leaves_no_second_birthday() -> None:
    group = group_of(date(2009, 5, 1), date(2009, 5, 2))
    one, other = group.children.order_by("child_id")
    recompute(coordinator(), [group.pk], because="test")
    Child.objects.filter(pk=other.pk).update(merged_into=one)
    Deadline.objects.filter(child=other).update(child=one)
    recompute(coordinator(), [group.pk], because="test")
    states = Deadline.objects.filter(rule_id="age.attains_18").values_list("state", flat=True)
    assert sorted(states) == ["open", "superseded"]


class Case(RuleBasedStateMachine):
    """Somebody records, corrects, voids, meets and computes in any order: no deadline is ever lost."""

    def __init__(self) -> None:
        super().__init__()
        self.child = child_of(group_of(date(2010, 1, 2)))
        self.actor = actor_of(person(Role.LEGAL_COORDINATOR))
        self.seen: set[str] = set()

    @rule(
        name=st.sampled_from(["nta_served", "ij_decision", "in_absentia_order", "address_changed"]),
        back=st.integers(0, 40),
    )
    def records(self, name: str, back: int) -> None:
        on = min(LATE_NOVEMBER, today()) - timedelta(days=back)
        record_event(self.actor, self.child, NewEvent(name, on, evidence="a copy"))

    @rule(number=st.integers(0, 5))
    def voids(self, number: int) -> None:
        events = list(DocketEvent.objects.filter(voided_at__isnull=True).order_by("entered_at"))
        if not events:
            return
        event = events[number % len(events)]
        void_event(self.actor, event, version=event.version, reason="a mistake")

    @rule(number=st.integers(0, 5))
    def meets(self, number: int) -> None:
        open_rows = list(Deadline.objects.filter(state="open").order_by("deadline_id"))
        if not open_rows:
            return
        row = open_rows[number % len(open_rows)]
        meet(self.actor, row, version=row.version, on=min(LATE_NOVEMBER, today()), proof="receipt 1")

    @rule()
    def computes(self) -> None:
        recompute(self.actor, [self.child.group_id], because="again")
        before = all_rows()
        recompute(self.actor, [self.child.group_id], because="again")
        assert all_rows() == before

    @invariant()
    def nothing_is_lost(self) -> None:
        now = set(Deadline.objects.values_list("deadline_id", flat=True))
        assert self.seen <= now
        self.seen = now
        assert not Deadline.objects.exclude(state="open").filter(because="").exists()


class TestCases(TestCase, Case.TestCase):  # type: ignore[misc, name-defined]
    """The machine above, each run in a transaction of its own."""

    settings = settings(
        max_examples=5,
        stateful_step_count=8,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize("again", [1, 2])
def test_the_same_event_twice_is_one_event(again: int) -> None:
    group = group_of()
    _user, actor = attorney_of(group)
    child = child_of(group)
    for _ in range(again):
        record(actor, child, "nta_served", date(2026, 11, 2))
    assert DocketEvent.objects.count() == 1


def test_what_an_import_changed_is_followed_in_the_next_turn() -> None:
    from django.core.cache import cache

    from posada.office.docket.recompute import LAST_TURN, recompute_changed

    cache.delete(LAST_TURN)
    group = group_of()
    recompute_changed()
    assert Deadline.objects.filter(group=group).exists()
    row = hearing_of(group, date(2027, 2, 3), kind="master")
    done = recompute_changed()
    assert done.added == 1
    assert Deadline.objects.filter(event_key=f"hearing:{row.pk.hex}").exists()
    assert recompute_changed().added == 0


def test_a_gap_that_two_wrote_at_once_is_one_again() -> None:
    group = group_of()
    recompute(coordinator(), [group.pk], because="test")
    twin = DateGap.objects.get(group=group)
    twin.pk = None
    twin.save(force_insert=True)
    recompute(coordinator(), [group.pk], because="test")
    assert DateGap.objects.filter(group=group).count() == 1
