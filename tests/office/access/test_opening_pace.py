"""A person who opens more than usual is stopped until another agrees; a usual day's work never is."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from posada.office.access import doors, opening_pace, two_persons
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit import chain
from posada.office.audit.models import Entry
from posada.office.licensing.models import Home
from tests.office.people import acting, home_of

WHY = "to call about tonight"


@pytest.fixture
def worker() -> Actor:
    return acting(Role.LICENSING_WORKER)


@pytest.fixture
def home() -> Home:
    made = home_of()
    doors.seal_fields(made, {"phone": "301 555 0100"})
    return made


def _opens(actor: Actor) -> None:
    """One opening, without a field."""
    with opening_pace.one_opening(actor):
        chain.append(actor, opening_pace.ACT)


def opened_before(actor: Actor, *, days: int, each_day: int) -> None:
    """So many openings at noon of each of so many days before today."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    for ago in range(1, days + 1):
        for number in range(each_day):
            with _clock_at(noon - timedelta(days=ago) + timedelta(seconds=number)):
                chain.append(actor, opening_pace.ACT)


def test_the_fifty_first_in_an_hour_is_stopped_and_the_log_knows(worker: Actor, home: Home) -> None:
    for _ in range(50):
        doors.open_sealed(worker, home, "phone", reason=WHY)
    with pytest.raises(opening_pace.TooMany):
        doors.open_sealed(worker, home, "phone", reason=WHY)
    assert Entry.objects.filter(act="sealed.open").count() == 50
    assert Entry.objects.filter(act="sealed.stopped").count() == 1


def test_a_second_person_lets_fifty_more_pass_and_not_more(worker: Actor, home: Home) -> None:
    for _ in range(50):
        chain.append(worker, opening_pace.ACT)
    asked = opening_pace.ask_for_more(worker, reason="the boiler burst in many homes")
    with pytest.raises(opening_pace.TooMany):
        doors.open_sealed(worker, home, "phone", reason=WHY)
    two_persons.answer(acting(Role.PROGRAM_DIRECTOR), asked.pk, approve=True)
    for _ in range(50):
        doors.open_sealed(worker, home, "phone", reason=WHY)
    with pytest.raises(opening_pace.TooMany):
        doors.open_sealed(worker, home, "phone", reason=WHY)


def test_another_persons_approval_lets_nobody_else_pass(worker: Actor, home: Home) -> None:
    other = acting(Role.LICENSING_WORKER)
    for _ in range(50):
        chain.append(worker, opening_pace.ACT)
    two_persons.answer(
        acting(Role.PROGRAM_DIRECTOR),
        opening_pace.ask_for_more(other, reason="many homes to call").pk,
        approve=True,
    )
    with pytest.raises(opening_pace.TooMany):
        doors.open_sealed(worker, home, "phone", reason=WHY)


def test_three_times_the_usual_day_is_stopped(worker: Actor) -> None:
    opened_before(worker, days=6, each_day=8)
    for _ in range(24):
        _opens(worker)
    with pytest.raises(opening_pace.TooMany):
        _opens(worker)


def test_a_usual_day_and_a_first_week_are_not_stopped(worker: Actor) -> None:
    opened_before(worker, days=6, each_day=15)
    for _ in range(44):
        _opens(worker)
    newcomer = acting(Role.LICENSING_WORKER)
    for _ in range(49):
        _opens(newcomer)


def test_somebody_new_who_keeps_below_the_hours_bound_is_stopped_on_the_same_day(worker: Actor) -> None:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for number in range(opening_pace.NEWCOMERS_DAY):
        with _clock_at(midnight + timedelta(hours=8 + 2 * (number // 40), seconds=number)):
            _opens(worker)
    with _clock_at(midnight + timedelta(hours=20)), pytest.raises(opening_pace.TooMany):
        _opens(worker)


def test_the_address_on_a_message_is_no_look(worker: Actor, home: Home) -> None:
    for _ in range(60):
        doors.open_sealed(worker, home, "phone", reason=WHY, unseen=True)
    assert Entry.objects.filter(act="sealed.use").count() == 60
    assert Entry.objects.filter(act="sealed.open").count() == 0


class _clock_at:  # noqa: N801  reads as what it does
    """The log's clock stands at an instant within the block."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __enter__(self) -> None:
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(chain.timezone, "now", lambda: self.at)

    def __exit__(self, *_: object) -> None:
        self.patch.undo()
