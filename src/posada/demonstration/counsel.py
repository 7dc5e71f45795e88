"""Courts, hearings and counsel. Tests: tests/demonstration/test_counsel.py."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from posada.demonstration.assumptions import Assumptions
from posada.demonstration.chance import Chance, Weights
from posada.demonstration.families import Family
from posada.demonstration.places import all_courts, county_weights, great_circle_km
from posada.records import Counsel, Court, CourtCounty, Hearing


def home_courts(
    *,
    families: Sequence[Family],
    county_of_group: Mapping[str, str],
    counties: Sequence[CourtCounty],
    state: str | None,
    seed: int,
) -> dict[str, str]:
    """Group -> the court where it will most likely live: of its kin's county, else of a county drawn."""
    chance, court_of = Chance(seed, part="courts"), {row.county_fips: row.court_code for row in counties}
    weights = county_weights(state)
    found = {}
    for family in families:
        drawn = chance.pick(weights)
        found[family.sibling_group_id] = court_of[county_of_group.get(family.sibling_group_id, drawn)]
    return found


def hearings(assumptions: Assumptions, *, home_court: Mapping[str, str], seed: int) -> tuple[Hearing, ...]:
    """Hearings of a share of the groups, some of them still at a court near the border."""
    return tuple(_hearings(assumptions, Chance(seed, part="hearings"), home_court))


def _hearings(assumptions: Assumptions, chance: Chance, home_court: Mapping[str, str]) -> Iterator[Hearing]:
    share, away = assumptions.number("hearings.share"), assumptions.number("hearings.elsewhere")
    second = assumptions.number("hearings.second_hearing")
    elsewhere = Weights(assumptions.shares("hearings.elsewhere_courts"))
    first_day, _, last_day = assumptions.text("hearings.days_ahead").partition("-")
    plan_date = assumptions.day("program.plan_date")
    for group, court in home_court.items():
        if not chance.happens(share):
            continue
        at = chance.pick(elsewhere) if chance.happens(away) else court
        on = plan_date + timedelta(days=chance.between(int(first_day), int(last_day)))
        yield Hearing(group, at, on)
        if chance.happens(second):
            yield Hearing(group, court, on + timedelta(days=chance.between(30, 200)))


def courts_named(*, counties: Sequence[CourtCounty], hearings: Sequence[Hearing]) -> tuple[Court, ...]:
    """The courts that counties or hearings name, sorted by code."""
    named = {row.court_code for row in counties} | {row.court_code for row in hearings}
    return tuple(all_courts()[code] for code in sorted(named))


def counsel(assumptions: Assumptions, *, home_court: Mapping[str, str], seed: int) -> tuple[Counsel, ...]:
    """Counsel at each court with places for its published, or the national, share of the groups there."""
    chance = Chance(seed, part="counsel")
    by_court = assumptions.shares("courts.represented_by_court")
    usual = assumptions.number("courts.represented")
    demand = Counter(home_court.values())
    made: list[Counsel] = []
    left = 0.0  # carried from court to court, so that small courts do not round the total up
    for court in sorted(demand):
        left += min(1.0, by_court.get(court, usual)) * demand[court]
        while left >= 1:
            made.append(
                _one_counsel(
                    assumptions, chance, number=len(made) + 1, court=court, courts=sorted(demand), left=left
                )
            )
            left -= made[-1].open_slots
    return tuple(made)


def _one_counsel(
    assumptions: Assumptions, chance: Chance, *, number: int, court: str, courts: Sequence[str], left: float
) -> Counsel:
    clinic = chance.happens(assumptions.number("counsel.clinics")) and left >= 4
    slots = Weights(assumptions.sizes("counsel.clinic_slots" if clinic else "counsel.volunteer_slots"))
    named = [court]
    if len(courts) > 1 and chance.happens(assumptions.number("counsel.second_court")):
        named.append(_nearest(court, courts))
    later = chance.happens(assumptions.number("counsel.available_later"))
    wait = timedelta(days=chance.between(1, 120))
    return Counsel(
        counsel_id=f"a{number:05}",
        courts=tuple(named),
        open_slots=int(chance.pick(slots)),
        languages=("eng", *chance.several(assumptions.shares("counsel.languages"))),
        case_types=chance.several(assumptions.shares("counsel.case_types")) or ("asylum",),
        organisation=f"Example Clinic {number}" if clinic else "",
        available_from=assumptions.day("program.plan_date") + wait if later else None,
    )


def _nearest(court: str, courts: Sequence[str]) -> str:
    here = all_courts()[court]
    point = (here.lat or 0.0, here.lon or 0.0)
    others = [all_courts()[code] for code in courts if code != court]
    return min(
        others, key=lambda other: great_circle_km(point, (other.lat or 0.0, other.lon or 0.0))
    ).court_code
