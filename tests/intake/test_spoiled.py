"""Values that a spreadsheet has changed."""

import pytest

from posada.intake.dates import DateOrder
from posada.intake.spoiled import Spoiled, spoiled, what_was_done
from posada.intake.spreadsheet import as_program_csv, read_table
from posada.programme.tables import Kind


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("1001", Kind.COUNTY, "leading_zero"),
        ("9999", Kind.COUNTY, None),
        ("01001", Kind.COUNTY, None),
        ("1001", Kind.COUNT, None),
        ("1.2E+10", Kind.ID, "exponent"),
        ("1,2E+10", Kind.TEXT, "exponent"),
        ("1e5", None, "exponent"),
        ("2.0", Kind.COUNT, "decimals"),
        ("2,0", Kind.COUNT, "decimals"),
        ("2.5", Kind.COUNT, None),
        ("41732", Kind.BIRTH_DATE, "day_number"),
        ("41732", Kind.ID, None),
        ("#####", None, "too_narrow"),
        ("#REF!", Kind.TEXT, "error_value"),
        ("#¿nombre?", Kind.TEXT, "error_value"),
        ("", Kind.COUNTY, None),
        ("E10", Kind.ID, None),
    ],
)
def test_what_a_spreadsheet_did_is_named(text: str, kind: Kind | None, what: str | None) -> None:
    assert what_was_done(text, kind=kind) == what


def test_a_changed_value_is_named_by_row_and_column_and_never_mended() -> None:
    content = b"home_id;county_fips;licensed_capacity\n1.2E+10;1001;2,0\nh2;24033;2\n"
    table = read_table(content, file="homes.csv")
    assert spoiled(table) == (
        Spoiled(1, "home_id", "1.2E+10", "exponent"),
        Spoiled(1, "county_fips", "1001", "leading_zero"),
        Spoiled(1, "licensed_capacity", "2,0", "decimals"),
    )
    assert b'1.2E+10,1001,"2,0"' in as_program_csv(table, order=DateOrder.ISO)
