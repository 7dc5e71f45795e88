"""Assumptions: shipped, replaced one by one, or refused in one line."""

from datetime import date
from pathlib import Path

import pytest

from posada.demonstration.assumptions import (
    Assumption,
    AssumptionRefused,
    read_assumptions,
    shipped,
    with_changes,
)


def file_of(folder: Path, text: str) -> Path:
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_shipped_assumption_has_a_source() -> None:
    assert len(shipped().entries) > 80
    assert all(entry.source.strip() for entry in shipped().entries.values())
    assert shipped().count("national.children") == 57496
    assert shipped().day("program.plan_date") == date(2014, 10, 1)


def test_a_file_replaces_only_what_it_names(tmp_path: Path) -> None:
    mine = read_assumptions(file_of(tmp_path, '[children.male]\nvalue = 0.5\nsource = "assumption"\n'))
    assert mine.number("children.male") == 0.5
    assert mine.count("national.children") == 57496
    assert shipped().number("children.male") == 0.66


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not toml", "is not TOML"),
        ('[children.made_up]\nvalue = 1\nsource = "assumption"', "children.made_up is not known"),
        ("[children.male]\nvalue = 0.5", "needs a value and a source"),
        ('[children.male]\nvalue = 0.5\nsource = " "', "needs a source"),
        ('[children.male]\nvalue = "half"\nsource = "assumption"', "another kind"),
        ('[children.male]\nvalue = -0.5\nsource = "assumption"', "must be from 0 to 1"),
        ('[children.male]\nvalue = nan\nsource = "assumption"', "must be from 0 to 1"),
        ('[exceptions.openings_days]\nvalue = 999999\nsource = "assumption"', "must be from 0 to 36500"),
        ("[children]\nmale = 0.5", "needs a value and a source"),
        ("children = 3", "needs a value and a source"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(AssumptionRefused, match=said) as refusal:
        read_assumptions(file_of(tmp_path, text))
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssumptionRefused, match="could not be read"):
        read_assumptions(tmp_path / "none.toml")


def test_tables_of_sizes_refuse_zero() -> None:
    changed = with_changes(shipped(), {"homes.foster_capacity": Assumption({"0": 1}, "assumption")})
    with pytest.raises(AssumptionRefused, match="whole numbers from 1"):
        changed.sizes("homes.foster_capacity")


def test_tables_of_shares_refuse_what_is_no_share() -> None:
    for share in (-1, float("nan"), "many"):
        changed = with_changes(shipped(), {"children.countries": Assumption({"HND": share}, "assumption")})
        with pytest.raises(AssumptionRefused, match=r"children\.countries"):
            changed.shares("children.countries")
