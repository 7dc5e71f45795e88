"""Promise 24: many single views add up. A scrape is stopped through every door; a usual day's work never is."""

import os
import random
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from posada.office.access import doors, opening_pace
from posada.office.access.actor import Actor, actor_of
from posada.office.access.roles import Role
from posada.office.audit import chain
from posada.office.audit.models import Entry
from posada.office.licensing.models import Home
from tests.office.people import acting, browser_of, home_of, person
from tests.promises.test_26_27_no_sealed_reading_without_its_entry import records
from tests.racing import at_once, in_a_thread, real_database

DAYS = 20
PEOPLE = int(os.environ.get("POSADA_PEOPLE", "3"))
WHY, RACERS = "to call about tonight", 6


def _opens(actor: Actor) -> None:
    """One opening, without a field."""
    with opening_pace.one_opening(actor):
        chain.append(actor, opening_pace.ACT)


def _stands(patch: pytest.MonkeyPatch, at: datetime) -> None:
    patch.setattr(chain.timezone, "now", lambda: at)


def _working_day(chance: random.Random, day: datetime, most: int) -> list[datetime]:
    """When one opens sealed fields on a day from eight to five."""
    openings = chance.randint(most // 3, most)
    return sorted(day + timedelta(hours=8, seconds=chance.randrange(9 * 3600)) for _ in range(openings))


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(PEOPLE))
def test_a_months_usual_work_is_never_stopped(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance, worker = random.Random(f"usual days {number}"), acting(Role.LICENSING_WORKER)
    most, openings = (12, 24, 36)[number % 3], 0
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight + timedelta(days=n + 2 * (n // 5)) for n in range(DAYS)]
    for day in days:
        for at in _working_day(chance, day, most):
            _stands(monkeypatch, at)
            _opens(worker)
            openings += 1
    assert not Entry.objects.filter(act="sealed.stopped").exists()
    print(f"{openings} openings on {DAYS} usual days, most a day {most}")
    assert openings >= DAYS * most // 3


@pytest.mark.django_db
def test_a_burst_on_the_page_is_stopped_at_the_fifty_first() -> None:
    user, seen = person(Role.LICENSING_WORKER), Counter[bool]()
    client = browser_of(user)
    for number in range(60):
        home = home_of()
        doors.seal_fields(home, {"phone": f"301 555 {number:04}"})
        page = client.post(f"/sealed/home/{home.pk}/phone/", {"reason": WHY}).content.decode()
        seen[f"301 555 {number:04}" in page] += 1
        assert (number < opening_pace.EACH_HOUR) == (f"301 555 {number:04}" in page)
    print(f"{seen[True]} openings, {seen[False]} stopped")
    assert Entry.objects.filter(act="sealed.stopped").count() == seen[False] == 10


@pytest.mark.django_db
def test_every_kind_of_record_stops_at_the_same_count_for_every_role() -> None:
    stopped: Counter[str] = Counter()
    for kind, record in records().items():
        field = sorted(doors.SEALED_FIELDS[kind])[0]
        doors.seal_fields(record, {field: "canary"})
        for role in sorted(doors.OPENERS[kind]):
            actor = acting(role)
            for _ in range(opening_pace.EACH_HOUR - 1):
                chain.append(actor, opening_pace.ACT)
            try:
                assert doors.open_sealed(actor, record, field, reason=WHY).text == "canary"
            except doors.NotThere:  # works on no such record
                continue
            with pytest.raises(opening_pace.TooMany):
                doors.open_sealed(actor, record, field, reason=WHY)
            stopped[kind] += 1
    print(f"{stopped.total()} stopped at the fifty-first, of {len(stopped)} kinds of records")
    assert set(stopped) == set(doors.SEALED_FIELDS)


@pytest.mark.django_db
def test_a_slow_scrape_by_somebody_new_is_stopped_within_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = acting(Role.LICENSING_WORKER)
    day, passed = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0), 0
    with pytest.raises(opening_pace.TooMany):
        for number in range(24 * 40):
            _stands(monkeypatch, day + timedelta(seconds=60 + 90 * number))  # forty an hour
            _opens(worker)
            passed += 1
    assert passed == opening_pace.NEWCOMERS_DAY


def _at_the_bound() -> tuple[Actor, Home]:
    worker, home = actor_of(person(Role.LICENSING_WORKER)), home_of()
    doors.seal_fields(home, {"phone": "301 555 0100"})
    for _ in range(opening_pace.EACH_HOUR - 1):
        chain.append(worker, opening_pace.ACT)
    return worker, home


@pytest.mark.django_db(transaction=True)
def test_of_requests_at_the_bound_in_one_moment_one_passes(tmp_path: Path) -> None:
    with real_database(tmp_path):
        worker, home = in_a_thread(_at_the_bound)
        found = at_once([lambda: doors.open_sealed(worker, home, "phone", reason=WHY)] * RACERS)
        told = Counter(type(each).__name__ for each in found)
        print(f"{told['Opened']} openings of {RACERS} in one moment, when one was left")
        assert told["Opened"] + told["TooMany"] == RACERS, told
        assert told["Opened"] == 1, told
