"""What the checker knows, looked up straight from the accepted rows: nothing of the solver is read.

Comes in: a `Program`, the `Policy` of its plan date. Goes out: `Facts`, tables by id that the files
`check_homes`, `check_rows` and `check_pins` ask. Docs: docs/reference/rules.md.
Tests: tests/placement/test_check.py.
"""

from calendar import isleap
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from posada.records import Child, Counsel, Hearing, Home, Program
from posada.rulebook.policy import Policy


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One rule that a plan breaks. `group` or `target` (a home's or counsel's id) may be ""."""

    code: str
    group: str
    target: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows by id. A child "waits" who has no placement that stands on the plan date."""

    today: date
    policy: Policy
    home: Mapping[str, Home]
    counsel: Mapping[str, Counsel]
    members: Mapping[str, Mapping[str, Child]]  # group -> child id -> child
    waiting: Mapping[str, tuple[str, ...]]  # group -> child ids, sorted; may be empty
    residents: Mapping[str, tuple[Child, ...]]  # home -> children who live there already
    stands_in: Mapping[str, frozenset[str]]  # group -> homes where some of its children live already
    kin_homes: Mapping[str, frozenset[str]]  # group -> homes
    county_court: Mapping[str, str]
    hearing: Mapping[str, Hearing]  # group -> its earliest hearing
    apart_from: Mapping[str, frozenset[str]]  # group -> groups
    apart_from_home: Mapping[str, frozenset[str]]  # group -> homes
    conflicts: Mapping[str, frozenset[str]]  # group -> counsel
    forbidden: Mapping[str, frozenset[tuple[str, str]]]  # group -> ("home" or "counsel", id)
    held: Mapping[str, str]
    closed: frozenset[str]

    def court_for(self, group: str, home_id: str) -> str | None:
        """The court that counsel must list: of the earliest hearing, else of the home's county."""
        if group in self.hearing:
            return self.hearing[group].court_code
        return self.county_court.get(self.home[home_id].county_fips)

    def waiting_children(self, group: str) -> tuple[Child, ...]:
        """The children of the group who have no home yet."""
        return tuple(self.members[group][child_id] for child_id in self.waiting.get(group, ()))


def whole_years(born: date, on: date) -> int:
    """Age in whole years on a day; the birthday itself counts, and 29 February becomes the 28th.

    Worked out apart from `records.people`, as everything that the checker says.
    """
    has_had_birthday = (on.month, on.day) >= (born.month, born.day)
    if (born.month, born.day) == (2, 29) and not isleap(on.year):
        has_had_birthday = (on.month, on.day) >= (2, 28)
    return on.year - born.year - (0 if has_had_birthday else 1)


def gather(program: Program, *, policy: Policy) -> Facts:
    """Look everything up once, in time proportional to the number of rows."""
    members: dict[str, dict[str, Child]] = defaultdict(dict)
    group_of: dict[str, str] = {}
    for child in program.children:
        members[child.sibling_group_id][child.child_id] = child
        group_of[child.child_id] = child.sibling_group_id
    standing: set[tuple[str, str]] = {
        (row.home_id, row.child_id)
        for row in program.placements
        if row.child_id in group_of and (row.to_date is None or row.to_date >= program.plan_date)
    }
    settled = {child_id for _, child_id in standing}
    residents: dict[str, list[Child]] = defaultdict(list)
    for home_id, child_id in sorted(standing):
        residents[home_id].append(members[group_of[child_id]][child_id])
    hearing: dict[str, Hearing] = {}
    for row in sorted(program.hearings, key=lambda h: (h.hearing_date, h.court_code)):
        hearing.setdefault(row.sibling_group_id, row)
    apart = _both_ways((s.sibling_group_id, s.other_group_id) for s in program.separations)
    return Facts(
        today=program.plan_date,
        policy=policy,
        home={home.home_id: home for home in program.homes},
        counsel={counsel.counsel_id: counsel for counsel in program.counsel},
        members=members,
        waiting={g: tuple(sorted(c for c in who if c not in settled)) for g, who in members.items()},
        residents={home_id: tuple(children) for home_id, children in residents.items()},
        stands_in=_sets((group_of[child_id], home_id) for home_id, child_id in standing),
        kin_homes=_sets((link.sibling_group_id, link.home_id) for link in program.kin),
        county_court={row.county_fips: row.court_code for row in program.court_counties},
        hearing=hearing,
        apart_from=apart,
        apart_from_home=_sets((s.sibling_group_id, s.home_id) for s in program.separations if s.home_id),
        conflicts=_sets((s.sibling_group_id, s.counsel_id) for s in program.separations if s.counsel_id),
        forbidden=_forbidden(program),
        held=program.held_groups,
        closed=program.closed_homes,
    )


def _sets(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _both_ways(pairs: Iterable[tuple[str, str | None]]) -> dict[str, frozenset[str]]:
    known = [(one, other) for one, other in pairs if other is not None]
    return _sets([*known, *((other, one) for one, other in known)])


def _forbidden(program: Program) -> dict[str, frozenset[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in program.overrides:
        if row.action == "forbid" and row.home_id is not None:
            found[row.sibling_group_id].add(("home", row.home_id))
        if row.action == "forbid" and row.counsel_id is not None:
            found[row.sibling_group_id].add(("counsel", row.counsel_id))
    return {group: frozenset(targets) for group, targets in found.items()}
