"""Homes, the kin who open them, and who lives there already."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Home:
    """One row of homes.csv. None means "not known" or, for limits, "no limit"."""

    home_id: str
    kind: str  # "kin", "foster" or "group"
    county_fips: str
    licensed_capacity: int
    license_from: date | None
    license_to: date | None
    checks_clear_until: date | None
    beds_girls: int
    beds_boys: int
    beds_any: int
    age_min: int | None = None
    age_max: int | None = None
    accepts_sexes: tuple[str, ...] = ()  # empty: all
    max_siblings: int | None = None
    languages: tuple[str, ...] = ()
    abilities: tuple[str, ...] = ()
    own_children_birth_dates: tuple[date, ...] = ()
    cost_cents_per_child_day: int | None = None  # None counts as 0 and is reported


@dataclass(frozen=True, slots=True)
class KinLink:
    """One row of kin.csv: a sibling group has kin in a home."""

    sibling_group_id: str
    home_id: str
    sponsor_category: str  # "1", "2A", "2B" or "3"
    relationship: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """One row of placements.csv: a child who already lives in a home."""

    child_id: str
    home_id: str
    from_date: date
    to_date: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the child takes up room on `day` or later: a placement ends after its `to_date`."""
        return self.to_date is None or self.to_date >= day


@dataclass(frozen=True, slots=True)
class Opening:
    """One row of openings.csv: when a home becomes available (for simulations)."""

    home_id: str
    opens_on: date
    closes_on: date | None = None
