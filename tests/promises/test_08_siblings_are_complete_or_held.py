"""Promise 8: a sibling group with a rejected child is never planned as complete.

2,000 spoiled files in the long run (`POSADA_ROUNDS`); here a tenth. On both databases.
"""

import os
import random

import pytest

from posada.office.access.actor import machine
from posada.office.intake.reading import read_brought
from posada.office.intake.services import take_folder
from posada.office.intake.standing_ids import StandingIds
from posada.office.program import read_program
from posada.placement.plan import make_plan
from posada.rulebook.changed import policy_of
from tests.office.intake.folders import csv, folder
from tests.office.people import TODAY
from tests.promises.intake_rows import HEADER, bad_rows, good

FILES = int(os.environ.get("POSADA_ROUNDS", "200"))
ROOMY = csv(
    "home_id,kind,county_fips,licensed_capacity,license_from,license_to,checks_clear_until,beds_girls,beds_boys,beds_any",
    *(f"H{n},foster,24031,6,2026-01-01,2028-01-01,2028-01-01,0,0,6" for n in range(6)),
)


def spoiled(chance: random.Random) -> tuple[bytes, str]:
    """A file of whole groups of which one child's row is spoiled, and that child's group."""
    sizes = [chance.randint(1, 4) for _ in range(4)]
    groups = [(f"G{place}", number) for place, size in enumerate(sizes) for number in range(size)]
    rows = [",".join(good(100 * int(group[1:]) + number, group)).encode() for group, number in groups]
    at = chance.randrange(len(rows))
    rows[at] = chance.choice(list(bad_rows(999, groups[at][0])))
    return b"\n".join([HEADER.encode(), *rows]) + b"\n", groups[at][0]


def test_a_group_with_a_refused_child_is_held_in_every_file() -> None:
    chance, held = random.Random(8), 0
    for _ in range(FILES):
        content, group = spoiled(chance)
        brought = read_brought({"children.csv": content}, on=TODAY, standing=StandingIds())
        accepted = {row.sibling_group_id for _, row in brought.readings["children.csv"].good}  # type: ignore[union-attr]
        assert brought.held.get(group) == "incomplete_group" or group not in accepted, content
        held += group in brought.held
    assert FILES >= held > 0.9 * FILES


@pytest.mark.django_db
def test_a_held_group_is_planned_nowhere_and_listed_with_its_reason() -> None:
    chance = random.Random(80)
    for _ in range(max(3, FILES // 50)):
        content, group = spoiled(chance)
        files = folder(children_csv=content, homes_csv=ROOMY)
        for name in ("kin", "hearings", "separations", "overrides", "people", "contacts"):
            files.pop(f"{name}.csv")
        files["openings.csv"] = csv("home_id,opens_on", "H1,2026-12-01")
        take_folder(files, actor=machine("promise"), told=lambda *_: None)
        program = read_program()
        plan = make_plan(program, policy=policy_of(program))
        assert group not in {each.sibling_group_id for each in plan.groups}
        reasons = {each.sibling_group_id: each.reason_code for each in plan.unplaced}
        assert reasons[group] == "incomplete_group"
