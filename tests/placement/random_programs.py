"""Small random programs, as records, that meet every rule at its edge; the same seed gives the same program.

Few values are drawn from, so that ties abound: three counties, three languages, two prices. Synthetic only.
`random_program(seed, ...)` draws one; `programs(...)` is the same as a Hypothesis strategy;
`MARYLAND` holds the numbers that the shipped policy had when this was written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from posada.programme.write import write_program
from posada.records import (
    Child,
    Counsel,
    Court,
    CourtCounty,
    Hearing,
    Home,
    KinLink,
    Override,
    Placement,
    Program,
    Separation,
)
from posada.rulebook.policy import Policy

TODAY = date(2014, 8, 1)
MARYLAND = Policy(
    name="maryland",
    title="Numbers of the shipped policy, for tests",
    on=TODAY,
    license_days_left=30,
    household_max=6,
    household_siblings_max=8,
    household_counts_own=True,
    under_two_max=2,
    under_two_age=2,
    adult_age=18,
    household_kinds=("foster",),
    kin_home_exempt=("license", "willing", "age", "sex"),
)
COUNTIES = ("24510", "24033", "24031", "36061")  # the last has no court of its own
COURTS = ("BAL", "HYA", "NYC")
LANGUAGES = ("spa", "mam", "eng")
NEEDS = ("asthma", "wheelchair")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of each, at most; at least one group and one home."""

    groups: int = 5
    homes: int = 4
    counsel: int = 3
    siblings: int = 4


def random_program(seed: int, *, sizes: Sizes | None = None, few_edges: bool = False) -> Program:
    """A program drawn from `seed`. `few_edges` leaves most rare rows out, so that more can be placed."""
    sizes, rng = sizes or Sizes(), Random(seed)
    rare = 0.03 if few_edges else 0.15
    groups = [f"g{n:02d}" for n in range(1, _mostly_many(rng, sizes.groups) + 1)]
    children = tuple(child for group in groups for child in _siblings(rng, group, sizes.siblings, rare))
    homes = tuple(_home(rng, f"h{n:02d}", rare) for n in range(1, _mostly_many(rng, sizes.homes) + 1))
    counsel = tuple(_counsel(rng, f"k{n:02d}") for n in range(1, rng.randint(0, sizes.counsel) + 1))
    placements = _placements(rng, children, homes, rare)
    held = {
        group: rng.choice(("incomplete_group", "incomplete_separation"))
        for group in groups
        if rng.random() < rare / 3
    }
    return Program(
        plan_date=TODAY,
        children=tuple(sorted(children, key=lambda c: c.child_id)),
        homes=homes,
        seed=seed,
        kin=_kin(rng, groups, homes),
        counsel=counsel,
        courts=tuple(Court(code) for code in COURTS),
        court_counties=(
            CourtCounty("24031", "HYA"),
            CourtCounty("24033", "BAL"),
            CourtCounty("24510", "BAL"),
        ),
        hearings=_hearings(rng, groups),
        separations=_separations(rng, groups, homes, counsel, rare),
        placements=placements,
        overrides=_overrides(rng, groups, homes, counsel, rare),
        held_groups=held,
        closed_homes=frozenset(h.home_id for h in homes if rng.random() < rare / 3),
    )


def _mostly_many(rng: Random, most: int) -> int:
    return max(rng.randint(1, most), rng.randint(1, most))


def _maybe(rng: Random, chance: float) -> bool:
    return rng.random() < chance


def _some(rng: Random, values: Sequence[str], *, most: int) -> tuple[str, ...]:
    return tuple(rng.sample(values, rng.randint(0, min(most, len(values)))))


def _birth(rng: Random) -> date:
    """Mostly school age; often a birthday at the edge of a whole year, of two and of eighteen too."""
    if _maybe(rng, 0.5):
        return TODAY - rng.randint(0, 17 * 365) * DAY
    return date(TODAY.year - rng.choice((1, 2, 2, 5, 12, 17)), 8, 1) + rng.choice((-1, 0, 1)) * DAY


def _siblings(rng: Random, group: str, most: int, rare: float) -> list[Child]:
    size = (
        rng.choice((7, 8))
        if most > 1 and _maybe(rng, rare / 2)
        else min(rng.randint(1, most), rng.randint(1, most))
    )
    spoken = _some(rng, LANGUAGES, most=2)
    place = rng.choice((*COUNTIES, None))
    return [
        Child(
            child_id=f"{group}-{n}",
            sibling_group_id=group,
            birth_date=_birth(rng),
            sex="X" if _maybe(rng, rare) else rng.choice("FM"),
            languages=_some(rng, LANGUAGES, most=2) if _maybe(rng, 0.3) else spoken,
            country=rng.choice(("HND", "SLV", "GTM", None)),
            needs=_some(rng, NEEDS, most=1) if _maybe(rng, rare) else (),
            location_fips=rng.choice((*COUNTIES, None)) if _maybe(rng, 0.2) else place,
        )
        for n in range(1, size + 1)
    ]


def _home(rng: Random, home_id: str, rare: float) -> Home:
    kind = rng.choice(("kin", "foster", "foster", "foster", "group"))
    capacity = max(rng.randint(1, 8), rng.randint(1, 8))
    girls, boys = rng.randint(0, 3), rng.randint(0, 3)
    lapsed = kind == "kin" and _maybe(rng, 0.5)
    home = Home(
        home_id=home_id,
        kind=kind,
        county_fips=rng.choice(COUNTIES),
        licensed_capacity=capacity,
        license_from=None if lapsed else TODAY - rng.choice((0, 0, 400)) * DAY,
        license_to=None if lapsed else TODAY + rng.choice((30, 30, 500)) * DAY,
        checks_clear_until=TODAY + rng.choice((0, 90, 90)) * DAY,
        beds_girls=girls,
        beds_boys=boys,
        beds_any=max(0, capacity - girls - boys) if _maybe(rng, 0.5) else rng.randint(1, 8),
        age_min=rng.choice((0, 1, 2, 5)) if _maybe(rng, rare) else None,
        age_max=rng.choice((5, 12, 17)) if _maybe(rng, rare) else None,
        accepts_sexes=rng.choice((("F",), ("M",), ("F", "M"))) if _maybe(rng, rare) else (),
        max_siblings=rng.choice((1, 2, 3)) if _maybe(rng, rare) else None,
        languages=_some(rng, LANGUAGES, most=2),
        abilities=_some(rng, NEEDS, most=2),
        own_children_birth_dates=_own_children(rng),
        cost_cents_per_child_day=rng.choice((None, 0, 2500, 2500, 3901)),
    )
    return _lapse(rng, home) if _maybe(rng, rare / 2) else home


def _own_children(rng: Random) -> tuple[date, ...]:
    """Some at the edge of two and of eighteen years."""
    edges = (date(2012, 8, 1), date(2012, 8, 2), date(1996, 8, 1), date(1996, 8, 2), date(2005, 1, 1))
    return tuple(sorted(rng.choice(edges) for _ in range(rng.choice((0, 0, 1, 2, 4)))))


def _lapse(rng: Random, home: Home) -> Home:
    """The same home with one paper missing or a day too short."""
    return rng.choice(
        (
            replace(home, license_to=TODAY + 29 * DAY),
            replace(home, license_to=None),
            replace(home, license_from=TODAY + DAY),
            replace(home, license_from=None),
            replace(home, checks_clear_until=TODAY - DAY),
            replace(home, checks_clear_until=None),
        )
    )


def _counsel(rng: Random, counsel_id: str) -> Counsel:
    return Counsel(
        counsel_id=counsel_id,
        courts=tuple(sorted(rng.sample(COURTS, rng.randint(1, 2)))),
        open_slots=rng.choice((0, 1, 1, 2)),
        languages=_some(rng, LANGUAGES, most=2),
        available_from=rng.choice((None, None, TODAY, TODAY + 60 * DAY)),
    )


def _kin(rng: Random, groups: list[str], homes: tuple[Home, ...]) -> tuple[KinLink, ...]:
    """Half of all pairs with a kin home, and a few with a foster home, which give no credit."""
    return tuple(
        KinLink(group, home.home_id, rng.choice(("1", "2A", "2B", "3")))
        for group in groups
        for home in homes
        if _maybe(rng, 0.5 if home.kind == "kin" else 0.05)
    )


def _hearings(rng: Random, groups: list[str]) -> tuple[Hearing, ...]:
    """Now and then two on the same day, at two courts: the first code counts."""
    return tuple(
        sorted(
            (
                Hearing(group, court, TODAY + rng.choice((59, 60, 60)) * DAY)
                for group in groups
                if _maybe(rng, 0.4)
                for court in rng.sample(COURTS, rng.randint(1, 2))
            ),
            key=lambda h: (h.sibling_group_id, h.court_code),
        )
    )


def _separations(
    rng: Random, groups: list[str], homes: tuple[Home, ...], counsel: tuple[Counsel, ...], rare: float
) -> tuple[Separation, ...]:
    rows = [
        Separation(one, "synthetic", other_group_id=other)
        for one in groups
        for other in groups
        if one != other and _maybe(rng, rare / 2)
    ]
    rows += [
        Separation(group, "synthetic", home_id=home.home_id)
        for group in groups
        for home in homes
        if _maybe(rng, rare / 4)
    ]
    rows += [
        Separation(group, "synthetic", counsel_id=one.counsel_id)
        for group in groups
        for one in counsel
        if _maybe(rng, rare / 2)
    ]
    return tuple(
        sorted(
            rows,
            key=lambda s: (
                s.sibling_group_id,
                s.other_group_id or "",
                s.home_id or "",
                s.counsel_id or "",
            ),
        )
    )


def _placements(
    rng: Random, children: tuple[Child, ...], homes: tuple[Home, ...], rare: float
) -> tuple[Placement, ...]:
    """Children who stand on the plan date by a day, who left a day ago, and who come later."""
    rows = []
    for child in children:
        if _maybe(rng, rare / 2):
            ends = rng.choice((None, TODAY, TODAY - DAY, TODAY + 90 * DAY))
            begins = TODAY - 30 * DAY if ends is not None and ends <= TODAY else TODAY + 5 * DAY
            rows.append(Placement(child.child_id, rng.choice(homes).home_id, begins, ends))
    return tuple(rows)


def _overrides(
    rng: Random, groups: list[str], homes: tuple[Home, ...], counsel: tuple[Counsel, ...], rare: float
) -> tuple[Override, ...]:
    """Pins and forbids; some name the same pair twice over, in both senses."""
    rows = []
    for group in groups:
        for action in ("forbid", "pin"):
            for home in homes:
                if _maybe(rng, rare / 3):
                    rows.append(Override(action, group, "synthetic", "a worker", home_id=home.home_id))
            for one in counsel:
                if _maybe(rng, rare / 3):
                    rows.append(Override(action, group, "synthetic", "a worker", counsel_id=one.counsel_id))
    return tuple(
        sorted(rows, key=lambda o: (o.action, o.sibling_group_id, o.home_id or "", o.counsel_id or ""))
    )


@st.composite
def programs(
    draw: st.DrawFn, *, groups: int = 5, homes: int = 4, counsel: int = 3, siblings: int = 4
) -> Program:
    """Random programs of at most these sizes; Hypothesis shrinks the sizes first, then the seed."""
    sizes = Sizes(
        groups=draw(st.integers(1, groups)),
        homes=draw(st.integers(1, homes)),
        counsel=draw(st.integers(0, counsel)),
        siblings=draw(st.integers(1, siblings)),
    )
    return random_program(draw(st.integers(0, 2**32 - 1)), sizes=sizes, few_edges=draw(st.booleans()))


def write_folder(program: Program, folder: Path) -> None:
    """Write the program as a folder that does not exist yet; held groups and closed homes are not in it."""
    write_program(replace(program, held_groups={}, closed_homes=frozenset()), folder=folder)
