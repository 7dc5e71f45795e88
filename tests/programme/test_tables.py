"""The tables and the records agree."""

from dataclasses import fields

from posada.programme.tables import SEALED_FILES, TABLES


def test_every_column_is_a_field_of_its_record_and_the_other_way_round() -> None:
    for table in TABLES.values():
        assert set(table.names) == {each.name for each in fields(table.record)}, table.file


def test_what_must_be_filled_must_be_there() -> None:
    for table in TABLES.values():
        assert all(column.required for column in table.columns if column.filled)
        assert table.columns[0].filled


def test_only_children_and_homes_must_exist_and_sealed_files_are_no_tables() -> None:
    assert [table.file for table in TABLES.values() if table.must_exist] == ["children.csv", "homes.csv"]
    assert not set(SEALED_FILES) & set(TABLES)
