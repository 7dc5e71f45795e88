"""A program folder that has been read: its accepted rows, and what was refused and why."""

from dataclasses import dataclass, field
from datetime import date

from posada.records.counsel import Counsel, Court, CourtCounty, Hearing
from posada.records.homes import Home, KinLink, Opening, Placement
from posada.records.people import Child


@dataclass(frozen=True, slots=True)
class Separation:
    """One row of separations.csv: exactly one of the three others is given."""

    sibling_group_id: str
    reason: str
    other_group_id: str | None = None
    home_id: str | None = None
    counsel_id: str | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """One row of overrides.csv: exactly one of home_id and counsel_id is given."""

    action: str  # "pin" or "forbid"
    sibling_group_id: str
    reason: str
    by: str
    home_id: str | None = None
    counsel_id: str | None = None


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One entry of rule_changes in programme.toml: from a day on, a rule of the policy has another value."""

    rule: str
    value: int | bool | str | tuple[str, ...]
    from_date: date


@dataclass(frozen=True, slots=True, order=True)
class Rejection:
    """One input row refused. `row` counts records, 1 = the first under the header; 0 = the whole file."""

    file: str
    row: int
    field: str
    found: str
    wanted: str


@dataclass(frozen=True, slots=True, order=True)
class Warn:
    """Something kept, but worth a look. `row` 0 = the whole file."""

    file: str
    row: int
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Program:
    """The accepted rows of a program folder, each table sorted, so that row order can change nothing.

    `held_groups` maps a group that may not be planned to `incomplete_group` or `incomplete_separation`;
    `closed_homes` are homes that a rejected protective row still names: no child may newly go there.
    `input_sha256` is over the accepted rows, sorted.
    """

    plan_date: date
    children: tuple[Child, ...]
    homes: tuple[Home, ...]
    name: str = ""
    state: str = ""
    policy: str = "maryland"
    seed: int = 0
    kin: tuple[KinLink, ...] = ()
    counsel: tuple[Counsel, ...] = ()
    courts: tuple[Court, ...] = ()
    court_counties: tuple[CourtCounty, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    separations: tuple[Separation, ...] = ()
    placements: tuple[Placement, ...] = ()
    openings: tuple[Opening, ...] = ()
    overrides: tuple[Override, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    warnings: tuple[Warn, ...] = ()
    held_groups: dict[str, str] = field(default_factory=dict)
    closed_homes: frozenset[str] = frozenset()
    input_sha256: str = ""
    rule_changes: tuple[RuleChange, ...] = ()
