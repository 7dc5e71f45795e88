"""Courts as dated records: valid from, valid to, successor, address, zone. Nothing moves silently.

Comes in: records. Goes out: the court on a day, or a named gap; what a closing touches.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_courts.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from posada.docket.hearings import Hearing


@dataclass(frozen=True, slots=True)
class CourtRecord:
    """A court as it was from `valid_from` through `valid_to`; a move or a new name is a new record."""

    court_code: str
    name: str
    zone: str  # IANA name of the zone of its rooms
    address: str
    source: str
    valid_from: date
    valid_to: date | None = None
    successor: str | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the record stands on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class CountyCourtRecord:
    """Which court has jurisdiction over the residents of a county, from when until when."""

    county_fips: str
    court_code: str
    source: str
    valid_from: date
    valid_to: date | None = None
    overridden_by: str = ""  # who set it against the list, with the reason in `source`


class CourtGap(LookupError):  # noqa: N818
    """No court of this code, or of this county, is on record for a day."""


@dataclass(frozen=True, slots=True)
class ClosingTouches:
    """What a closing court leaves behind: each needs a person; nothing is moved."""

    hearings: tuple[Hearing, ...]
    filing_addresses: tuple[str, ...]
    counsel: tuple[str, ...]
    successor: str | None


def court_on(records: Iterable[CourtRecord], court_code: str, *, on: date) -> CourtRecord:
    """The record of a court that stands on a day. Raises CourtGap for a phantom code or a closed court."""
    named = [record for record in records if record.court_code == court_code]
    standing = [record for record in named if record.stands_on(on)]
    if standing:
        return max(standing, key=lambda record: record.valid_from)
    if not named:
        raise CourtGap(f"There is no court {court_code!r} on record.")
    successor = max(named, key=lambda record: record.valid_from).successor
    tail = f"; its successor is {successor}" if successor else ""
    raise CourtGap(f"Court {court_code} is not on record for {on}{tail}.")


def court_of_county(records: Iterable[CountyCourtRecord], county_fips: str, *, on: date) -> CountyCourtRecord:
    """The record of a county's court that stands on a day; an override wins. Raises CourtGap."""
    standing = [
        record
        for record in records
        if record.county_fips == county_fips
        and record.valid_from <= on
        and (record.valid_to is None or on <= record.valid_to)
    ]
    if not standing:
        raise CourtGap(f"No court is on record for county {county_fips} on {on}.")
    return max(standing, key=lambda record: (bool(record.overridden_by), record.valid_from))


def closing_touches(
    court: CourtRecord,
    *,
    hearings: Iterable[Hearing],
    filing_addresses: Iterable[tuple[str, str]],
    counsel: Iterable[tuple[str, str]],
) -> ClosingTouches:
    """Everything that still points to a court after its last day.

    `filing_addresses` and `counsel` are pairs of an id and a court code. Raises ValueError if it stays open.
    """
    if court.valid_to is None:
        raise ValueError(f"court {court.court_code} has no last day")
    last = court.valid_to
    later = (each for each in hearings if each.court_code == court.court_code and each.at.date() > last)
    return ClosingTouches(
        hearings=tuple(sorted(later, key=lambda each: (each.at, each.hearing_id))),
        filing_addresses=tuple(sorted(name for name, code in filing_addresses if code == court.court_code)),
        counsel=tuple(sorted(name for name, code in counsel if code == court.court_code)),
        successor=court.successor,
    )
