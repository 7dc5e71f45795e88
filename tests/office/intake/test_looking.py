"""What is seen before taking, and what stays of it when it is over."""

from posada.office.access.actor import machine
from posada.office.intake import looking
from posada.office.intake.differences import compare
from posada.office.intake.models import Child
from posada.office.intake.reading import read_brought
from posada.office.intake.services import take_folder
from tests.office.intake.folders import csv, folder, spoiled
from tests.office.people import TODAY

TONIGHT = {
    "children.csv": csv(
        "child_id,sibling_group_id,birth_date,sex", "N1,G7,2012-03-04,F", "N2,G7,2030-01-01,F"
    ),
    "people.csv": csv("child_id,given_name,family_name,a_number", "N1,Jose Maria,Perez,000-000-007"),
}


def looked(files: dict[str, bytes]) -> dict[str, object]:
    """The report of files."""
    brought = read_brought(files, on=TODAY)
    return looking.report(brought, compare(brought))


def test_the_report_counts_rows_and_shows_duplicates_side_by_side() -> None:
    take_folder(folder(), actor=machine("posada import"), told=lambda *_: None)
    told = looked(TONIGHT)
    assert told["new"] == {"children.csv": 1, "people.csv": 1}
    assert told["refused_rows"] == {"children.csv": 1}
    duplicates = looking.standing_sides(told, Child.objects.select_related("group"))
    assert [(each["child_id"], each["other"]) for each in duplicates] == [("N1", "C1")]
    assert duplicates[0]["beside"]["name"] == "María José Pérez López"
    assert duplicates[0]["missing_here"] == ["lopez"]
    assert looking.standing_sides(told, Child.objects.none()) == []


def test_sealed_values_stand_in_no_report() -> None:
    take_folder(folder(), actor=machine("posada import"), told=lambda *_: None)
    told = looked(spoiled(folder(), "people.csv", "000-000-001", "000-000-009"))
    assert told["difference_count"] == 1
    assert "000-000" not in str(told)


def test_when_it_is_over_no_value_of_a_person_is_left() -> None:
    take_folder(folder(), actor=machine("posada import"), told=lambda *_: None)
    kept = looking.without_persons(looked(TONIGHT))
    assert "Perez" not in str(kept)
    assert "2030-01-01" not in str(kept)
    assert (kept["duplicate_count"], len(kept["rejections"])) == (1, 1)
