"""Small random programs with arrivals, openings and endings within two months, drawn by a seed."""

from dataclasses import replace
from random import Random

from posada.records import Opening, Placement, Program
from posada.simulation.numbers import Numbers
from tests.placement.random_programs import DAY, TODAY, Sizes, random_program

DAYS = 60
NUMBERS = Numbers(
    placement_days=20, resolve_days=10, forecast_years=2, arrival_shift_days=3, homes_per_worker=2
)
SMALL = Sizes(groups=12, homes=5, counsel=3, siblings=4)


def random_folder(seed: int, *, sizes: Sizes = SMALL, few_edges: bool = True) -> Program:
    """Homes whose papers lapse, that open and close; children who come, turn two and eighteen, or left."""
    program, rng = random_program(seed, sizes=sizes, few_edges=few_edges), Random(f"{seed}:year")
    arrives = {
        group: rng.choice(
            (None, TODAY - 3 * DAY, *(TODAY + rng.randint(0, DAYS - 1) * DAY for _ in range(6)))
        )
        for group in sorted({child.sibling_group_id for child in program.children})
    }
    homes = [
        replace(
            home,
            license_from=home.license_from and home.license_from + rng.choice((0, 0, 0, 15)) * DAY,
            license_to=home.license_to and home.license_to + rng.choice((0, 30, 400)) * DAY,
            checks_clear_until=home.checks_clear_until and TODAY + rng.choice((25, 90, 90)) * DAY,
        )
        for home in program.homes
    ]
    openings = []
    for home in homes:
        for _ in range(rng.choice((0, 0, 1, 2))):
            opens = TODAY + rng.randint(-10, 40) * DAY
            openings.append(
                Opening(home.home_id, opens, rng.choice((None, opens + rng.randint(0, 30) * DAY)))
            )
    placements = [_ended(row, rng) for row in program.placements]
    return replace(
        program,
        children=tuple(replace(c, arrived_on=arrives[c.sibling_group_id]) for c in program.children),
        homes=tuple(homes),
        openings=tuple(sorted(openings, key=lambda o: (o.home_id, o.opens_on))),
        placements=tuple(placements),
    )


def _ended(row: Placement, rng: Random) -> Placement:
    """Some placements end within the two months."""
    if row.to_date is None and rng.random() < 0.5:
        return replace(row, to_date=row.from_date + rng.randint(5, 50) * DAY)
    return row
