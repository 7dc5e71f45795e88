"""The page's file: whole or not at all, and never over something else."""

from pathlib import Path

import pytest

from posada.cli.page_file import check_page, page_in_plan, staged_page
from posada.programme import OutExists, OutNotReplaceable, OutNotWritten

PAGE = "<!doctype html>\n<title>Posada</title>\n</html>\n"


def test_a_new_place_is_fine(tmp_path: Path) -> None:
    check_page(tmp_path / "plan.html", out=tmp_path / "plan", replace=False)


def test_a_page_that_is_there_wants_replace(tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    page.write_text(PAGE, encoding="utf-8")
    with pytest.raises(OutExists, match="--replace"):
        check_page(page, out=tmp_path / "plan", replace=False)
    check_page(page, out=tmp_path / "plan", replace=True)


def test_a_file_that_is_no_page_of_a_plan_is_never_replaced(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<html>my own site</html>", encoding="utf-8")
    with pytest.raises(OutNotReplaceable, match="not a page that Posada wrote"):
        check_page(page, out=tmp_path / "plan", replace=True)


def test_an_empty_file_may_be_filled(tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    page.touch()
    check_page(page, out=tmp_path / "plan", replace=False)


@pytest.mark.parametrize("name", ["plan.csv", "plan", "children.csv"])
def test_a_page_has_a_pages_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutNotWritten, match=r"ends in \.html"):
        check_page(tmp_path / name, out=tmp_path / "plan", replace=True)


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(OutNotReplaceable, match="a folder"):
        check_page(tmp_path / "folder.html", out=tmp_path / "plan", replace=True)
    with pytest.raises(OutNotWritten, match="is not there"):
        check_page(tmp_path / "no" / "plan.html", out=tmp_path / "plan", replace=True)


def test_in_the_plans_folder_it_lies_on_top(tmp_path: Path) -> None:
    out = tmp_path / "plan"
    check_page(out / "plan.html", out=out, replace=False)
    assert page_in_plan(out / "plan.html", out=out) == "plan.html"
    assert page_in_plan(tmp_path / "plan.html", out=out) is None
    with pytest.raises(OutNotWritten, match="itself"):
        check_page(out / "input" / "plan.html", out=out, replace=False)


def test_nothing_is_left_unless_it_is_put_in_place(tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    with pytest.raises(KeyError), staged_page(page, text=PAGE):
        raise KeyError
    assert list(tmp_path.iterdir()) == []
    with staged_page(page, text=PAGE) as put:
        assert not page.exists()
        put()
    assert page.read_text(encoding="utf-8") == PAGE
    assert list(tmp_path.iterdir()) == [page]


def test_without_a_page_nothing_happens(tmp_path: Path) -> None:
    with staged_page(None, text="") as put:
        put()
    assert list(tmp_path.iterdir()) == []
