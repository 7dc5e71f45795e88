"""The file of a study: what is written is read back; a cut line is dropped; another study is refused."""

from dataclasses import replace
from pathlib import Path

import pytest

from posada.cli.refusals import NothingDone
from posada.cli.study_file import StudyFile
from posada.simulation.study import Row

FIRST = Row(
    *("abc", 2, "first-come", 1.0, 0.0, 30, 20),
    children_with_kin=4,
    days_waited=1.25,
    county_week_most=3.0,
    county_week_whose="24031 in week 2",
)
BOUND = Row("abc", 1, "hindsight", 1.0, 0.0, 30, 25)
OWN = replace(BOUND, seed=None)


def written(place: Path, *rows: Row, digest: str = "abc") -> None:
    with StudyFile(place, digest=digest, replace=False) as kept:
        for row in rows:
            kept.add(row)


def read(place: Path) -> list[Row]:
    with StudyFile(place, digest="abc", replace=False) as kept:
        return list(kept.done.values())


def test_rows_are_read_back_as_they_were(tmp_path: Path) -> None:
    written(tmp_path / "a.csv", FIRST, BOUND, OWN)
    assert set(read(tmp_path / "a.csv")) == {FIRST, BOUND, OWN}


def test_every_row_is_in_the_file_as_soon_as_it_is_added(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    with StudyFile(place, digest="abc", replace=False) as kept:
        kept.add(FIRST)
        assert place.read_text(encoding="utf-8").count("\n") == 2


@pytest.mark.parametrize("cut", [1, 2, 20])
def test_a_line_that_was_cut_off_is_dropped_and_the_rest_kept(tmp_path: Path, cut: int) -> None:
    place = tmp_path / "a.csv"
    written(place, FIRST, BOUND)
    whole = place.read_bytes()
    place.write_bytes(whole[:-cut])
    assert read(place) == [BOUND] or read(place) == [FIRST]
    written(place, FIRST, BOUND)
    assert set(read(place)) == {FIRST, BOUND}


def test_a_finished_file_is_the_same_whatever_the_order_of_rows(tmp_path: Path) -> None:
    for name, rows in (("a", (FIRST, OWN, BOUND)), ("b", (BOUND, FIRST, OWN))):
        with StudyFile(tmp_path / name, digest="abc", replace=False) as kept:
            for row in rows:
                kept.add(row)
            kept.finish()
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert {p.name for p in tmp_path.iterdir()} == {"a", "b"}


@pytest.mark.parametrize("text", ["seed,policy\n1,prices\n", "\xff\xfe", "nothing\n"])
def test_another_file_is_not_touched(tmp_path: Path, text: str) -> None:
    place = tmp_path / "a.csv"
    place.write_text(text, encoding="latin-1")
    with pytest.raises(NothingDone, match="not a file of posada simulate"):
        written(place)
    assert place.read_text(encoding="latin-1") == text


def test_another_study_is_refused_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    written(place, FIRST)
    with pytest.raises(NothingDone, match="another study"):
        written(place, digest="xyz")
    with StudyFile(place, digest="xyz", replace=True) as kept:
        assert kept.done == {}


def test_without_a_place_rows_are_only_kept() -> None:
    with StudyFile(None, digest="abc", replace=False) as kept:
        kept.add(FIRST)
        kept.finish()
    assert kept.done == {FIRST.task: FIRST}
