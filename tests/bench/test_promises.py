"""The page of the promises says what is listed and what was reached, and no command of it leads nowhere."""

import json
from pathlib import Path

import promises
import pytest
from promises import PAGE, ROOT, Promise, listed, page, reached


def test_the_page_is_the_one_that_the_script_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(listed(), reached())


def test_every_promise_of_the_folder_is_listed_and_every_test_is_there() -> None:
    named = {test for each in listed() for test in each.tests}
    assert [test for test in named if not (ROOT / test).is_file()] == []
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests" / "promises").glob("test_*.py")}
    assert there <= named
    numbers = [part for each in listed() for part in each.number.split(", ")]
    assert numbers == [str(number) for number in range(1, 46)]


def test_what_is_not_kept_is_said() -> None:
    assert all(each.tests or each.gap for each in listed())
    told = page([Promise("1", "It holds", ("tests/x.py",))], {})
    assert "not run for this page yet" in told
    result = {"holds": False, "form": "short", "databases": 1, "tests": 3, "on": "2026-11-26", "counts": []}
    assert "**did not hold**" in page([Promise("1", "It holds", ("tests/x.py",))], {"1": result})


PASSES = "def test_it() -> None:\n    print('\\n7 tries')\n"
FAILS = "def test_it() -> None:\n    raise AssertionError('not today')\n"


def test_a_run_that_was_ended_goes_on_and_one_after_a_whole_one_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [Promise(name, name, (str(tmp_path / f"test_{name}.py"),)) for name in ("first", "second")]
    (tmp_path / "test_first.py").write_text(PASSES)
    (tmp_path / "test_second.py").write_text(FAILS)
    monkeypatch.setattr(promises, "listed", lambda: rows)
    for name in ("REACHED", "PAGE", "UNDER_WAY"):
        monkeypatch.setattr(promises, name, tmp_path / name)
    monkeypatch.setattr("sys.argv", ["promises"])
    assert promises.main() == 1
    assert json.loads((tmp_path / "UNDER_WAY" / "done.json").read_text())["done"] == ["first"]
    assert "**did not hold**" in (tmp_path / "PAGE").read_text()
    (tmp_path / "test_first.py").write_text(FAILS)  # would be seen if it ran again
    (tmp_path / "test_second.py").write_text(PASSES)
    assert promises.main() == 0
    assert not (tmp_path / "UNDER_WAY").exists()
    kept = json.loads((tmp_path / "REACHED").read_text())
    assert [(each["holds"], each["counts"]) for each in kept.values()] == [(True, ["7 tries"])] * 2
    assert promises.main() == 1
    assert json.loads((tmp_path / "UNDER_WAY" / "done.json").read_text())["done"] == ["second"]
