"""`posada ledger`."""

import json
from pathlib import Path

import pytest

from tests.cli.terminal import posada

HOMES = (
    "home_id,kind,county_fips,licensed_capacity,license_from,license_to,checks_clear_until,beds_girls,beds_boys,"
    "beds_any,cost_cents_per_child_day\n"
    "H1,foster,24005,3,2014-01-01,2015-12-31,2015-12-31,0,0,3,3000\n"
    "H2,group,24005,8,2014-01-01,2015-12-31,2015-12-31,0,0,8,24800\n"
    "H3,kin,24005,3,2014-01-01,2015-12-31,2015-12-31,0,0,3,\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three children: one in each kind of home, from 1 July."""
    (tmp_path / "programme.toml").write_text('plan_date = 2014-07-10\nname = "T"\nstate = "MD"\n')
    born = [f"C{n},G{n},2004-05-0{n},F" for n in (1, 2, 3)]
    (tmp_path / "children.csv").write_text(
        "child_id,sibling_group_id,birth_date,sex\n" + "\n".join(born) + "\n"
    )
    (tmp_path / "homes.csv").write_text(HOMES)
    (tmp_path / "placements.csv").write_text(
        "child_id,home_id,from_date,to_date\nC1,H1,2014-07-01,\nC2,H2,2014-07-01,\nC3,H3,2014-07-01,\n"
    )
    return tmp_path


def test_it_tells_the_cost_by_payer_and_for_a_childs_day(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = posada(capsys, "ledger", str(folder))
    assert ran.status == 0
    assert "2014-07-01 to 2014-07-10: $139.00 for a child's day" in ran.out
    assert "paid by state: $2,780.00" in ran.out
    assert "no price, 2014-07: 10 days in kin homes" in ran.out


def test_the_period_is_what_was_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "ledger", str(folder), "--from", "2014-07-02", "--to", "2014-07-03", "--json")
    told = json.loads(ran.out)
    assert (told["from"], told["to"], told["days_with_price"]) == ("2014-07-02", "2014-07-03", 4)
    assert sum(entry["cents"] for entry in told["entries"]) == told["cents_by_payer"]["state"]


def test_a_change_is_priced_before_it_is_done(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = posada(capsys, "ledger", str(folder), "--no-group-care")
    assert "With the change, on 2014-07-10: $218.00 a day less" in ran.out
    assert "1 from group to foster" in ran.out
    kin = posada(capsys, "ledger", str(folder), "--more-kin-homes", "1").out
    assert "what it would cost is not known" in kin


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--from", "July"], "--from July: write a day such as 2014-07-31."),
        (["--from", "2014-08-01"], "--to 2014-07-10 is before --from 2014-08-01."),
    ],
)
def test_a_period_that_makes_no_sense_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], asked: list[str], said: str
) -> None:
    ran = posada(capsys, "ledger", str(folder), *asked)
    assert (ran.status, ran.messages) == (2, [said])
