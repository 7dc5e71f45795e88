"""Packaged tables."""

import pytest

from posada.reference.table import packaged, rows


def test_every_packaged_table_has_rows() -> None:
    assert "us_counties" in packaged()
    assert all(rows(table) for table in packaged())


def test_a_table_that_does_not_ship_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        rows("no_such_table")
