"""The page of numbers: who is sheltered, where, beside which states, at what cost; and every table as a file.

Comes in: the published figures. Goes out: what the template draws. Each figure stands once, with its day, definition
and source, under its own name in the address, so that an article can link to it.
Docs: docs/explanation/published-figures.md. Tests: tests/newsroom/test_numbers_page.py.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from posada.newsroom.county_drawing import drawing_of
from posada.newsroom.figures import Figure, Figures
from posada.newsroom.numbers_told import figures_file, figures_now
from posada.newsroom.tables_told import Shown, as_csv, shown_table, table_rows

CHILDREN = (
    *("children_sheltered", "children_waiting", "children_with_kin", "siblings_together"),
    *("children_represented", "days_to_home_median", "days_to_counsel_median"),
)
COST = ("cost_per_child_day", "cost_state", "cost_federal", "cost_family", "cost_donated")
MANY = 60
"""Up to so many rows a table stands open; a longer one is opened by the reader."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with the part of its denominator, 0 to 100; None where there is none to draw."""

    figure: Figure
    part: float | None


def numbers_context(language: str) -> dict[str, Any]:
    """What the page shows; nothing where no figures are proved."""
    told = figures_now()
    if told is None:
        return {}
    tables = {each["id"]: shown_table(each, language) for each in told.tables}
    county, states = tables.get("children_by_county"), tables.get("per_100k_by_state")
    beside = tables.get("cost_beside_alternatives")
    return {
        "children": [_counted(told.figures[name]) for name in CHILDREN if name in told.figures],
        "cost": [told.figures[name] for name in COST if name in told.figures],
        "others": [each for name, each in told.figures.items() if name not in (*CHILDREN, *COST, "per_100k")],
        "places": tables.get("children_by_place"),
        "counties": county,
        "drawing": drawing_of(county.raw, told.state) if county else None,
        "shown_counties": sum(row[0] is not None for row in county.raw["cells"]) if county else 0,
        "states": states,
        "own": _own(told, states),
        "beside": beside,
        "notes": _in(beside.raw.get("notes", ()), language) if beside else (),
        "answer": _in([beside.raw["answer"]], language)[0] if beside and "answer" in beside.raw else "",
    }


def _counted(figure: Figure) -> Counted:
    if figure.value is None:
        return Counted(figure, None)
    if figure.unit == "percent":
        return Counted(figure, float(figure.value))
    part = figure.value / figure.denominator * 100 if figure.denominator else None
    return Counted(figure, round(part, 1) if part is not None else None)


def _own(told: Figures, states: Shown | None) -> dict[str, Any] | None:
    """The program's own state among the states: its value, place and how many are listed."""
    if states is None or told.state not in states.raw["rows"]:
        return None
    values = [row[0] for row in states.raw["cells"]]
    value = values[states.raw["rows"].index(told.state)]
    place = 1 + sum(other > value for other in values)
    return {"state": told.state, "value": value, "place": place, "listed": len(values)}


def _in(words: Any, language: str) -> list[str]:
    return [each.get(language) or each.get("en", "") for each in words]


def numbers_file(*, table: str, for_excel: bool, language: str) -> HttpResponse | None:
    """A table as CSV, or all figures where none is named; None: there is no such table."""
    if not table:
        return figures_file(for_excel=for_excel, language=language)
    told = figures_now()
    found = next((each for each in told.tables if each["id"] == table), None) if told else None
    if found is None:
        return None
    body = as_csv(table_rows(found), for_excel=for_excel)
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found["id"]}.csv"'
    return response
