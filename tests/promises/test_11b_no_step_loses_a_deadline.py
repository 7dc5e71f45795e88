"""Promise 11: no step loses a deadline, and none is moved in silence.

A machine does in any order what an office does: records, corrects, amends notices, moves and takes off hearings,
edits births, imports the same folder again, meets, moves dates, saves again, computes, and lives through changes of
its clock, its zone and its years. After every step each deadline ever seen is still there, what a person closed is
closed, each event that counts has for every rule that it starts a deadline or a named gap, and a date that is another
than before has the old one beside it.
`POSADA_STEPS=5000` in the long run; 150 in the suite. On both databases.
"""

import os
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from posada.docket.refresh import DATED
from posada.office.access.actor import machine
from posada.office.counsel.models import Engagement
from posada.office.day import today
from posada.office.docket import rules
from posada.office.docket.case_files import cases_of
from posada.office.docket.closing import Moves, adjust, excuse
from posada.office.docket.event_kinds import EVENTS, NEEDS_HOUR
from posada.office.docket.events import NewEvent, record_event
from posada.office.docket.jobs import recompute_everything
from posada.office.docket.models import DateGap, Deadline, DocketEvent
from posada.office.docket.notices import CONFIRMED, NewNotice, enter_notice
from posada.office.docket.recompute import recompute, recompute_changed
from posada.office.docket.sign_offs import signed_book
from posada.office.intake.models import Child, Hearing, ProgramSettings
from posada.office.intake.services import take_folder
from tests.office.docket.cases import LATE_NOVEMBER, attorney_of, hearing_of
from tests.office.docket.test_recompute import Case
from tests.office.intake.folders import csv, folder

STEPS = int(os.environ.get("POSADA_STEPS", "150"))
OF_ONE = 25
"""Steps of one life of the office."""
DAYS = st.one_of(
    st.sampled_from(
        [
            *(date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 13), date(2027, 3, 14), date(2027, 11, 7)),
            *(date(2026, 11, 1), date(2028, 2, 29), date(2028, 12, 31), LATE_NOVEMBER),
        ]
    ),
    st.dates(date(2026, 10, 1), date(2029, 1, 31)),
)
NAMES = sorted(EVENTS)
ZONES = ("America/New_York", "America/Los_Angeles", "Pacific/Guam", "Pacific/Kiritimati", "America/St_Johns")
taken = moved = 0
"""Steps so far, of every life; and dates that were another after one."""


class Office(Case):
    """An office with one family, whose clock stands where it is put."""

    def __init__(self) -> None:
        self.undone = transaction.atomic()
        self.undone.__enter__()
        ProgramSettings.objects.update_or_create(pk=1, defaults={"plan_date": LATE_NOVEMBER, "state": "MD"})
        super().__init__()
        _user, self.attorney = attorney_of(self.child.group)
        Engagement.objects.update(from_date=date(2020, 1, 1))  # whatever day the clock shows
        self.dates: dict[str, list[Any]] = {}
        self.closed: dict[str, str] = {}

    def teardown(self) -> None:
        """Each life ends without a trace."""
        timezone.deactivate()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize()
    def opens(self) -> None:
        """The folder is there from the start."""
        self._import(folder())

    def _import(self, files: dict[str, bytes]) -> None:
        before = today()
        take_folder(files, actor=machine("promise"), told=lambda *_: None)
        ProgramSettings.objects.filter(pk=1).update(plan_date=before)  # the clock is not the folder's here
        recompute_changed()

    @rule(hearing=DAYS, birth=st.dates(date(2008, 1, 1), date(2016, 1, 1)), is_same=st.booleans())
    def imports(self, hearing: date, birth: date, is_same: bool) -> None:
        """The same folder again, or one with another birth and another day of the hearing."""
        if is_same:
            return self._import(folder())
        files = folder(hearings_csv=csv("sibling_group_id,court_code,hearing_date", f"G1,BAL,{hearing}"))
        files["children.csv"] = files["children.csv"].replace(b"2012-03-04", birth.isoformat().encode())
        return self._import(files)

    @rule(name=st.sampled_from(NAMES), back=st.integers(0, 900))
    def records_anything(self, name: str, back: int) -> None:
        """Whatever starts a clock; an hour where it runs in hours."""
        on = today() - timedelta(days=back)
        facts = {"datetime": f"{on}T02:30"} if name in NEEDS_HOUR else {}
        record_event(self.actor, self.child, NewEvent(name, on, evidence="a copy", facts=facts))

    @rule(number=st.integers(0, 9), back=st.integers(0, 400))
    def corrects(self, number: int, back: int) -> None:
        """The day of an event was another."""
        events = list(DocketEvent.objects.filter(voided_at__isnull=True).order_by("entered_at"))
        if not events:
            return
        old = events[number % len(events)]
        on = today() - timedelta(days=back)
        facts = {"datetime": f"{on}T01:30"} if old.name in NEEDS_HOUR else {}
        new = NewEvent(old.name, on, evidence="a corrected copy", facts=facts, replaces=old)
        record_event(self.actor, self.child, new)

    @rule(
        ahead=st.integers(1, 500), kind=st.sampled_from(["master", "individual"]), is_doubtful=st.booleans()
    )
    def receives_a_notice(self, ahead: int, kind: str, is_doubtful: bool) -> None:
        """A notice, or an amended one: a day that can be, or one that no calendar has."""
        day = today() + timedelta(days=ahead)
        typed = f"{day.year}-{day.month:02d}-31" if is_doubtful else day.isoformat()
        hearing_of(self.child.group, day).delete()  # so that the court is known
        notice = NewNotice(kind, typed, "08:30", "BAL", today(), "a notice", frozenset(CONFIRMED))
        enter_notice(self.actor, self.child, notice)

    @rule(number=st.integers(0, 9), day=DAYS, is_off=st.booleans())
    def moves_a_hearing(self, number: int, day: date, is_off: bool) -> None:
        """The court moves a hearing, or takes it off, as an import writes it; the next turn follows."""
        rows = list(Hearing.objects.filter(voided_at__isnull=True).order_by("pk"))
        if not rows:
            return
        row = rows[number % len(rows)]
        off: dict[str, Any] = {"voided_at": timezone.now(), "voided_reason": "taken off by the court"}
        Hearing.objects.filter(pk=row.pk).update(
            **(off if is_off else {"hearing_date": day}), changed_at=timezone.now()
        )
        recompute_changed()

    @rule(
        birth=st.dates(date(2006, 1, 1), date(2018, 1, 1)), basis=st.sampled_from(["documented", "disputed"])
    )
    def edits_the_birth(self, birth: date, basis: str) -> None:
        """Another day of birth, certain or disputed."""
        Child.objects.filter(pk=self.child.pk).update(
            birth_date=birth,
            birth_date_basis=basis,
            birth_date_latest=birth - timedelta(days=90) if basis == "disputed" else None,
        )
        recompute(self.actor, [self.child.group_id], because="child")

    @rule(number=st.integers(0, 20), kind=st.sampled_from(["addition", "extension", "order", "tolling"]))
    def moves_a_date(self, number: int, kind: str) -> None:
        """Counsel records what moves a date, or that it need not be kept."""
        rows = list(Deadline.objects.filter(state="open", child=self.child).order_by("deadline_id"))
        if not rows:
            return
        row, on = rows[number % len(rows)], today()
        if number == 20:
            excuse(self.attorney, row, version=row.version, why="waived in writing")
            return
        moves = Moves(kind, "an order", "on file", days=14, start=on - timedelta(days=9), end=on)
        adjust(self.attorney, row, moves)

    @rule(day=DAYS)
    def lives_on_another_day(self, day: date) -> None:
        """The clock goes on over a year's end, or was wrong and goes back; the night's work is done."""
        ProgramSettings.objects.filter(pk=1).update(plan_date=day)
        recompute_everything.func()

    @rule(zone=st.sampled_from(ZONES))
    def moves_to_another_zone(self, zone: str) -> None:
        """The server's zone is another; a date has none."""
        before = self._dates()
        timezone.activate(zone)
        recompute_everything.func()
        after = self._dates()
        assert {each: after[each] for each in before} == before

    @rule()
    def saves_everything_again(self) -> None:
        """Rows that are written again as they stand change nothing."""
        before = self._dates()
        for model in (Deadline, DocketEvent, Child, Hearing):
            for row in model.objects.all():
                row.save()
        recompute_everything.func()
        assert self._dates() == before

    def _dates(self) -> dict[str, date | None]:
        return dict(Deadline.objects.values_list("deadline_id", "day"))

    @invariant()
    def nothing_moves_in_silence(self) -> None:
        """A date that is another now keeps every one that it had, in their order."""
        global moved, taken
        taken += 1
        for name, day, before in Deadline.objects.values_list("deadline_id", "day", "before"):
            now = [*(each["day"] for each in before), day.isoformat() if day else None]
            was = self.dates.get(name, [])
            assert now[: len(was)] == was
            moved += bool(was) and now != was
            self.dates[name] = now

    @invariant()
    def what_a_person_closed_is_closed(self) -> None:
        """Nothing opens it again but a person."""
        closed = dict(
            Deadline.objects.filter(state__in=("met", "excused")).values_list("deadline_id", "state")
        )
        assert {name: closed.get(name) for name in self.closed} == self.closed
        self.closed = closed

    @invariant()
    def every_event_has_its_dates_or_a_named_gap(self) -> None:
        """By the rulebook alone: for each event that counts, each rule that it starts."""
        groups: list[UUID] = list(Child.objects.values_list("group_id", flat=True).distinct())
        kept = set(Deadline.objects.values_list("event_key", "rule_id"))
        gaps = set(DateGap.objects.values_list("event_key", "rule_id"))
        for case in cases_of(groups, on=today(), birth_rules=rules.of_birth()):
            for event in case.file.events:
                if event.is_live and case.file.replaced_by(event.event_id) is None:
                    for each in signed_book().by_trigger.get(event.name, ()):
                        if each.kind in DATED and (not event.rules or each.rule_id in event.rules):
                            assert (event.event_id, each.rule_id) in kept | gaps


@pytest.mark.django_db
def test_no_step_loses_a_deadline_or_moves_one_in_silence() -> None:
    lives = max(1, STEPS // OF_ONE)
    told = settings(
        max_examples=lives,
        stateful_step_count=OF_ONE,
        deadline=None,
        phases=(
            Phase.generate,
        ),  # a life that fails is told as it is: to shorten it takes longer than the run
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    while taken < STEPS:
        run_state_machine_as_test(Office, settings=told)
    print(
        f"\n{taken:,} changes by an office: {moved:,} dates moved, each beside the one before; 0 deadlines lost"
    )
    assert taken >= STEPS > 0
    assert moved > 0
