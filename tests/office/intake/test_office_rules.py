"""What the office's tables cannot hold is refused as a row, not as a broken import."""

from datetime import date

from posada.office.intake.office_rules import longest
from posada.office.intake.reading import read_brought
from posada.office.intake.standing_ids import StandingIds
from tests.office.intake.folders import csv, folder, spoiled
from tests.office.people import TODAY


def refused(files: dict[str, bytes], standing: StandingIds | None = None) -> list[tuple[str, int, str]]:
    """File, row and field of each rejection."""
    told = read_brought(files, on=TODAY, standing=standing or StandingIds()).rejections
    return [(each.file, each.row, each.field) for each in told]


def test_a_text_that_is_longer_than_its_field_is_refused() -> None:
    assert longest("children.csv")["sibling_group_id"] == 80
    assert longest("overrides.csv")["by"] == 120
    assert refused(spoiled(folder(), "separations.csv", "conflict", "c" * 2_001)) == [
        ("separations.csv", 1, "reason")
    ]


def test_a_group_and_a_home_are_kin_in_one_row() -> None:
    kin = csv("sibling_group_id,home_id,sponsor_category", "G1,H2,2A", "G1,H2,2B", "G2,H2,3")
    assert refused(folder(kin_csv=kin)) == [("kin.csv", 1, "home_id"), ("kin.csv", 2, "home_id")]


def test_a_child_lives_in_one_place() -> None:
    header = "child_id,home_id,from_date,to_date"
    twice = folder(placements_csv=csv(header, "C1,H1,2026-11-01,", "C1,H2,2026-11-02,", "C2,H1,2026-11-01,"))
    assert refused(twice) == [("placements.csv", 1, "to_date"), ("placements.csv", 2, "to_date")]
    standing = StandingIds(placed={"C1": ("H1", date(2026, 11, 1))})
    moved = folder(placements_csv=csv(header, "C1,H2,2026-11-09,"))
    assert refused(moved, standing) == [("placements.csv", 1, "home_id")]
    ended = folder(placements_csv=csv(header, "C1,H1,2026-11-01,2026-11-09", "C1,H2,2026-11-09,"))
    assert refused(ended, standing) == []


def test_names_and_addresses_belong_to_somebody_and_have_a_language_that_exists() -> None:
    files = spoiled(folder(), "people.csv", "C3,", "C7,")
    files = spoiled(files, "contacts.csv", "H2,", "H7,")
    files = spoiled(files, "contacts.csv", ",spa", ",klingon")
    assert refused(files) == [
        ("contacts.csv", 1, "best_language"),
        ("contacts.csv", 2, "home_id"),
        ("people.csv", 3, "child_id"),
    ]
