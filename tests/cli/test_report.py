"""`posada report per-capita`."""

import json

import pytest

from tests.cli.terminal import posada

KEYS = [
    *("period", "denominator", "state", "children", "population", "per_100k"),
    *("rank_incl_dc", "rank_states_only", "verified"),
]


def test_json_has_every_state_of_every_period_with_the_published_keys(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ran = posada(capsys, "report", "per-capita", "--year", "2014", "--json")
    rows = json.loads(ran.out)
    assert ran.status == 0
    assert all(list(row) == KEYS for row in rows)
    periods = {(row["period"], row["denominator"]) for row in rows}
    assert len(rows) == 51 * len(periods)
    assert not {row["state"] for row in rows} & {"US", ""}


def test_without_a_year_it_is_2014(capsys: pytest.CaptureFixture[str]) -> None:
    without = posada(capsys, "report", "per-capita", "--json").out
    assert without == posada(capsys, "report", "per-capita", "--year", "2014", "--json").out


def test_the_text_says_what_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    said = posada(capsys, "report", "per-capita").out
    assert "Not known" in said
    assert "not verified" in said


def test_a_year_without_a_table_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "report", "per-capita", "--year", "1999")
    assert ran.status == 2
    assert ran.messages == ["Year 1999 is not in the packaged tables: choose 2014 to 2024."]


def test_the_cost_report_answers_first_and_tells_its_assumptions(capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "report", "cost")
    assert ran.status == 0
    assert "not verified: an estimate, not evidence" in ran.out.splitlines()[2]
    assert "Assumptions" in ran.out
    assert "Not counted" in ran.out


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            "1999-01-01",
            "1999-01-01: no board rate of that day is in the packaged tables; the first is of 2006.",
        ),
        ("soon", "--on soon: write a day such as 2014-07-07."),
    ],
)
def test_a_day_without_a_rate_is_one_line(capsys: pytest.CaptureFixture[str], day: str, said: str) -> None:
    ran = posada(capsys, "report", "cost", "--on", day)
    assert (ran.status, ran.messages) == (2, [said])
