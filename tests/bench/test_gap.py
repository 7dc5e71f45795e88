"""The script for assignment instances: a line each, and one plain line where there is nothing to show."""

import json
import sys

import gap
import pytest

TINY = "2 3  4 1 2  3 5 1  1 1 1  1 1 9  2 2"
TOO_FULL = "2 3  4 1 2  3 5 1  2 2 2  2 2 2  2 3"


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    def call(text, *options):
        path = tmp_path / "tiny.txt"
        path.write_text(text)
        monkeypatch.setattr(sys, "argv", ["gap.py", *options, str(path)])
        return gap.main(), capsys.readouterr()

    return call


@pytest.mark.parametrize(("options", "best"), [((), 6), (("--max",), 11)])
def test_a_file_comes_to_one_line_with_value_bound_and_gap(run, options, best):
    status, shown = run(TINY, *options)
    row = json.loads(shown.out)
    assert (status, row["value"], row["bound"], row["own_gap"]) == (0, best, best, 0.0)


def test_an_instance_in_which_not_all_can_be_placed_is_said_in_one_line(run):
    status, shown = run(TOO_FULL)
    assert (status, shown.out) == (1, "")
    assert "can't all be placed" in shown.err
    assert "Traceback" not in shown.err
    assert shown.err.count("\n") == 1


def test_the_shipped_instances_have_the_published_gap_beside_ours(run, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["gap.py", "--max", str(gap.FOLDER / "c0515_1.zip")])
    assert gap.main() == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["own_gap"], row["recorded_gap"], row["published_gap"]) == (0.0, 0.0, 0.0)
