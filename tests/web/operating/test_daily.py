"""Jobs by the clock: each once in its turn, and none stops another."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from posada.office.access.actor import machine
from posada.office.audit.chain import append, verify
from posada.office.audit.models import DailyDigest, Entry
from posada.web.operating.daily import JOBS, Job, run_due, sign_yesterday

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def test_a_daily_job_runs_once_a_day_and_not_before_its_hour() -> None:
    ran: list[int] = []
    job = Job("count", lambda: ran.append(1), hour=12)
    assert run_due([job], at=NOON.replace(hour=16)) == []
    assert run_due([job], at=NOON) == ["count"]
    assert run_due([job], at=NOON.replace(hour=20)) == []
    assert run_due([job], at=NOON.replace(day=25)) == ["count"]
    assert len(ran) == 2


def test_a_job_without_an_hour_runs_once_a_minute() -> None:
    job = Job("often", lambda: None)
    assert run_due([job], at=NOON) == ["often"]
    assert run_due([job], at=NOON.replace(second=30)) == []
    assert run_due([job], at=NOON.replace(minute=1)) == ["often"]


def test_a_clock_that_jumps_repeats_nothing_and_makes_up_for_no_day_twice() -> None:
    ran: list[datetime] = []
    at = NOON
    job = Job("count", lambda: ran.append(at), hour=12)
    for jump in (timedelta(), timedelta(hours=-3), timedelta(hours=4), timedelta(days=3), timedelta(days=-3)):
        at += jump
        run_due([job], at=at)
    assert ran == [NOON, NOON + timedelta(days=3, hours=1)]


def test_the_log_stands_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    for hours in (0, 5, -7, 1):
        monkeypatch.setattr(timezone, "now", lambda hours=hours: NOON + timedelta(hours=hours))
        append(machine("test"), "test.act")
    sign_yesterday()
    verdict = verify()
    assert (verdict.broken_at, Entry.objects.count()) == (None, 4)
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]


def test_a_job_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise RuntimeError("Brisa Lucero Ejemplo")

    assert run_due([Job("fails", fail), Job("works", lambda: None)], at=NOON) == ["works"]
    assert "fails failed: RuntimeError" in caplog.text
    assert "Brisa" not in caplog.text


def test_every_job_of_the_office_runs_on_an_empty_one() -> None:
    assert run_due(at=NOON) == [job.name for job in JOBS]


def test_the_log_of_yesterday_is_signed() -> None:
    entry = append(machine("test"), "test.act")
    Entry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(days=1))
    sign_yesterday()
    sign_yesterday()
    assert DailyDigest.objects.get().number == entry.number
