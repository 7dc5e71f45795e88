"""rule_changes in programme.toml: read strictly, written back the same, and part of the digest."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from posada.programme import FolderUnreadable, read_program, write_program
from posada.programme.rule_changes import rule_changes, rule_changes_as_toml
from posada.records import RuleChange
from tests.placement.test_recruit_wanted import short_of_homes

CHANGES = (
    RuleChange("household.max", 8, date(2014, 8, 1)),
    RuleChange("household.counts_own", False, date(2014, 9, 1)),
    RuleChange("household.kinds", ("foster", "group"), date(2014, 9, 2)),
    RuleChange("under_two.max", "no rule", date(2014, 9, 3)),
)


def test_they_come_back_as_they_were_written_and_change_the_digest(tmp_path: Path) -> None:
    program = short_of_homes()
    write_program(program, folder=tmp_path / "plain")
    write_program(replace(program, rule_changes=CHANGES), folder=tmp_path / "changed")
    plain, changed = (read_program(tmp_path / name) for name in ("plain", "changed"))
    assert (plain.rule_changes, changed.rule_changes) == ((), CHANGES)
    assert changed.warnings == plain.warnings
    assert plain.input_sha256 != changed.input_sha256
    assert rule_changes_as_toml(()) == ""


def test_every_fault_is_told_with_what_was_wanted() -> None:
    _, faults = rule_changes(
        [
            {"rule": "household.most", "value": 8, "from": date(2014, 8, 1)},
            {"rule": "household.max", "value": "8", "from": "2014-08-01", "until": 3},
            {},
        ]
    )
    assert [(where, found) for where, found, _ in faults] == [
        ("rule_changes 1, rule", "household.most"),
        ("rule_changes 2, until", "this key"),
        ("rule_changes 2, value", "8"),
        ("rule_changes 2, from", "2014-08-01"),
        ("rule_changes 3, rule", "nothing"),
        ("rule_changes 3, value", "nothing"),
        ("rule_changes 3, from", "nothing"),
    ]
    assert rule_changes("household.max = 8")[1][0][0] == "rule_changes"
    assert rule_changes([{"rule": ["household.max"], "value": 8, "from": date(2014, 8, 1)}])[1]


def test_a_program_with_a_bad_change_is_not_planned(tmp_path: Path) -> None:
    write_program(short_of_homes(), folder=tmp_path / "program")
    settings = tmp_path / "program" / "programme.toml"
    settings.write_text(settings.read_text() + '[[rule_changes]]\nrule = "x"\nvalue = 1\nfrom = 2014-01-01\n')
    with pytest.raises(
        FolderUnreadable, match=r"programme\.toml: rule_changes 1, rule: found x; wanted one of"
    ):
        read_program(tmp_path / "program")
