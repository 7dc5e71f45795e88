"""Counsel, courts and hearings."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Counsel:
    """One row of counsel.csv."""

    counsel_id: str
    courts: tuple[str, ...]
    open_slots: int  # sibling groups
    languages: tuple[str, ...] = ()
    case_types: tuple[str, ...] = ()  # for the counsel desk; the plan does not use it
    organisation: str = ""
    available_from: date | None = None


@dataclass(frozen=True, slots=True)
class Court:
    """One row of courts.csv."""

    court_code: str
    name: str = ""
    city: str = ""
    state: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class CourtCounty:
    """One row of court_counties.csv: the court that has jurisdiction over residents of a county."""

    county_fips: str
    court_code: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """One row of hearings.csv."""

    sibling_group_id: str
    court_code: str
    hearing_date: date
