"""A hearing at the wall clock of its place: never shifted by an office, a county or a server.

Comes in: what the notice says. Goes out: `Hearing`, and its time for the court, the child and the reader.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_hearings.py.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from posada.docket.wording import day_in_words, words_in


class NoSuchTime(ValueError):  # noqa: N818
    """A wall time that the place's clock never shows, or a zone that does not exist."""


@dataclass(frozen=True, slots=True)
class InterpreterNeed:
    """One person who interprets: from which language and variant into which. A relay is two of them."""

    language: str  # ISO 639-3
    variant: str
    into: str
    is_booked: bool = False


@dataclass(frozen=True, slots=True)
class Hearing:
    """One hearing. `at` is the wall time in `zone`, the zone of the place of the hearing."""

    hearing_id: str
    case_id: str
    kind: str  # "master", "individual", "custody"
    court_code: str
    at: datetime
    zone: str
    place: str
    revision: int = 0
    is_cancelled: bool = False
    is_confirmed: bool = True
    child_zone: str | None = None  # by video: the zone of the place where the child sits
    interpreters: tuple[InterpreterNeed, ...] = ()

    def __post_init__(self) -> None:
        if self.at.tzinfo is not None:
            raise NoSuchTime("A hearing is kept as the wall time of its place, with the zone beside it.")
        for zone in filter(None, (self.zone, self.child_zone)):
            try:
                ZoneInfo(zone)
            except (ValueError, OSError, LookupError):
                raise NoSuchTime(f"There is no time zone {zone!r}.") from None
        there = self.at.replace(tzinfo=ZoneInfo(self.zone))
        if there.astimezone(UTC).astimezone(there.tzinfo).replace(tzinfo=None) != self.at:
            raise NoSuchTime(f"The clock of {self.zone} never shows {self.at:%Y-%m-%d %H:%M}.")

    @property
    def is_by_video(self) -> bool:
        """Whether the child sits elsewhere."""
        return self.child_zone is not None

    @property
    def instant(self) -> datetime:
        """The moment itself, in UTC."""
        return self.at.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    @property
    def lacks_interpreter(self) -> bool:
        """Whether one of the people who interpret is not booked: the hearing is at risk."""
        return not all(need.is_booked for need in self.interpreters)


def rescheduled(hearing: Hearing, *, at: datetime, zone: str | None = None) -> Hearing:
    """The hearing at another time, and in another zone only if one is given. Raises NoSuchTime."""
    return replace(hearing, at=at, zone=zone or hearing.zone, revision=hearing.revision + 1)


def by_video(hearing: Hearing, *, child_zone: str) -> Hearing:
    """The same hearing, with the child elsewhere: the time of the court stays. Raises NoSuchTime."""
    return replace(hearing, child_zone=child_zone, revision=hearing.revision + 1)


def in_person(hearing: Hearing) -> Hearing:
    """The same hearing, with the child in the room: the time of the court stays."""
    return replace(hearing, child_zone=None, revision=hearing.revision + 1)


def cancelled(hearing: Hearing) -> Hearing:
    """The hearing taken off; it stays in every history and feed as cancelled."""
    return (
        hearing
        if hearing.is_cancelled
        else replace(hearing, is_cancelled=True, revision=hearing.revision + 1)
    )


def time_in_words(hearing: Hearing, *, here: str, language: str) -> str:
    """The time at the court and, where they differ, at the child's place and at the reader's.

    >>> from datetime import datetime
    >>> at = datetime.fromisoformat("2026-11-30T08:30")
    >>> hearing = Hearing("h1", "c1", "master", "DEN", at, "America/Denver", "Room 3")
    >>> time_in_words(hearing, here="America/New_York", language="en")
    'Monday 30 November 2026, 8:30 at the court (Mountain) – 10:30 here'
    """
    words = words_in(language)
    text = words["hearing.court"].format(
        day=day_in_words(hearing.at.date(), language=language),
        time=_clock(hearing.at),
        zone=words.get(f"zone.{hearing.zone}", hearing.zone),
    )
    if hearing.child_zone is not None:
        text += words["hearing.child"].format(time=_there(hearing, hearing.child_zone, language=language))
    there, offset = ZoneInfo(here), hearing.instant.astimezone(ZoneInfo(hearing.zone)).utcoffset()
    if hearing.instant.astimezone(there).utcoffset() != offset:
        text += words["hearing.here"].format(time=_there(hearing, here, language=language))
    return text


def _there(hearing: Hearing, zone: str, *, language: str) -> str:
    local = hearing.instant.astimezone(ZoneInfo(zone))
    if local.date() == hearing.at.date():
        return _clock(local)
    day = day_in_words(local.date(), language=language)
    return f"{day}, {_clock(local)}"


def _clock(at: datetime) -> str:
    return f"{at.hour}:{at.minute:02}"
