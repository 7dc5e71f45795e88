"""Quiet hours: whether somebody is left in peace now, when their morning comes, and when the next evening.

Comes in: minutes after midnight, a zone, an instant. Goes out: the instant from which one may be told; None: now.
Tests: tests/newsroom/notifications/test_quiet_hours.py.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

MINUTES_A_DAY = 24 * 60


def quiet_until(now: datetime, *, zone: str, begins: int | None, ends: int | None) -> datetime | None:
    """When quiet hours end that run now; None where none run. `now` has a zone; hours may pass midnight.

    An hour that the clock skips in spring counts as the instant right after it.
    """
    if begins is None or ends is None or begins == ends:
        return None
    local = now.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    into_the_night = begins > ends
    quiet = (minute >= begins or minute < ends) if into_the_night else begins <= minute < ends
    if not quiet:
        return None
    day = local.date() + timedelta(days=1 if into_the_night and minute >= begins else 0)
    morning = datetime(day.year, day.month, day.day, ends // 60, ends % 60, tzinfo=ZoneInfo(zone))
    return max(morning.astimezone(UTC), now.astimezone(UTC) + timedelta(minutes=1))


def quiet_from(now: datetime, *, zone: str, begins: int | None, ends: int | None) -> datetime | None:
    """When quiet hours begin next, after `now`; None where there are none. An hour that the clock skips or repeats
    counts as the earlier instant."""
    if begins is None or ends is None or begins == ends:
        return None
    day = now.astimezone(ZoneInfo(zone)).date()
    evenings = (
        datetime(each.year, each.month, each.day, begins // 60, begins % 60, tzinfo=ZoneInfo(zone))
        for each in (day + timedelta(days=ahead) for ahead in range(3))
    )
    return next(each for evening in evenings if (each := evening.astimezone(UTC)) > now)


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Every zone that this machine knows."""
    return frozenset(available_timezones())


def minute_of(text: str) -> int | None:
    """Minutes after midnight, from "22:00"; None for nothing. Raises ValueError."""
    if not text:
        return None
    hours, _, minutes = text.partition(":")
    if not (hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit()):
        raise ValueError("no time of day")
    found = int(hours) * 60 + int(minutes)
    if not (0 <= found < MINUTES_A_DAY and int(minutes) < 60):
        raise ValueError("no time of day")
    return found
