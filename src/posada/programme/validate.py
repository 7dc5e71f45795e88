"""Rows of one file to records or to refusals: every bad cell of a row is named, every good row is kept.

Comes in: a `Sheet` and its table. Goes out: a `Reading`. References between files: `references.py`.
Docs: docs/reference/program-folder.md. Tests: tests/programme/test_validate.py.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date

from posada.programme.canonical import texts
from posada.programme.cells import BadCell, Cell, Parse, cell_parser, empty_value
from posada.programme.codes import countries
from posada.programme.mapping import TableMapping
from posada.programme.printable import shown
from posada.programme.read import SAVE_AS, NotReadable, RawRecord, Sheet, other_separator
from posada.programme.tables import COURT_COUNTIES, Column, Kind, Row, Table
from posada.records import CourtCounty, Rejection, Warn

HIDDEN = "(not shown)"
"""Stands for a country in what is refused: no output may hold one."""


@dataclass(slots=True)
class BadRow:
    """A refused row. `faults`: column -> (found, wanted); `cells`: what it names, by Posada's columns."""

    row: int
    cells: dict[str, str]
    faults: dict[str, tuple[str, str]] = field(default_factory=dict)
    stray: tuple[str, ...] = ()  # all its cells, where they may have moved to other columns
    only_refused: bool = False  # it is refused only because it refers to a refused row

    def add(self, column: str, *, found: str, wanted: str) -> None:
        """Note a fault; the first one of a column stands."""
        self.faults.setdefault(column, (shown(found), wanted))


@dataclass(slots=True)
class Reading:
    """One file of the folder: its accepted rows with their numbers, its refused rows, its warnings."""

    table: Table
    mapping: TableMapping
    is_present: bool = False
    good: list[tuple[int, Row]] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)

    def refuse(self, test: Callable[[int, Row], BadRow | None]) -> None:
        """Move every accepted row for which `test` gives a refusal to the refused ones."""
        kept = []
        for row, record in self.good:
            refused = test(row, record)
            if refused is None:
                kept.append((row, record))
            else:
                self.bad.append(refused)
        self.good = kept

    def bad_row(self, row: int, record: Row) -> BadRow:
        """The refusal of a row that had been accepted, still without a fault."""
        names = self.table.names
        return BadRow(row, dict(zip(names, texts(record, names=names), strict=True)))

    def warn(self, row: int, column: str, message: str) -> None:
        """Note something kept but worth a look."""
        self.warnings.append(Warn(self.mapping.file, row, self.mapping.foreign(column), message))

    def rejections(self) -> list[Rejection]:
        """One rejection for each bad cell of each refused row, with the names that the file itself uses."""
        file, foreign = self.mapping.file, self.mapping.foreign
        return [
            Rejection(file, bad.row, shown(foreign(column)), found, wanted)
            for bad in self.bad
            for column, (found, wanted) in bad.faults.items()
        ]


def validate(sheet: Sheet, *, table: Table, mapping: TableMapping, plan_date: date) -> Reading:
    """Every record of a sheet to an accepted or a refused row. Raises NotReadable for a bad header."""
    reading = Reading(table, mapping, is_present=True)
    places = _places(sheet.header, table=table, mapping=mapping)
    _warn_of_columns(reading, header=sheet.header, places=places)
    parsers = {c.name: _parser(c, mapping=mapping, plan_date=plan_date) for c in table.columns}
    steps = _steps(table, parsers=parsers, places=places)
    make: Callable[..., Row] = table.record
    for record in sheet.records():
        if record.fault is None:
            cells = record.cells
            try:
                made = make(*[parse(cells[place]) for parse, place in steps])
            except BadCell:
                pass
            else:
                if not table.one_of or not _pair_fault(asdict(made), table=table):
                    reading.good.append((record.row, made))
                    continue
        reading.bad.append(_bad_row(record, header=sheet.header, places=places, parsers=parsers, table=table))
    if not reading.good and not reading.bad:
        reading.warn(0, "", "only the header is there: no rows")
    _refuse_repeats(reading)
    return reading


def _steps(table: Table, *, parsers: dict[str, Parse], places: dict[str, int]) -> list[tuple[Parse, int]]:
    """For each field of the record, in its order, how to read it and where; absent columns read as empty."""
    empty = {column.name: empty_value(column) for column in table.columns}

    def constant(value: Cell) -> Parse:
        return lambda _: value

    return [
        (parsers[each.name], places[each.name]) if each.name in places else (constant(empty[each.name]), 0)
        for each in fields(table.record)
    ]


def _parser(column: Column, *, mapping: TableMapping, plan_date: date) -> Parse:
    parse = cell_parser(column, plan_date=plan_date)
    if column.name not in mapping.values:
        return parse
    return lambda text: parse(mapping.translated(column, text))


def _places(header: tuple[str, ...], *, table: Table, mapping: TableMapping) -> dict[str, int]:
    """Posada's column -> its position in the file."""
    foreign = {mapping.foreign(name): name for name in table.names}
    counts = Counter(header)
    twice = [name for name in header if counts[name] > 1 and name in foreign]
    if twice:
        raise NotReadable(f"the column {shown(twice[0])} is there {counts[twice[0]]} times; keep one")
    places = {foreign[name]: place for place, name in enumerate(header) if name in foreign}
    missing = [column.name for column in table.columns if column.required and column.name not in places]
    if missing:
        raise NotReadable(_missing_columns(missing, header=header, mapping=mapping))
    return places


def _missing_columns(missing: list[str], *, header: tuple[str, ...], mapping: TableMapping) -> str:
    separator = other_separator(header)
    if separator is not None:
        return f"its cells are separated by {separator}, not commas; {SAVE_AS}"
    wanted = ", ".join(shown(mapping.foreign(name)) for name in missing)
    found = shown(", ".join(header))
    return f"its header lacks what is required: {wanted}; found: {found}"


def _warn_of_columns(reading: Reading, *, header: tuple[str, ...], places: dict[str, int]) -> None:
    known = set(places.values())
    for place, name in enumerate(header):
        if place not in known:
            reading.warn(0, shown(name) or f"(column {place + 1})", "unknown column: kept, and not read")
    for name in reading.mapping.columns:
        if name not in places:
            reading.warn(0, name, "the mapping names this column, but the file lacks it")


def _bad_row(
    record: RawRecord,
    *,
    header: tuple[str, ...],
    places: dict[str, int],
    parsers: dict[str, Parse],
    table: Table,
) -> BadRow:
    cells = record.cells
    named = {name: cells[place] for name, place in places.items() if place < len(cells)}
    bad = BadRow(record.row, named)
    if record.fault is not None:
        place, found, wanted, has_moved = record.fault
        column = next((name for name, each in places.items() if each == place), header[place])
        bad.add(column, found=_without_country(found, column=column, table=table), wanted=wanted)
        if has_moved:
            bad.stray = tuple(cells)
            return bad
    if not any(cell.strip() for cell in cells):
        bad.add(table.columns[0].name, found="", wanted="a value: the whole row is empty")
        return bad
    values: dict[str, Cell] = {}
    for name, place in places.items():
        try:
            values[name] = parsers[name](cells[place])
        except BadCell as error:
            found = _without_country(cells[place], column=name, table=table)
            bad.add(name, found=found, wanted=error.wanted)
    fault = _pair_fault({**dict.fromkeys(table.one_of), **named}, table=table)
    if fault:
        column, wanted = fault
        bad.add(column, found=" ".join(named.get(name, "") for name in table.one_of).strip(), wanted=wanted)
    return bad


def _without_country(found: str, *, column: str, table: Table) -> str:
    """What was found, unless it is or may be the country of a child."""
    named = next((each.name for each in table.columns if each.kind is Kind.COUNTRY), None)
    if named is None or not found.strip():
        return found
    return HIDDEN if column == named or found.strip('" \n') in countries() else found


def _pair_fault(values: Mapping[str, object], *, table: Table) -> tuple[str, str] | None:
    """What is wrong between the cells of a row: the column to name, and what was wanted."""
    if not table.one_of:
        return None
    filled = [name for name in table.one_of if str(values.get(name) or "").strip()]
    if len(filled) != 1:
        column = filled[1] if filled else table.one_of[0]
        return column, f"exactly one of {', '.join(table.one_of)}"
    if filled[0] == "other_group_id" and values["other_group_id"] == values.get("sibling_group_id"):
        return "other_group_id", "another group: a group cannot be separated from itself"
    return None


def _refuse_repeats(reading: Reading) -> None:
    """Refuse every row whose id another row has; drop rows that say the same thing twice."""
    key = reading.table.key
    if key is not None:
        rows: dict[str, list[int]] = defaultdict(list)
        for row, record in reading.good:
            rows[getattr(record, key)].append(row)
        for bad in reading.bad:
            if bad.cells.get(key, "").strip():
                rows[bad.cells[key]].append(bad.row)
        _refuse_shared(reading, column=key, rows=rows, wanted="an id that no other row has")
        return
    _drop_copies(reading)
    if reading.table is COURT_COUNTIES:
        counties: dict[str, list[int]] = defaultdict(list)
        for row, record in reading.good:
            if isinstance(record, CourtCounty):
                counties[record.county_fips].append(row)
        _refuse_shared(reading, column="county_fips", rows=counties, wanted="one court for each county")


def _refuse_shared(reading: Reading, *, column: str, rows: dict[str, list[int]], wanted: str) -> None:
    shared = {value: _row_list(numbers) for value, numbers in rows.items() if len(numbers) > 1}
    if not shared:
        return

    def test(row: int, record: Row) -> BadRow | None:
        value = getattr(record, column)
        if value not in shared:
            return None
        bad = reading.bad_row(row, record)
        bad.add(column, found=value, wanted=f"{wanted}; {shared[value]} have this one")
        return bad

    for bad in reading.bad:
        value = bad.cells.get(column, "")
        if value in shared:
            bad.add(column, found=value, wanted=f"{wanted}; {shared[value]} have this one")
    reading.refuse(test)


def _drop_copies(reading: Reading) -> None:
    seen: dict[Row, int] = {}
    kept = []
    for row, record in reading.good:
        if record in seen:
            reading.warn(row, "", f"says the same as row {seen[record]}: counted once")
        else:
            seen[record] = row
            kept.append((row, record))
    reading.good = kept


def _row_list(numbers: Iterable[int]) -> str:
    ordered = sorted(numbers)
    return f"rows {', '.join(map(str, ordered[:5]))}{' and more' if len(ordered) > 5 else ''}"
