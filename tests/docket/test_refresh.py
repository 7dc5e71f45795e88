"""Computing, saving and importing again loses no deadline and changes none."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from posada.docket.deadlines import Deadline, excuse, meet
from posada.docket.events import CaseEvent, CaseFile
from posada.docket.refresh import refresh
from posada.rulebook.legal_rule import LegalRulebook, Period
from tests.docket.made import BOOK, RECORDED, TODAY, adjustment, case, day, event, only, refreshed

TRIGGERS = sorted(trigger for trigger in BOOK.by_trigger if trigger)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def test_one_event_starts_every_rule_that_it_triggers() -> None:
    found = refreshed(case(event("in_absentia_order", "2026-11-02")))
    assert {each.rule_id: each.day for each in found.deadlines} == {
        "eoir.in_absentia_exceptional": day("2027-05-03"),
        "eoir.in_absentia_no_notice": None,
    }


def test_a_person_may_name_the_rules_that_an_event_starts() -> None:
    order = replace(event("vd_order", "2026-11-02"), rules=("eoir.vd_pre",))
    assert [each.rule_id for each in refreshed(case(order)).deadlines] == ["eoir.vd_pre"]


def test_the_same_case_twice_changes_nothing() -> None:
    file = case(event("ij_decision", "2026-11-02"), event("birth", "2010-02-28"))
    first = refreshed(file)
    again = refreshed(file, first.deadlines, as_of=TODAY + timedelta(days=40))
    assert again.deadlines == first.deadlines
    assert (again.added, again.moved, again.closed) == ((), (), ())


def test_a_hearing_that_is_moved_supersedes_its_deadlines_and_erases_none() -> None:
    first = event("individual_hearing", "2027-08-03", event_id="h1")
    old = refreshed(case(first)).deadlines
    second = event("individual_hearing", "2027-09-07", event_id="h2", replaces="h1")
    found = refreshed(case(first, second), old)
    states = {each.event_id: each.state for each in found.deadlines}
    assert states == {"h1": "superseded", "h2": "open"}
    assert found.closed == (old[0].deadline_id,)


def test_a_deadline_stands_again_when_what_superseded_it_was_a_mistake() -> None:
    first = event("individual_hearing", "2027-08-03", event_id="h1")
    second = event("individual_hearing", "2027-09-07", event_id="h2", replaces="h1")
    mistaken = event("individual_hearing", "2027-09-07", event_id="h2", replaces="h1", void="other child")
    kept = refreshed(case(first, second), refreshed(case(first)).deadlines).deadlines
    found = {each.event_id: each for each in refreshed(case(first, mistaken), kept).deadlines}
    assert {each: found[each].state for each in found} == {"h1": "open", "h2": "superseded"}
    assert [each.state for each in found["h1"].resolutions_before] == ["superseded"]
    assert found["h1"].day == day("2027-07-06")


def test_an_event_entered_by_mistake_is_superseded_with_the_reason() -> None:
    old = refreshed(case(event("ij_decision", "2026-11-02"))).deadlines
    (found,) = refreshed(case(event("ij_decision", "2026-11-02", void="another child")), old).deadlines
    assert found.resolution is not None
    assert "another child" in found.resolution.because


def test_a_deadline_whose_event_is_missing_from_an_import_stays() -> None:
    old = refreshed(case(event("ij_decision", "2026-11-02"))).deadlines
    assert refreshed(case(), old).deadlines == old


def test_a_gap_is_named_and_the_old_date_stays() -> None:
    file = case(event("aaf_notice_date", "2026-06-01"))
    old = refreshed(file).deadlines
    empty = LegalRulebook(
        {"asylum.aaf_pay": replace(BOOK.rule("asylum.aaf_pay"), versions=BOOK.rule("fee.aaf").versions[:1])}
    )
    found = refresh(file, old, book=empty, as_of=TODAY)
    assert found.deadlines == old
    assert "No value of rule asylum.aaf_pay" in found.gaps[0].why


def test_a_fact_recorded_later_moves_the_date_and_keeps_what_it_was() -> None:
    received = event("complete_i589_received", "2026-10-01")
    old = refreshed(case(received)).deadlines
    found = refreshed(case(received, applicant_delay_days=21), old)
    moved = {each.rule_id: (each.before[0].day, each.day) for each in found.deadlines}
    assert moved["asylum.ead_apply"] == (day("2027-02-28"), day("2027-03-21"))
    assert set(found.moved) == {each.deadline_id for each in found.deadlines}


def test_an_adjustment_moves_only_its_own_deadline() -> None:
    file = case(event("ij_decision", "2026-11-02"), event("birth", "2010-02-28"))
    old = refreshed(file).deadlines
    extension = adjustment("extension", "eoir.bia_appeal", "ij_decision", days=21)
    found = refreshed(replace(file, adjustments=(extension,)), old)
    (moved,) = [each for each in found.deadlines if each.before]
    assert (moved.rule_id, moved.day) == ("eoir.bia_appeal", day("2026-12-03"))
    assert moved.computed.adjusted_by == ("a1",)


def test_each_anniversary_through_the_next_has_a_deadline_of_its_own() -> None:
    found = refreshed(case(event("i589_filing", "2024-11-01"))).deadlines
    fees = [each for each in found if each.rule_id == "asylum.aaf_due"]
    assert [(each.occurrence, each.day) for each in fees] == [
        (1, day("2025-11-01")),
        (2, day("2026-11-01")),
        (3, day("2027-11-01")),
    ]


def test_an_estimated_birth_date_counts_from_the_earliest() -> None:
    stated = replace(event("birth", "2008-06-15"), earliest=day("2008-01-01"))
    assert only(case(stated), "age.attains_18").day == day("2026-01-01")


@given(st.lists(st.tuples(st.sampled_from(TRIGGERS), DAYS), max_size=4), DAYS, DAYS)
@settings(max_examples=60, deadline=None)
def test_any_order_of_events_and_any_days_of_computing_give_the_same_deadlines(
    happened: list[tuple[str, date]], first: date, second: date
) -> None:
    events = [
        CaseEvent(f"e{n}", "c1", name, on, RECORDED, "somebody", facts={"datetime": f"{on}T10:00"})
        for n, (name, on) in enumerate(happened)
    ]
    one = refresh(CaseFile("c1", tuple(events)), (), book=BOOK, as_of=first)
    other = refresh(CaseFile("c1", tuple(reversed(events))), (), book=BOOK, as_of=first)
    assert one.deadlines == other.deadlines
    later = refresh(CaseFile("c1", tuple(events)), one.deadlines, book=BOOK, as_of=second)
    assert {each.deadline_id for each in one.deadlines} <= {each.deadline_id for each in later.deadlines}
    again = refresh(CaseFile("c1", tuple(events)), later.deadlines, book=BOOK, as_of=second)
    assert again.deadlines == later.deadlines


@given(
    st.lists(st.tuples(st.sampled_from(TRIGGERS), DAYS), min_size=1, max_size=5), st.sampled_from(TRIGGERS)
)
@settings(max_examples=60, deadline=None)
def test_a_new_version_of_a_rule_moves_exactly_the_deadlines_that_it_covers(
    happened: list[tuple[str, date]], trigger: str
) -> None:
    events = tuple(
        CaseEvent(f"e{n}", "c1", name, on, RECORDED, "somebody", facts={"datetime": f"{on}T10:00"})
        for n, (name, on) in enumerate(happened)
    )
    (changed, *_) = BOOK.by_trigger[trigger]
    last = changed.versions[-1]
    if last.period is None or last.period.unit == "hours":
        return
    from_day = date(2026, 6, 1)
    longer = replace(
        last,
        number=last.number + 1,
        effective_from=from_day,
        effective_to=None,
        known_from=None,
        known_to=None,
        applies_by="trigger_date",
        period=Period(last.period.number + 7, last.period.unit),
    )
    book = LegalRulebook(
        {**BOOK.rules, changed.rule_id: replace(changed, versions=(*changed.versions, longer), recurs=False)}
    )
    plain = LegalRulebook({**BOOK.rules, changed.rule_id: replace(changed, recurs=False)})
    file = CaseFile("c1", events)
    before = refresh(file, (), book=plain, as_of=TODAY)
    after = refresh(file, before.deadlines, book=book, as_of=TODAY)
    covered = {
        each.deadline_id
        for each in before.deadlines
        if each.rule_id == changed.rule_id and each.trigger_date >= from_day
    }
    assert set(after.moved) == covered


class Docket(RuleBasedStateMachine):
    """Anything that an office does to one case, again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.file = CaseFile("c1")
        self.kept: tuple[Deadline, ...] = ()
        self.seen: dict[str, str] = {}

    @rule(name=st.sampled_from(TRIGGERS), on=DAYS)
    def records(self, name: str, on: date) -> None:
        number = len(self.file.events)
        happened = CaseEvent(f"e{number}", "c1", name, on, RECORDED, "somebody")
        self.file = replace(self.file, events=(*self.file.events, happened))

    @rule(pick=st.integers(0, 50), on=DAYS)
    def reschedules(self, pick: int, on: date) -> None:
        live = [each for each in self.file.events if self.file.replaced_by(each.event_id) is None]
        if live:
            old = live[pick % len(live)]
            number = len(self.file.events)
            new = CaseEvent(f"e{number}", "c1", old.name, on, RECORDED, "somebody", replaces=old.event_id)
            self.file = replace(self.file, events=(*self.file.events, new))

    @rule(as_of=DAYS)
    def computes(self, as_of: date) -> None:
        self.kept = refresh(self.file, self.kept, book=BOOK, as_of=as_of).deadlines

    @rule()
    def loses_its_events(self) -> None:
        self.kept = refresh(CaseFile("c1"), self.kept, book=BOOK, as_of=TODAY).deadlines

    @rule(pick=st.integers(0, 50), is_met=st.booleans())
    def closes(self, pick: int, is_met: bool) -> None:
        waiting = [each for each in self.kept if each.is_open]
        if waiting:
            old = waiting[pick % len(waiting)]
            closed = (
                meet(old, on=TODAY, proof="receipt", by="counsel", entered_on=TODAY)
                if is_met
                else excuse(old, on=TODAY, by="counsel", why="a reason", entered_on=TODAY)
            )
            self.kept = tuple(closed if each is old else each for each in self.kept)

    @rule(pick=st.integers(0, 50))
    def finds_a_mistake(self, pick: int) -> None:
        if self.file.events:
            wrong = self.file.events[pick % len(self.file.events)]
            events = [
                replace(each, void_reason="entered for another child") if each is wrong else each
                for each in self.file.events
            ]
            self.file = replace(self.file, events=tuple(events))

    @invariant()
    def nothing_was_lost_and_nothing_that_a_person_closed_opened_again(self) -> None:
        now = {each.deadline_id: each for each in self.kept}
        assert set(self.seen) <= set(now)
        for each, state in self.seen.items():
            assert state in ("open", "superseded") or now[each].state == state
        self.seen = {each: deadline.state for each, deadline in now.items()}


TestDocket = Docket.TestCase
TestDocket.settings = settings(max_examples=30, stateful_step_count=50, deadline=None)
