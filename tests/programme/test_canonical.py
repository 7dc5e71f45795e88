"""One spelling of each row, and the digest over them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from posada.programme import read_program
from posada.programme.canonical import digest, in_order, texts
from posada.programme.tables import KIN
from posada.records import KinLink
from tests.programme.folders import FIXTURES, changed, read

COUNTY = FIXTURES / "county"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("children.csv", "c3,g2", "c3,g9"),
        ("homes.csv", "24510,8", "24510,9"),
        ("kin.csv", "g4,h2,3", "g4,h2,1"),
        ("hearings.csv", "2027-03-15", "2027-03-16"),
        ("separations.csv", "still open", "closed"),
        ("overrides.csv", "forbid,", "pin,"),
        ("courts.csv", "39.29", "39.3"),
    ],
)
def test_any_change_of_an_accepted_row_changes_the_digest(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    program = read(tmp_path, **{file.removesuffix(".csv"): changed(file, old, new)})
    assert program.input_sha256 != read_program(COUNTY).input_sha256


def test_what_programme_toml_says_is_in_the_digest_and_a_country_is_not(tmp_path: Path) -> None:
    program = read_program(COUNTY)
    assert digest(program) == program.input_sha256
    assert digest(replace(program, seed=8)) != program.input_sha256
    assert digest(replace(program, plan_date=date(2026, 12, 2))) != program.input_sha256
    elsewhere = read(tmp_path, children=changed("children.csv", "HND", "GTM"))
    assert elsewhere.input_sha256 == program.input_sha256


def test_rows_without_an_id_are_in_the_order_of_all_their_cells() -> None:
    rows = [KinLink("g2", "h1", "1"), KinLink("g1", "h2", "3"), KinLink("g1", "h2", "1")]
    assert in_order(rows, table=KIN) == [rows[2], rows[1], rows[0]]
    assert texts(rows[0], names=("home_id",)) == ["h1"]
