"""A scenario file is read strictly: every fault is one line with file, field, found and wanted."""

from datetime import date
from pathlib import Path

import pytest

from posada.programme.errors import ScenarioRefused
from posada.programme.scenario import BEDS, HOMES, KIN_HOMES, SECTIONS, Scenario, read_scenario
from posada.records import RuleChange

DAY = date(2014, 8, 1)


def read(tmp_path: Path, text: str) -> Scenario:
    (tmp_path / "s.toml").write_text(text, encoding="utf-8")
    return read_scenario(tmp_path / "s.toml", plan_date=DAY)


def test_a_whole_scenario_is_read(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
        name = "Ten more kin homes"
        plan_date = 2014-09-01
        seed = 7
        kin_homes = [{ count = 10, county = "24031" }, { count = 1, county = "24033", beds = 3 }]
        homes = [{ count = 2, county = "24510", beds = 2, languages = ["spa", "mam"], max_siblings = 2 }]
        beds = [{ more = 1 }]
        rule_changes = [{ rule = "household.max", value = 8, from = 2014-08-15 }]
        """,
    )
    assert (found.name, found.plan_date, found.seed) == ("Ten more kin homes", date(2014, 9, 1), 7)
    assert [entry["count"] for entry in found.sections[KIN_HOMES]] == [10, 1]
    assert found.sections[HOMES][0]["languages"] == ("spa", "mam")
    assert found.sections[BEDS][0] == {"more": 1, "home": None, "county": None}
    assert found.rule_changes == (RuleChange("household.max", 8, date(2014, 8, 15)),)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("nam = 1", "s.toml, nam: found this key; wanted one of name, plan_date, seed, kin_homes"),
        ("kin_homes = 3", "s.toml, kin_homes: found 3; wanted tables headed [[kin_homes]]."),
        ("[[beds]]\nmore = 0", "s.toml, beds 1, more: found 0; wanted a whole number of 1 or more."),
        ("[[beds]]\nmore = 1.5", "s.toml, beds 1, more: found 1.5; wanted a whole number from 0"),
        ("[[beds]]\nmore = true", "s.toml, beds 1, more: found True; wanted a whole number from 0"),
        (
            "[[beds]]\nmore = 1\nbed = 2",
            "s.toml, beds 1, bed: found this key; wanted one of more, home, county.",
        ),
        (
            "[[beds]]\nmore = 1\ncounty = 1001",
            "wanted a five-digit county FIPS code of the packaged table; the leading",
        ),
        (
            "[[close_courts]]\ncourt = 'A'\non = 2014-08-01T00:00:00",
            "close_courts 1, on: found 2014-08-01 00:00:00",
        ),
        ("[[close_courts]]\ncourt = 'A'", "s.toml, close_courts 1, on: found nothing; wanted a value"),
        (
            "[[counsel]]\ncount = 10_001\ncourts = ['A']\nopen_slots = 1",
            "wanted a whole number of at most 10,000.",
        ),
        ("[[homes]]\ncount = 1\ncounty = '24031'\nbeds = 1\nlanguages = ['es']", "such as spa or mam; spa?."),
        (
            "plan_date = 2014-07-31",
            "s.toml, plan_date: found 2014-07-31; wanted a date without quotes, not before",
        ),
        ("plan_date = '2014-09-01'", "s.toml, plan_date: found 2014-09-01; wanted a date without quotes"),
        ("seed = -1", "s.toml, seed: found -1; wanted a whole number from 0"),
        ("name = 7", "s.toml, name: found 7; wanted a text on one line, in quotes."),
        ("", "s.toml, the file: found nothing that would be different; wanted at least one of"),
        (
            "[[rule_changes]]\nrule = 'x'\nvalue = 1\nfrom = 2014-08-01",
            "s.toml, rule_changes 1, rule: found x; wanted",
        ),
        ("a = = 1", "not readable as TOML"),
    ],
)
def test_each_fault_is_told_once_and_clearly(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(ScenarioRefused) as refused:
        read(tmp_path, text)
    assert [message for message in refused.value.messages if line in message] == list(refused.value.messages)[
        -1:
    ]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ScenarioRefused) as refused:
        read(tmp_path, "x = 1\n[[beds]]\nmore = 0\n[[beds]]\n")
    assert len(refused.value.messages) == 3


def test_a_file_that_is_not_there_or_is_no_text_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"name = '\xff'")
    for name, says in (
        ("none.toml", "there is no such file"),
        ("bytes.toml", "not UTF-8"),
        (".", "plain file"),
    ):
        with pytest.raises(ScenarioRefused, match=says) as refused:
            read_scenario(tmp_path / name, plan_date=DAY)
        assert len(refused.value.messages) == 1


def test_every_section_and_field_is_in_the_guide() -> None:
    guide = (Path(__file__).parent.parent.parent / "docs" / "how-to" / "what-if.md").read_text(
        encoding="utf-8"
    )
    for section, columns in SECTIONS.items():
        row = next(line for line in guide.splitlines() if line.startswith(f"| `[[{section}]]`"))
        assert all(f"`{column.name}`" in row for column in columns), section
