"""What is short, as the public may know it."""

from typing import Any

from posada.office.ledger.appeals import what_is_short
from posada.office.placement.models import PlannedGroup, PlanRun
from tests.office.people import group_of


def plan(shortages: list[dict[str, Any]], **groups: int) -> None:
    """A plan in which so many groups that speak a language have no home."""
    run = PlanRun.objects.create(number=1, state="ready", shortages=shortages)
    for language, count in groups.items():
        for _ in range(count):
            row = {"run": run, "group": group_of(), "children_count": 1, "languages": f";{language};"}
            PlannedGroup.objects.create(**row, unplaced_reason="no_room")


def test_a_number_is_a_class_and_what_few_wait_for_is_not_said() -> None:
    row = {"kind": "home", "county_fips": "24031", "court_code": None}
    plan([{**row, "languages": ["spa"]}, {**row, "languages": ["mam"]}], spa=14, mam=10)
    assert what_is_short()["appeals"] == [
        {"kind": "home", "place": "", "languages": [], "at_least": 11},
        {"kind": "home", "place": "", "languages": ["spa"], "at_least": 11},
        {"kind": "home", "place": "24031", "languages": ["spa"], "at_least": 11},
    ]


def test_one_group_more_changes_nothing_that_is_said() -> None:
    plan([], spa=14)
    before = what_is_short()["appeals"]
    run = PlanRun.objects.get()
    PlannedGroup.objects.create(run=run, group=group_of(), children_count=3, languages=";spa;")
    assert what_is_short()["appeals"] == before


def test_without_a_plan_nothing_is_asked_for() -> None:
    assert what_is_short()["appeals"] == []
