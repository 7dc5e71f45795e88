"""A synthetic program: nobody in it exists, and the same seed gives the same program.

Comes in: scope, sizes, a seed, assumptions. Goes out: a `Program`. Writing it: `folder.py`.
Tests: tests/demonstration/test_generate.py.
"""

from operator import attrgetter

from posada.demonstration.assumptions import AssumptionRefused, Assumptions, shipped
from posada.demonstration.counsel import counsel, courts_named, hearings, home_courts
from posada.demonstration.exceptions import separations, standing_placements
from posada.demonstration.families import families
from posada.demonstration.homes import foster_homes, openings
from posada.demonstration.kin import kin
from posada.demonstration.places import court_counties
from posada.records import Program

SCOPES = {"maryland": "MD", "national": None}
"""Scope -> USPS code of the state it is limited to."""


def generate(
    *,
    scope: str,
    children: int | None = None,
    kin_share: float | None = None,
    seed: int = 2014,
    assumptions: Assumptions | None = None,
) -> Program:
    """A synthetic program.

    Args:
        scope: `maryland` or `national`.
        children: how many children; the scope's assumption where None.
        kin_share: share of sibling groups with kin to go to, 0 to 1; the scope's assumption where None.
        seed: any whole number.
        assumptions: the shipped ones where None.

    Raises:
        ValueError: the scope is not known, there are no children, or the share is not from 0 to 1.
        AssumptionRefused: a value of the assumptions cannot be used.

    >>> len(generate(scope="maryland", children=30).children)
    30
    """
    if scope not in SCOPES:
        raise ValueError(f"scope {scope!r} is not known: choose maryland or national")
    a = assumptions or shipped()
    count = a.count(f"{scope}.children") if children is None else children
    share = a.number(f"{scope}.kin_share") if kin_share is None else kin_share
    if count < 1:
        raise ValueError("a program needs at least one child")
    if not 0 <= share <= 1:
        raise ValueError("the share of groups with kin is from 0 to 1")
    try:
        return _program(a, scope=scope, children=count, kin_share=share, seed=seed)
    except AssumptionRefused:
        raise
    except (KeyError, OverflowError, ValueError) as error:
        raise AssumptionRefused(f"the assumptions do not fit together: {error}.") from error


def _program(a: Assumptions, *, scope: str, children: int, kin_share: float, seed: int) -> Program:
    state = SCOPES[scope]
    groups = families(a, scope=scope, children=children, seed=seed)
    relatives = kin(a, families=groups, kin_share=kin_share, state=state, seed=seed)
    alone = sum(len(g.children) for g in groups if g.sibling_group_id not in relatives.county_of_group)
    fostering = foster_homes(a, state=state, children_without_kin=alone, seed=seed)
    homes = (*fostering, *relatives.homes)
    jurisdiction = court_counties(a, state=state)
    home_court = home_courts(
        families=groups,
        county_of_group=relatives.county_of_group,
        counties=jurisdiction,
        state=state,
        seed=seed,
    )
    dates = hearings(a, home_court=home_court, seed=seed)
    lawyers = counsel(a, home_court=home_court, seed=seed)
    return Program(
        plan_date=a.day("program.plan_date"),
        name=f"Demonstration ({scope}, synthetic)",
        state=state or "",
        policy="maryland",
        seed=seed,
        children=tuple(child for group in groups for child in group.children),
        homes=homes,
        kin=tuple(sorted(relatives.links, key=attrgetter("sibling_group_id", "home_id"))),
        counsel=lawyers,
        courts=courts_named(counties=jurisdiction, hearings=dates),
        court_counties=jurisdiction,
        hearings=dates,
        separations=separations(a, families=groups, homes=homes, counsel=lawyers, seed=seed),
        placements=standing_placements(a, families=groups, homes=homes, links=relatives.links, seed=seed),
        openings=openings(a, homes=fostering, seed=seed),
    )
