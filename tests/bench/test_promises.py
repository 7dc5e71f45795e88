"""The page of the promises says what is listed and what was reached, and no command of it leads nowhere."""

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
