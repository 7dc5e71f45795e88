"""The published tables as pages and files tell them: rows in words, cells with what is hidden, CSV that stays inert.

Comes in: a table of `figures.json`. Goes out: `Shown` for the page, and a file. A cell that is hidden is never empty
on a page: it says so. Docs: docs/explanation/published-figures.md. Tests: tests/newsroom/test_numbers_page.py.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posada.reference.counties import county_names, county_state
from posada.reference.formula_signs import inert

ROWS: dict[str, Any] = {
    "kin": gettext_lazy("with kin"),
    "foster": gettext_lazy("foster home"),
    "group": gettext_lazy("group care"),
    "waiting": gettext_lazy("waiting for a home"),
    "program": gettext_lazy("this program"),
    "shelter": gettext_lazy("federal shelter"),
    "influx_shelter": gettext_lazy("federal influx shelter"),
}
COLUMNS: dict[str, Any] = {
    "with_counsel": gettext_lazy("with counsel"),
    "without_counsel": gettext_lazy("without counsel"),
    "at_least": gettext_lazy("children"),
    "per_100k": gettext_lazy("per 100,000 residents"),
    "low": gettext_lazy("at least"),
    "high": gettext_lazy("at most"),
}
VERIFIED: dict[str, Any] = {
    "yes": gettext_lazy("verified"),
    "no": gettext_lazy("not verified"),
    "single-copy": gettext_lazy("read in one copy"),
    "office": gettext_lazy("entered by the office"),
}
NEXT_BOUND = {11: 49, 50: 99, 100: 249, 250: 499, 500: 999, 1000: 2499, 2500: 4999}
"""The classes of counties, as their definition publishes them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its key and words, its cells in words, and for a bar the part of the largest value, 0 to 100."""

    key: str
    words: str
    cells: tuple[str, ...]
    part: float | None
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A table on a page."""

    id: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    as_of: date
    source: str
    raw: Mapping[str, Any]


def shown_table(told: Mapping[str, Any], language: str) -> Shown:
    """A published table in the words of a language."""
    columns = tuple(str(COLUMNS.get(each, each)) for each in told["columns"])
    values = [row[-1] for row in told["cells"] if isinstance(row[-1], int | float)]
    most = max(values, default=0)
    lines = []
    for at, (key, row) in enumerate(zip(told["rows"], told["cells"], strict=True)):
        cells = tuple(cell_words(told["id"], cell) for cell in row)
        part = round(row[-1] / most * 100, 1) if most and isinstance(row[-1], int | float) else None
        details = told.get("details")
        lines.append(
            Line(str(key), row_words(str(key)), cells, part, *(_told_of(details[at]) if details else ()))
        )
    if told.get("row_totals"):
        columns = (*columns, _("in all"))
        lines = [
            Line(each.key, each.words, (*each.cells, cell_words("", total)), each.part)
            for each, total in zip(lines, told["row_totals"], strict=True)
        ]
        sums = [*told["column_totals"], told["total"]]
        lines.append(Line("total", _("in all"), tuple(cell_words("", each) for each in sums), None))
    title = told["title"].get(language) or told["title"]["en"]
    return Shown(
        told["id"], title, columns, tuple(lines), date.fromisoformat(told["as_of"]), told["source"], told
    )


def _told_of(detail: Mapping[str, Any]) -> tuple[str, str]:
    """The source as it is named, and what we say of it."""
    words = str(VERIFIED.get(detail["verified"], detail["verified"]))
    later = " " + _("Of a later year: shown only for its size.") if detail["is_later"] else ""
    return str(detail["source"]), f"{words}.{later}"


def row_words(key: str) -> str:
    """The name of a row: a county, a state's letters, or a word."""
    if key in ROWS:
        return str(ROWS[key])
    return county_names().get(key, key)


def cell_words(table: str, value: float | None) -> str:
    """A cell in words."""
    if value is None:
        return _("not known") if table == "cost_beside_alternatives" else _("hidden")
    if table == "cost_beside_alternatives":
        return "$" + number_format(value / 100, decimal_pos=2, use_l10n=True, force_grouping=True)
    if table == "children_by_county":
        most = NEXT_BOUND.get(int(value))
        low = number_format(value, decimal_pos=0, use_l10n=True, force_grouping=True)
        if most is None:
            return _("%(n)s or more") % {"n": low}
        return f"{low}–{number_format(most, decimal_pos=0, use_l10n=True, force_grouping=True)}"
    places = 0 if isinstance(value, int) else 2
    return str(number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True))


def table_rows(told: Mapping[str, Any]) -> Iterable[Sequence[Any]]:
    """A table as rows of a file: keys as they are published, ISO days, hidden cells empty."""
    is_county = told["id"] == "children_by_county"
    named = ["fips", "county", "state"] if is_county else ["row"]
    details = told.get("details") or []
    totals = told.get("row_totals")
    more = (["total"] if totals else []) + (["source"] if details else [])
    yield [*named, *told["columns"], *more, "as_of"]
    for at, (key, cells) in enumerate(zip(told["rows"], told["cells"], strict=True)):
        head = [key, county_names().get(key, ""), county_state().get(key, "")] if is_county else [key]
        tail = ([totals[at]] if totals else []) + ([details[at]["source"]] if details else [])
        yield [*head, *cells, *tail, told["as_of"]]
    if totals:
        yield ["total", *told["column_totals"], told["total"], told["as_of"]]


def as_csv(rows: Iterable[Sequence[Any]], *, for_excel: bool) -> bytes:
    """Rows as CSV (RFC 4180). A text that a table program would take for a formula is kept a text."""
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerows([_inert(cell) for cell in row] for row in rows)
    return made.getvalue().encode("utf-8-sig" if for_excel else "utf-8")


def _inert(cell: object) -> object:
    if cell is None:
        return ""
    return inert(cell) if isinstance(cell, str) else cell
