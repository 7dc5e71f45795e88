"""What refused rows hold back: protective rows fail closed, everything else harms only itself."""

from pathlib import Path

import pytest

from posada.programme.folder import rows_that_hold
from posada.records import Program
from tests.programme.folders import changed, county, read, text


def held(program: Program) -> tuple[dict[str, str], set[str]]:
    return program.held_groups, set(program.closed_homes)


def test_a_group_with_a_refused_child_is_held_and_its_other_children_stay_listed(tmp_path: Path) -> None:
    program = read(tmp_path, children=changed("children.csv", "2018-02-28", "2018-02-30"))
    assert held(program) == ({"g1": "incomplete_group"}, set())
    assert [child.child_id for child in program.children if child.sibling_group_id == "g1"] == ["c1"]


def test_a_group_all_of_whose_rows_are_refused_is_held_too(tmp_path: Path) -> None:
    program = read(tmp_path, children=changed("children.csv", "2025-06-01,F", "2025-06-01,f"))
    assert program.held_groups == {"g4": "incomplete_group"}


def test_a_repeated_child_holds_every_group_that_has_it(tmp_path: Path) -> None:
    program = read(tmp_path, children=changed("children.csv", "c4,g3", "c3,g3"))
    assert program.held_groups == {"g2": "incomplete_group", "g3": "incomplete_group"}


@pytest.mark.parametrize(
    "old", ["c2,g1,2018-02-28,M,spa,", 'c2,g1,"2018-02-28,M,spa,', "c2,g1,2018-02-28\x00,M,spa,"]
)
def test_a_broken_child_row_holds_the_group_that_it_names(tmp_path: Path, old: str) -> None:
    new = old if old != "c2,g1,2018-02-28,M,spa," else "c2,g1,2018-02-28,M,,spa,"
    program = read(tmp_path, children=changed("children.csv", "c2,g1,2018-02-28,M,spa,", new))
    assert program.held_groups == {"g1": "incomplete_group"}


def test_a_broken_child_row_whose_cells_have_moved_holds_the_known_group_in_it(tmp_path: Path) -> None:
    program = read(tmp_path, children=changed("children.csv", "c2,g1,", "c2,,g1,"))
    assert program.held_groups["g1"] == "incomplete_group"


@pytest.mark.parametrize("between", [";", "\t", "|"])
def test_a_child_row_of_another_separator_holds_the_known_group_in_it(tmp_path: Path, between: str) -> None:
    row = "c2,g1,2018-02-28"
    program = read(
        tmp_path, children=changed("children.csv", f"{row},M,spa,", f"{row},M,spa,".replace(",", between))
    )
    assert program.held_groups["g1"] == "incomplete_group"


@pytest.mark.parametrize(
    ("old", "new", "groups", "homes"),
    [
        ("g1,g2,,,an order of the court", "g1,g2,,,", {"g1", "g2"}, set()),
        ("g1,g2,,,an order", "g1,g99,,,an order", {"g1"}, set()),
        ("g1,g2,,,an order", "g1,g2,h1,,an order", {"g1", "g2"}, {"h1"}),
        ("g1,g2,,,an order", "g1,g1,,,an order", {"g1"}, set()),
        ("g1,g2,,,an order", "g1,,,,an order", {"g1"}, set()),
        ("g1,g2,,,an order", ",g2,,,an order", {"g2"}, set()),
        ("g1,g2,,,an order", "g1 ,g2,,,an order", {"g1", "g2"}, set()),
        ("g1,g2,,,an order", "g1,g2,,an order", {"g1", "g2"}, set()),
        ("g3,,,l1,a conflict", "g3,,,l9,a conflict", {"g3"}, set()),
        ('g3,,h1,,"a complaint;\nstill open"', 'g3,,h1,,"a complaint', {"g3"}, {"h1"}),
    ],
)
def test_a_refused_separation_holds_every_group_and_closes_every_home_that_it_names(
    tmp_path: Path, old: str, new: str, groups: set[str], homes: set[str]
) -> None:
    program = read(tmp_path, separations=changed("separations.csv", old, new))
    assert held(program) == (dict.fromkeys(groups, "incomplete_separation"), homes)
    assert program.rejections


@pytest.mark.parametrize(
    ("old", "new", "groups"),
    [
        ("forbid,g2,,l1,the file says why", "forbid,g2,,l1,", {"g2"}),
        ("forbid,g2,,l1", "forbidden,g2,,l1", {"g2"}),
        ("pin,g1,h2,,the aunt", "pim,g1,h2,,the aunt", {"g1"}),
        ("pin,g1,h2,,the aunt is known to them", "pin,g1,h2,,", set()),
        ("pin,g1,h2", "pin,g1,h99", set()),
    ],
)
def test_a_refused_forbid_fails_closed_and_a_refused_pin_holds_nothing(
    tmp_path: Path, old: str, new: str, groups: set[str]
) -> None:
    program = read(tmp_path, overrides=changed("overrides.csv", old, new))
    assert set(program.held_groups) == groups
    assert program.closed_homes == ({"h2"} if "pim" in new else set())


def test_a_refused_placement_holds_the_child_s_group_and_closes_the_home(tmp_path: Path) -> None:
    program = read(tmp_path, placements=changed("placements.csv", "2026-10-01", "1 October"))
    assert held(program) == ({"g5": "incomplete_separation"}, {"h3"})


def test_a_row_that_only_names_a_refused_row_holds_nothing_else(tmp_path: Path) -> None:
    program = read(tmp_path, homes=changed("homes.csv", "h1,foster,24033", "h1,foster,4033"))
    assert {(each.file, each.row) for each in program.rejections} == {
        ("homes.csv", 1),
        ("separations.csv", 2),
        ("openings.csv", 1),
    }
    assert held(program) == ({}, set())


def test_a_refused_child_does_not_hold_the_groups_that_it_is_kept_apart_from(tmp_path: Path) -> None:
    program = read(tmp_path, children=changed("children.csv", "c3,g2,2012-02-29,X", "c3,g2,2012-02-29,Y"))
    assert program.held_groups == {"g2": "incomplete_group"}
    assert ("separations.csv", 1) in {(each.file, each.row) for each in program.rejections}


def test_an_incomplete_group_stays_one_where_a_refused_separation_names_it_too(tmp_path: Path) -> None:
    program = read(
        tmp_path,
        children=changed("children.csv", "2018-02-28", "2018-02-30"),
        separations=changed("separations.csv", "an order of the court", ""),
    )
    assert program.held_groups == {"g1": "incomplete_group", "g2": "incomplete_separation"}


def test_refused_kin_hearings_openings_and_counsel_hold_nothing(tmp_path: Path) -> None:
    program = read(
        tmp_path,
        kin=text("kin.csv").replace("2A", "2C"),
        hearings=text("hearings.csv").replace("2027-01-15", "soon"),
        openings=text("openings.csv").replace("2026-12-01", ""),
        counsel=text("counsel.csv").replace("l2,BAL,0", "l2,BAL,-1"),
    )
    assert len(program.rejections) == 4
    assert held(program) == ({}, set())


def holding(tmp_path: Path, group: str, **files: str) -> list[tuple[str, int, tuple[str, ...]]]:
    folder = county(tmp_path, **files)
    return [(each.file, each.row, each.fields) for each in rows_that_hold(folder, group=group)]


def test_the_rows_that_hold_a_group_are_named_by_file_row_and_column(tmp_path: Path) -> None:
    found = holding(
        tmp_path,
        "g1",
        children=changed("children.csv", "2018-02-28", "2018-02-30"),
        separations=changed("separations.csv", "g1,g2,,,an order of the court", "g1,g2,,,"),
    )
    assert found == [("children.csv", 2, ("birth_date",)), ("separations.csv", 1, ("reason",))]


def test_a_group_that_is_not_held_has_no_such_rows_and_each_held_one_its_own(tmp_path: Path) -> None:
    rows = changed("children.csv", "c4,g3", "c3,g3")
    assert holding(tmp_path / "a", "g1", children=rows) == []
    assert holding(tmp_path / "b", "g2", children=rows) == [("children.csv", 3, ("child_id",))]
    assert holding(tmp_path / "c", "g3", children=rows) == [("children.csv", 4, ("child_id",))]


def test_every_held_group_has_a_row_that_holds_it(tmp_path: Path) -> None:
    program = read(tmp_path, separations=changed("separations.csv", "g1,g2,,,an order", "g1,g2,,an order"))
    for group in program.held_groups:
        assert rows_that_hold(tmp_path / "county", group=group)
