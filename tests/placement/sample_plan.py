"""One small lawful plan made by hand, which meets every rule of a plan once: the checker's tests break it.

g1 two siblings in a foster home, pinned there, with counsel; g2 with kin, hearing at another court; g3 seven
siblings by the household exception; g4 without a court; g5 without a home, its pin refused; g6 held back;
g7 joins a brother who lives in h4 already; g8 lives in h1 already.
"""

from datetime import date, timedelta

from posada.records import (
    Child,
    Counsel,
    CourtCounty,
    Hearing,
    Home,
    KinLink,
    Override,
    Placement,
    Plan,
    Program,
    Separation,
)
from tests.placement.plan_maker import plan_of
from tests.placement.random_programs import MARYLAND, TODAY

DAY = timedelta(days=1)


def child(child_id: str, born: int, sex: str, *, needs: tuple[str, ...] = ()) -> Child:
    """A child of the group that its id begins with, born on 15 June, who speaks Spanish, in Baltimore."""
    return Child(child_id, child_id[:2], date(born, 6, 15), sex, ("spa",), "HND", None, needs, "24510")


def home(home_id: str, kind: str, county: str, capacity: int) -> Home:
    """A home with its papers in order, beds for anybody, and Spanish spoken."""
    return Home(
        home_id=home_id,
        kind=kind,
        county_fips=county,
        licensed_capacity=capacity,
        license_from=None if kind == "kin" else TODAY,
        license_to=None if kind == "kin" else TODAY + 30 * DAY,
        checks_clear_until=TODAY,
        beds_girls=0,
        beds_boys=0,
        beds_any=capacity,
        languages=("spa",),
        abilities=("asthma",),
        own_children_birth_dates=(date(2004, 1, 1),) if home_id == "h1" else (),
        cost_cents_per_child_day={"h1": 2500, "h3": 3000}.get(home_id),
    )


def sample_program() -> Program:
    """The accepted rows."""
    return Program(
        plan_date=TODAY,
        children=(
            child("g1-a", 2006, "F", needs=("asthma",)),
            child("g1-b", 2009, "M"),
            child("g2-a", 2000, "F"),
            *(child(f"g3-{n}", 2000 + n, "M" if n % 2 else "F") for n in range(7)),
            child("g4-a", 2001, "X"),
            child("g5-a", 2003, "M", needs=("wheelchair",)),
            child("g6-a", 2003, "M"),
            child("g7-a", 2005, "M"),
            child("g7-b", 2007, "M"),
            child("g8-a", 2005, "F"),
        ),
        homes=(
            home("h1", "foster", "24510", 4),
            home("h2", "kin", "24033", 1),
            home("h3", "foster", "24510", 8),
            home("h4", "group", "36061", 5),
        ),
        kin=(KinLink("g2", "h2", "2A"), KinLink("g1", "h4", "3")),
        counsel=(
            Counsel("k1", ("BAL",), 3, ("spa",), available_from=TODAY),
            Counsel("k2", ("HYA", "NYC"), 1, ("eng",), available_from=TODAY),
        ),
        court_counties=(CourtCounty("24033", "BAL"), CourtCounty("24510", "BAL")),
        hearings=(Hearing("g2", "BAL", TODAY + 9 * DAY), Hearing("g2", "HYA", TODAY + 8 * DAY)),
        separations=(
            Separation("g1", "synthetic", other_group_id="g4"),
            Separation("g1", "synthetic", home_id="h3"),
            Separation("g1", "synthetic", counsel_id="k2"),
        ),
        placements=(
            Placement("g7-a", "h4", TODAY - 9 * DAY),
            Placement("g7-b", "h1", TODAY - 9 * DAY, TODAY - DAY),
            Placement("g8-a", "h1", TODAY + DAY, TODAY + 9 * DAY),
        ),
        overrides=(
            Override("pin", "g1", "synthetic", "a worker", home_id="h1"),
            Override("pin", "g1", "synthetic", "a worker", counsel_id="k1"),
            Override("pin", "g5", "synthetic", "a worker", home_id="h1"),
            Override("forbid", "g1", "synthetic", "a worker", home_id="h4"),
        ),
        held_groups={"g6": "incomplete_group"},
    )


def sample_plan() -> Plan:
    """The plan for `sample_program`; it breaks nothing."""
    return plan_of(
        sample_program(),
        policy=MARYLAND,
        homes={"g1": "h1", "g2": "h2", "g3": "h3", "g4": "h4", "g7": "h4"},
        counsel={"g1": "k1", "g2": "k2", "g3": "k1"},
        refused=[("g5", "h1")],
    )
