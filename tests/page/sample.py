"""A synthetic program and a plan of it, made straight from records: nothing here was solved."""

import random
from datetime import date, timedelta

from posada.records import (
    Child,
    Counsel,
    Court,
    CourtCounty,
    GroupPlan,
    Home,
    LevelResult,
    Plan,
    Program,
    RefusedPin,
    UnplacedGroup,
    UnrepresentedGroup,
)

DAY = date(2026, 11, 24)
# Maryland's counties, the fullest first; a group goes to the earlier ones more often.
MARYLAND = tuple(
    f"24{county:03d}"
    for county in (
        31,
        33,
        510,
        5,
        3,
        27,
        21,
        45,
        25,
        17,
        43,
        13,
        1,
        15,
        47,
        19,
        41,
        37,
        9,
        11,
        35,
        39,
        23,
        29,
    )
)
WAITING = ("no_room", "no_lawful_home", "incomplete_group", "sibling_already_placed")
ALONE = ("caseload_full", "no_counsel_at_court", "conflict", "available_too_late")


def sample(
    *,
    groups: int = 150,
    waiting_groups: int = 14,
    alone_groups: int = 18,
    counties: tuple[str, ...] = MARYLAND,
    state: str = "MD",
    name: str = "Example Harbor Program",
    court_names: tuple[str, str] = ("Baltimore", "Hyattsville"),
    gap: int = 0,
    seed: int = 7,
) -> tuple[Program, Plan]:
    """A program of `groups` placed and `waiting_groups` waiting sibling groups.

    Every id starts with CANARY, so that a page in which one appears is found out.
    """
    chance = random.Random(seed)
    weights = [1 / (1 + at) for at in range(len(counties))]
    courts = ("CRTA", "CRTB")
    court_of = {fips: courts[at % 2] for at, fips in enumerate(counties)}
    homes, children, placed, alone = [], [], [], []
    for at in range(groups):
        group, home = f"CANARY-G{at:05d}", f"CANARY-H{at:05d}"
        size = chance.choice((1, 1, 1, 2, 2, 3))
        fips = chance.choices(counties, weights)[0]
        kin, has_counsel = chance.random() < 0.5, at >= alone_groups
        homes.append(_home(home, fips, size, kin=kin))
        members = tuple(f"CANARY-C{at:05d}{letter}" for letter in "abcdef"[:size])
        children += [_child(child, group, chance) for child in members]
        shares = tuple(kin or chance.random() < 0.8 for _ in members)
        interpreter = tuple(has_counsel and chance.random() < 0.3 for _ in members)
        placed.append(
            GroupPlan(
                sibling_group_id=group,
                children=members,
                home_id=home,
                counsel_id=f"CANARY-L{at % 40:05d}" if has_counsel else None,
                court_code=court_of[fips],
                kin=kin,
                children_sharing_language=shares,
                interpreter_needed=interpreter,
                venue_change_needed=chance.random() < 0.05,
                license_exception=size > 2,
                cost_cents_per_child_day=0 if kin else 7840,
                distance_tenths_km=tuple(chance.randrange(0, 900) for _ in members),
            )
        )
        if not has_counsel:
            reason = ALONE[at % len(ALONE)]
            alone.append(
                UnrepresentedGroup(group, court_of[fips], reason, "No open slot.", "Ask for one more.")
            )
    waiting = tuple(
        UnplacedGroup(f"CANARY-W{at:05d}", 1 + at % 3, WAITING[at % len(WAITING)], "Too full.", "Recruit.")
        for at in range(waiting_groups)
    )
    for group in waiting:
        children += [
            _child(f"{group.sibling_group_id}{letter}", group.sibling_group_id, chance)
            for letter in "abc"[: group.children]
        ]
    plan = Plan(
        groups=tuple(placed),
        unplaced=waiting,
        unrepresented=tuple(alone),
        levels=levels_of(placed, gap=gap),
        refused_pins=(RefusedPin("CANARY-G00000", "CANARY-H00003", "capacity"),),
    )
    program = Program(
        plan_date=DAY,
        children=tuple(children),
        homes=tuple(homes),
        name=name,
        state=state,
        counsel=tuple(Counsel(f"CANARY-L{at:05d}", courts, 9) for at in range(40)),
        courts=tuple(Court(code, named, named) for code, named in zip(courts, court_names, strict=True)),
        court_counties=tuple(CourtCounty(fips, court_of[fips]) for fips in counties),
        input_sha256="3f" * 32,
    )
    return program, plan


def levels_of(groups: list[GroupPlan], *, gap: int = 0) -> tuple[LevelResult, ...]:
    """The seven levels of these groups; the last five lie `gap` from their bounds."""
    reached = {
        "children_placed": sum(len(g.children) for g in groups),
        "children_with_kin": sum(len(g.children) for g in groups if g.kin),
        "children_sharing_language": sum(sum(g.children_sharing_language) for g in groups),
        "children_represented": sum(len(g.children) for g in groups if g.counsel_id),
        "counsel_sharing_language": sum(g.interpreter_needed.count(False) for g in groups if g.counsel_id),
    }
    most = [
        LevelResult(name, "max", value, value + (gap if at > 1 else 0))
        for at, (name, value) in enumerate(reached.items())
    ]
    cost = sum(g.cost_cents_per_child_day * len(g.children) for g in groups)
    moved = sum(sum(g.distance_tenths_km) for g in groups)
    least = [
        LevelResult("cost_cents_per_day", "min", cost, max(0, cost - 100 * gap)),
        LevelResult("distance_km", "min", moved, max(0, moved - 10 * gap)),
    ]
    return (*most, *least)


def summary_of(program: Program) -> dict[str, object]:
    """What summary.json would hold, as far as the page reads it."""
    return {"version": "0.1.0", "input_sha256": program.input_sha256, "rejected_rows": 0}


def _child(child: str, group: str, chance: random.Random) -> Child:
    born = DAY - timedelta(days=chance.randrange(700, 6400))
    return Child(child, group, born, chance.choice("FM"), ("spa",), country="HND")


def _home(home: str, fips: str, beds: int, *, kin: bool) -> Home:
    until = date(2027, 11, 24)
    return Home(home, "kin" if kin else "foster", fips, beds, DAY, until, until, 0, 0, beds)
