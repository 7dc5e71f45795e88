"""Files as somebody saved them, to files as the program's reader takes them; what was recognized is told.

Comes in: name → bytes, and what a person said of them. Goes out: name → bytes in UTF-8 with commas and ISO dates, and
for each file its encoding, delimiter and date order, with what contradicts an order. Nothing is mended in silence.
Docs: docs/how-to/load-arrivals.md. Tests: tests/office/intake/test_opened_files.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from posada.intake.dates import DateCell, DateOrder, OrderContradicted, date_orders
from posada.intake.spoiled import Spoiled, spoiled
from posada.intake.spreadsheet import (
    Delimiter,
    Encoding,
    Table,
    TableRefused,
    as_program_csv,
    by_column,
    read_table,
)
from posada.office.intake.reading import ALL_TABLES, WAITED_FOR
from posada.office.intake.sealed_tables import CONTACTS, SEALED_TABLES
from posada.office.intake.spreadsheet_guard import without_guard
from posada.programme.tables import Kind

MOST_CHANGED = 200
_PLAIN = (Encoding.UTF_8, Encoding.UTF_8_BOM)
_DATES = {Kind.DATE, Kind.BIRTH_DATE, Kind.OWN_BIRTH_DATES}


@dataclass(frozen=True, slots=True)
class Recognized:
    """What one file turned out to be. `against`: order → the row and text that contradict it."""

    file: str
    encoding: str
    delimiter: str
    order: str
    orders: tuple[str, ...] = ()
    against: tuple[tuple[str, int, str, str], ...] = ()
    changed: tuple[tuple[int, str, str, str], ...] = ()
    fault: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the file is as `posada check` wants it, so that there is nothing to ask."""
        plain = self.encoding in ("utf-8", "utf-8-sig") and self.delimiter == ","
        return plain and self.order == DateOrder.ISO and not self.fault

    def as_json(self) -> dict[str, object]:
        """For the report of an import."""
        return {name: getattr(self, name) for name in self.__slots__}


def open_files(
    files: Mapping[str, bytes], *, choices: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, bytes], tuple[Recognized, ...]]:
    """The files for the reader. `choices`: file → {encoding, delimiter, order} as a person said.

    A file that cannot be opened goes on as it came, and the reader says what is wrong with it.
    """
    opened, recognized = {}, []
    for name, content in files.items():
        if name not in ALL_TABLES:
            opened[name] = content
            continue
        opened[name], found = _open(name, content, said=choices.get(name, {}))
        recognized.append(found)
    return opened, tuple(recognized)


def _open(name: str, content: bytes, *, said: Mapping[str, str]) -> tuple[bytes, Recognized]:
    try:
        table = read_table(
            content,
            file=name,
            encoding=Encoding(said["encoding"]) if said.get("encoding") else None,
            delimiter=Delimiter(said["delimiter"]) if said.get("delimiter") else None,
            bounds=WAITED_FOR,
        )
    except (TableRefused, ValueError) as error:
        return content, Recognized(name, "", "", "", fault=str(error))
    against = date_orders(_date_cells(table))
    order = DateOrder(said["order"]) if said.get("order") else DateOrder.ISO
    cell = against[order]
    if cell is not None:
        made = _untouched_dates(table)
        fault = str(OrderContradicted(order, cell))
    else:
        made, fault = as_program_csv(table, order=order), ""
    plain = table.encoding in _PLAIN and table.delimiter is Delimiter.COMMA
    if plain and (order is DateOrder.ISO or cell is not None):
        made = content  # as the command line reads it
    if table.encoding is Encoding.UTF_8_BOM:
        made = without_guard(made, table=ALL_TABLES[name])
    return made, Recognized(
        file=name,
        encoding=table.encoding.value,
        delimiter=table.delimiter.value,
        order=order.value,
        orders=tuple(each.value for each, found in against.items() if found is None),
        against=tuple((o.value, c.row, c.column, c.text[:40]) for o, c in against.items() if c is not None),
        changed=tuple((each.row, each.column, each.found[:40], each.what) for each in _spoiled(table)),
        fault=fault,
    )


def _untouched_dates(table: Table) -> bytes:
    """The rows with their dates as they stand, so that the reader names each; no order has been chosen yet."""
    return as_program_csv(replace(table, file=CONTACTS.file), order=DateOrder.ISO)


def _spoiled(table: Table) -> tuple[Spoiled, ...]:
    return () if table.file in SEALED_TABLES else spoiled(table)[:MOST_CHANGED]


def _date_cells(table: Table) -> Iterator[DateCell]:
    kinds = {column.name: column.kind for column in ALL_TABLES[table.file].columns}
    for row, column, cell in by_column(table):
        if kinds.get(column) in _DATES and cell.strip():
            yield DateCell(row, column, cell)
