"""The columns of every file of a program folder: the one place that knows their names and kinds.

Comes in: nothing. Goes out: `TABLES`, by file name. Column names equal the record's field names.
Docs: docs/reference/program-folder.md. Tests: tests/programme/test_tables.py.
"""

from dataclasses import dataclass
from enum import StrEnum

from posada.records import (
    Child,
    Counsel,
    Court,
    CourtCounty,
    Hearing,
    Home,
    KinLink,
    Opening,
    Override,
    Placement,
    Separation,
)

Row = (
    Child
    | Home
    | KinLink
    | Counsel
    | Court
    | CourtCounty
    | Hearing
    | Separation
    | Placement
    | Opening
    | Override
)
"""Any record that one row of a program folder becomes."""

SETTINGS_FILE = "programme.toml"
SEALED_FILES = ("people.csv", "contacts.csv")
"""Names and addresses, for the office only: never opened here, never copied."""


class Kind(StrEnum):
    """What a cell holds; `cells.py` has one reader for each."""

    ID = "id"
    TEXT = "text"
    DATE = "date"
    BIRTH_DATE = "birth date of a child"
    OWN_BIRTH_DATES = "birth dates of own children"
    COUNT = "count"
    COUNTY = "county"
    LANGUAGES = "languages"
    COUNTRY = "country"
    CHOICE = "choice"
    CHOICES = "choices"
    WORDS = "words"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"

    @property
    def is_list(self) -> bool:
        """Whether a cell of this kind holds a list separated by semicolons."""
        return self in {Kind.OWN_BIRTH_DATES, Kind.LANGUAGES, Kind.CHOICES, Kind.WORDS}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `required`: it must be there; `filled`: its cell must not be empty."""

    name: str
    kind: Kind
    required: bool = False
    filled: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One file. `key`: the column that no two rows may share; `one_of`: exactly one of these is filled."""

    file: str
    record: type[Row]
    columns: tuple[Column, ...]
    key: str | None = None
    one_of: tuple[str, ...] = ()
    must_exist: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in the order of docs/reference/program-folder.md."""
        return tuple(column.name for column in self.columns)


def _must(name: str, kind: Kind, *choices: str) -> Column:
    return Column(name, kind, required=True, filled=True, choices=choices)


def _may(name: str, kind: Kind, *choices: str) -> Column:
    return Column(name, kind, choices=choices)


def _may_be_empty(name: str, kind: Kind) -> Column:
    return Column(name, kind, required=True)


_GROUP = _must("sibling_group_id", Kind.ID)
_SEXES = ("F", "M", "X")

CHILDREN = Table(
    "children.csv",
    Child,
    (
        _must("child_id", Kind.ID),
        _GROUP,
        _must("birth_date", Kind.BIRTH_DATE),
        _must("sex", Kind.CHOICE, *_SEXES),
        _may("languages", Kind.LANGUAGES),
        _may("country", Kind.COUNTRY),
        _may("arrived_on", Kind.DATE),
        _may("needs", Kind.WORDS),
        _may("location_fips", Kind.COUNTY),
    ),
    key="child_id",
    must_exist=True,
)
HOMES = Table(
    "homes.csv",
    Home,
    (
        _must("home_id", Kind.ID),
        _must("kind", Kind.CHOICE, "kin", "foster", "group"),
        _must("county_fips", Kind.COUNTY),
        _must("licensed_capacity", Kind.COUNT),
        _may_be_empty("license_from", Kind.DATE),
        _may_be_empty("license_to", Kind.DATE),
        _may_be_empty("checks_clear_until", Kind.DATE),
        _must("beds_girls", Kind.COUNT),
        _must("beds_boys", Kind.COUNT),
        _must("beds_any", Kind.COUNT),
        _may("age_min", Kind.COUNT),
        _may("age_max", Kind.COUNT),
        _may("accepts_sexes", Kind.CHOICES, *_SEXES),
        _may("max_siblings", Kind.COUNT),
        _may("languages", Kind.LANGUAGES),
        _may("abilities", Kind.WORDS),
        _may("own_children_birth_dates", Kind.OWN_BIRTH_DATES),
        _may("cost_cents_per_child_day", Kind.COUNT),
    ),
    key="home_id",
    must_exist=True,
)
KIN = Table(
    "kin.csv",
    KinLink,
    (
        _GROUP,
        _must("home_id", Kind.ID),
        _must("sponsor_category", Kind.CHOICE, "1", "2A", "2B", "3"),
        _may("relationship", Kind.TEXT),
    ),
)
COUNSEL = Table(
    "counsel.csv",
    Counsel,
    (
        _must("counsel_id", Kind.ID),
        _must("courts", Kind.WORDS),
        _must("open_slots", Kind.COUNT),
        _may("languages", Kind.LANGUAGES),
        _may("case_types", Kind.CHOICES, "asylum", "sij"),
        _may("organisation", Kind.TEXT),
        _may("available_from", Kind.DATE),
    ),
    key="counsel_id",
)
COURTS = Table(
    "courts.csv",
    Court,
    (
        _must("court_code", Kind.ID),
        _may("name", Kind.TEXT),
        _may("city", Kind.TEXT),
        _may("state", Kind.TEXT),
        _may("lat", Kind.LATITUDE),
        _may("lon", Kind.LONGITUDE),
    ),
    key="court_code",
)
COURT_COUNTIES = Table(
    "court_counties.csv",
    CourtCounty,
    (_must("county_fips", Kind.COUNTY), _must("court_code", Kind.ID)),
)
HEARINGS = Table(
    "hearings.csv",
    Hearing,
    (_GROUP, _must("court_code", Kind.ID), _must("hearing_date", Kind.DATE)),
)
SEPARATIONS = Table(
    "separations.csv",
    Separation,
    (
        _GROUP,
        _may("other_group_id", Kind.ID),
        _may("home_id", Kind.ID),
        _may("counsel_id", Kind.ID),
        _must("reason", Kind.TEXT),
    ),
    one_of=("other_group_id", "home_id", "counsel_id"),
)
PLACEMENTS = Table(
    "placements.csv",
    Placement,
    (
        _must("child_id", Kind.ID),
        _must("home_id", Kind.ID),
        _must("from_date", Kind.DATE),
        _may("to_date", Kind.DATE),
    ),
)
OPENINGS = Table(
    "openings.csv",
    Opening,
    (_must("home_id", Kind.ID), _must("opens_on", Kind.DATE), _may("closes_on", Kind.DATE)),
)
OVERRIDES = Table(
    "overrides.csv",
    Override,
    (
        _must("action", Kind.CHOICE, "pin", "forbid"),
        _GROUP,
        _may("home_id", Kind.ID),
        _may("counsel_id", Kind.ID),
        _must("reason", Kind.TEXT),
        _must("by", Kind.TEXT),
    ),
    one_of=("home_id", "counsel_id"),
)

TABLES: dict[str, Table] = {
    table.file: table
    for table in (
        CHILDREN,
        HOMES,
        KIN,
        COUNSEL,
        COURTS,
        COURT_COUNTIES,
        HEARINGS,
        SEPARATIONS,
        PLACEMENTS,
        OPENINGS,
        OVERRIDES,
    )
}
"""Every table, by file name, each after those that it refers to."""
