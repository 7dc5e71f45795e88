"""`posada plan`: statuses, messages, the files, and that a kill leaves no half of anything."""

import json
import signal
import time
from pathlib import Path

import pytest

from tests.cli.terminal import Ran, posada, started
from tests.programme.folders import FIXTURES, county, text

FILES = {
    *("placements.csv", "unplaced.csv", "unrepresented.csv", "rejected.csv", "recruit.csv"),
    *("summary.json", "input"),
}


def planned(capsys: pytest.CaptureFixture[str], folder: Path, *words: str | Path) -> Ran:
    return posada(capsys, "plan", folder, *words)


def with_bad_row(tmp_path: Path) -> Path:
    bad = "c9,g9,2018-02-30,F,,,,,\n"
    return county(tmp_path, children=text("children.csv") + bad)


def test_a_sound_folder_is_planned_with_status_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan"
    ran = planned(capsys, FIXTURES / "county", "--out", out)
    assert ran.status == 0
    assert {path.name for path in out.iterdir()} == FILES
    assert "1 children with a safe home" in ran.out
    assert "proven best" in ran.out
    assert f"Plan: {out}" in ran.out


def test_a_refused_row_is_status_1_and_the_rest_is_planned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan"
    ran = planned(capsys, with_bad_row(tmp_path), "--out", out)
    assert ran.status == 1
    assert any(
        line.startswith("  children.csv, row 7, birth_date: found 2018-02-30") for line in ran.messages
    )
    assert "2018-02-30" in (out / "rejected.csv").read_text(encoding="utf-8")
    assert "incomplete_group" in (out / "unplaced.csv").read_text(encoding="utf-8")


def test_of_many_refused_rows_ten_are_shown_and_the_rest_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = "".join(f"b{row},g9{row},never,F,,,,,\n" for row in range(14))
    folder = county(tmp_path, children=text("children.csv") + bad)
    ran = planned(capsys, folder, "--out", tmp_path / "plan")
    assert ran.status == 1
    assert "14 input rows refused:" in ran.messages
    assert sum(": found never" in line for line in ran.messages) == 10
    assert f"… and 4 more in {tmp_path / 'plan' / 'rejected.csv'}" in ran.messages


def test_json_is_the_summary_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan"
    ran = planned(capsys, FIXTURES / "county", "--out", out, "--json")
    assert json.loads(ran.out) == json.loads((out / "summary.json").read_text(encoding="utf-8"))


def test_where_nothing_is_possible_status_is_2_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = county(tmp_path, homes=text("homes.csv").replace("foster", "palace").replace(",group,", ",x,"))
    folder = _without_kin(folder)
    ran = planned(capsys, folder, "--out", tmp_path / "plan", "--html", tmp_path / "p.html", "--json")
    assert ran.status == 2
    assert ran.messages[0] == "homes.csv: no valid row is left: nothing can be planned."
    assert any(line.startswith("homes.csv, row 1, kind: found palace") for line in ran.messages)
    assert ran.out == ""
    assert list(tmp_path.iterdir()) == [folder]


def _without_kin(folder: Path) -> Path:
    homes = folder / "homes.csv"
    homes.write_text(homes.read_text(encoding="utf-8").replace(",kin,", ",y,"), encoding="utf-8")
    return folder


def test_zero_lawful_placements_are_still_status_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lapsed = text("homes.csv").replace("2027-01-31", "2026-01-31").replace("2027-12-31", "2026-01-31")
    ran = planned(capsys, county(tmp_path, homes=lapsed), "--out", tmp_path / "plan", "--json")
    assert ran.status == 0
    assert json.loads(ran.out)["levels"][0]["value"] == 0


def test_an_out_that_is_there_is_refused_unless_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan"
    assert planned(capsys, FIXTURES / "county", "--out", out).status == 0
    before = (out / "summary.json").read_bytes()
    ran = planned(capsys, FIXTURES / "county", "--out", out)
    assert ran.status == 2
    assert ran.messages == [f"{out}: this is there already; use --replace to replace it, or choose another."]
    assert (out / "summary.json").read_bytes() == before
    assert planned(capsys, FIXTURES / "county", "--out", out, "--replace").status == 0


def test_a_folder_that_is_no_plan_is_never_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("dear", encoding="utf-8")
    ran = planned(capsys, FIXTURES / "county", "--out", tmp_path / "letters", "--replace")
    assert ran.status == 2
    assert len(ran.messages) == 1
    assert (tmp_path / "letters" / "dear.txt").read_text(encoding="utf-8") == "dear"


def test_a_rule_without_a_value_on_the_day_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = text("programme.toml").replace("maryland", "federal").replace("2026-12-01", "2017-01-01")
    children = "child_id,sibling_group_id,birth_date,sex\nc1,g1,2015-03-04,F\n"
    folder = county(tmp_path, programme=settings, children=children)
    ran = planned(capsys, folder, "--out", tmp_path / "plan")
    assert ran.status == 2
    assert ran.messages[0].startswith("No value of rule household.max is known on 2017-01-01")


@pytest.mark.parametrize("limit", ["0", "-3", "nan", "inf"])
def test_a_time_limit_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], limit: str
) -> None:
    ran = planned(capsys, FIXTURES / "county", "--out", tmp_path / "plan", f"--time-limit={limit}")
    assert ran.status == 2
    assert ran.messages == ["--time-limit: give a number of seconds above 0."]


def test_a_generous_time_limit_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    planned(capsys, FIXTURES / "county", "--out", tmp_path / "one")
    ran = planned(capsys, FIXTURES / "county", "--out", tmp_path / "other", "--time-limit", "600", "--json")
    assert json.loads(ran.out)["time_limit_reached"] is False
    for name in ("placements.csv", "unplaced.csv", "unrepresented.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


@pytest.mark.parametrize(("words", "start"), [((), "en"), (("--lang", "es"), "es")])
def test_the_page_is_written_in_the_language_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], start: str
) -> None:
    page = tmp_path / "plan.html"
    ran = planned(capsys, FIXTURES / "county", "--out", tmp_path / "plan", "--html", page, *words)
    assert ran.status == 0
    assert f'<html lang="{start}"' in page.read_text(encoding="utf-8")
    assert f"Page: {page} (made to be shared)" in ran.out


def test_the_internal_page_says_what_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "plan.html"
    ran = planned(capsys, FIXTURES / "county", "--out", tmp_path / "plan", "--html", page, "--internal")
    assert "Do not share this page" in page.read_text(encoding="utf-8")
    assert f"Page: {page} (for the office only)" in ran.out


def test_a_page_may_lie_in_the_plans_own_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan"
    ran = planned(capsys, FIXTURES / "county", "--out", out, "--html", out / "plan.html")
    assert ran.status == 0
    assert (out / "plan.html").is_file()
    again = planned(capsys, FIXTURES / "county", "--out", out, "--html", out / "plan.html", "--replace")
    assert again.status == 0


@pytest.mark.parametrize("delay", [0.3, 0.8, 1.1, 1.4, 1.8])
def test_a_kill_leaves_the_old_plan_or_the_new_one(tmp_path: Path, delay: float) -> None:
    out, page = tmp_path / "plan", tmp_path / "plan.html"
    running = started("plan", FIXTURES / "county", "--out", out, "--html", page)
    time.sleep(delay)
    running.send_signal(signal.SIGKILL)
    running.communicate(timeout=240)
    if out.exists():
        assert {path.name for path in out.iterdir()} == FILES
        json.loads((out / "summary.json").read_text(encoding="utf-8"))
    if page.exists():
        assert out.exists()
        assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")
