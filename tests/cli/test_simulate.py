"""`posada simulate`: tables, JSON, files; the same seed, the same numbers; clear lines for what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from posada.programme import write_program
from tests.cli.terminal import posada
from tests.simulation.random_years import random_folder

# On a busy machine Dask warns, and pytest makes an error of that inside of Dask.
pytestmark = pytest.mark.filterwarnings("default::UserWarning", "default::ResourceWarning")

CAPS = """
name = "ours"
title = "Ours"

[[rules]]
id = "county_week_children"
title = "Children a week"
unit = "children"
values = [{ value = 2, source = "our board", checked_on = 2014-01-01, checked_by = "us" }]
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "program"
    write_program(random_folder(3), folder=folder)
    return folder


def simulated(capsys: pytest.CaptureFixture[str], program: Path, *words: str | Path) -> dict[str, Any]:
    ran = posada(capsys, "simulate", program, "--days", "60", "--workers", "1", "--json", *words)
    assert ran.status == 0, ran.err
    told: dict[str, Any] = json.loads(ran.out)
    return told


def test_all_policies_are_run_and_shown(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "simulate", program, "--days", "60", "--runs", "2", "--workers", "1")
    assert ran.status == 0
    for words in ("first-come", "prices", "hindsight (bound)", "share of the bound", "peak week", "200%"):
        assert words in ran.out


def test_the_same_seed_gives_the_same_numbers(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, same, other = (simulated(capsys, program, "--runs", "2", "--seed", seed) for seed in ("7", "7", "8"))
    assert one == same
    assert one["rows"] != other["rows"]
    assert [row["seed"] for row in other["rows"] if row["policy"] == "first-come"] == [8, 9]


def test_only_what_is_asked_for_is_run_beside_the_bound(
    program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = simulated(capsys, program, "--policy", "first-come", "--runs", "1")
    assert [row["policy"] for row in told["rows"]] == ["first-come", "hindsight"]
    assert told["losses"] == []
    told = simulated(capsys, program, "--policy", "prices", "--runs", "1", "--no-stress")
    assert [row["policy"] for row in told["rows"]] == ["prices", "hindsight"]


def test_the_folders_own_year_has_no_seed(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = simulated(capsys, program, "--own-year")
    assert [row["seed"] for row in told["rows"]] == [None] * 3


def test_a_cap_is_a_number_of_the_program(
    program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    caps = tmp_path / "caps.toml"
    caps.write_text(CAPS, encoding="utf-8")
    free = simulated(capsys, program, "--policy", "first-come", "--runs", "3")
    capped = simulated(capsys, program, "--policy", "first-come", "--runs", "3", "--numbers", caps)
    assert capped["numbers"]["county_week_children"] == 2
    peaks = [told["means"][0]["county_week_most"] for told in (free, capped)]
    assert peaks[1] < peaks[0]


def test_rows_stand_in_the_file_and_are_not_run_again(
    program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rows.csv"
    words = ("simulate", program, "--days", "60", "--workers", "1", "--out", out)
    first = posada(capsys, *words, "--runs", "1")
    more = posada(capsys, *words, "--runs", "2")
    assert first.status == more.status == 0
    assert "9 of 18 are there already." in more.err
    assert out.read_text(encoding="utf-8").count("\n") == 1 + 18
    other = posada(capsys, *words, "--own-year", "--numbers", tmp_path / "none.toml")
    assert (other.status, other.err.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--numbers", "none.toml"), "none.toml: the system refused: No such file or directory."),
        (("--numbers", "bad.toml"), "bad.toml"),
        (("--numbers", "latin.toml"), "latin.toml: is not UTF-8 text."),
        (("--scheduler", "tcp://127.0.0.1:1"), "tcp://127.0.0.1:1: no Dask scheduler answers there."),
        (("--scheduler", "nowhere"), "nowhere: no Dask scheduler answers there."),
        (("--out", "taken.csv"), "taken.csv: is not a file of posada simulate"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_and_nothing_is_done(
    program: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("posada.cli.spread.CONNECT_SECONDS", 0.5)
    (tmp_path / "bad.toml").write_text("placement_days = 9", encoding="utf-8")
    (tmp_path / "latin.toml").write_bytes(b"\xff")
    (tmp_path / "taken.csv").write_text("mine\n", encoding="utf-8")
    ran = posada(capsys, "simulate", program, "--days", "60", *words)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert len(ran.messages) == 1


@pytest.mark.parametrize("words", [("--runs", "0"), ("--days", "0"), ("--policy", "best"), ("--seed", "-1")])
def test_a_slip_on_the_command_line_is_refused(
    program: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str]
) -> None:
    assert posada(capsys, "simulate", program, *words).status == 2


def test_refused_rows_are_told_and_give_status_1(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    homes = program / "homes.csv"
    text = homes.read_text(encoding="utf-8").splitlines(keepends=True)
    homes.write_text(
        "".join([*text, text[-1].replace("h0", "x0").replace(",foster,", ",hut,")]), encoding="utf-8"
    )
    ran = posada(capsys, "simulate", program, "--days", "60", "--policy", "first-come", "--runs", "1")
    assert ran.status == 1
    assert "1 row of the folder refused" in ran.err
