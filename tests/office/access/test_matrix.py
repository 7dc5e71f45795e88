"""No role sees or does more than matrix.toml says: every route × role × relation × method, from the URL resolver.

The format of matrix.toml is explained at its top; factories of objects stand in objects.py, the cells in cells.py.
"""

import pytest

from tests.office.access.cells import THERE, cells, how_many, outcome, written
from tests.office.access.routes import METHODS, Route, routes, rows

ROUTES, ROWS = routes(), rows()
NAMES = [route.name for route in ROUTES]
WITH_ROW = [route for route in ROUTES if route.name in ROWS]


def test_every_route_says_whom_it_opens_to() -> None:
    assert [route.pattern for route in ROUTES if not route.opens_to] == []


def test_every_route_has_a_name_of_its_own() -> None:
    assert [name for name in NAMES if not name or NAMES.count(name) > 1] == []


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert sorted(set(NAMES) - set(ROWS)) == [], "add rows to tests/office/access/matrix.toml"
    assert sorted(set(ROWS) - set(NAMES)) == [], "these rows are of no route"


@pytest.mark.parametrize("route", WITH_ROW, ids=lambda route: route.name)
def test_a_view_and_its_row_say_the_same(route: Route) -> None:
    row = ROWS[route.name]
    assert route.opens_to == row.opens_to
    assert set(row.methods) <= set(METHODS)
    assert set(route.parts) == ({"pk"} if row.object else set()) | set(row.inside) | set(row.words)


@pytest.mark.parametrize("route", [each for each in ROUTES if "<" in each.pattern], ids=lambda r: r.name)
def test_addresses_hold_opaque_ids_and_fixed_words_only(route: Route) -> None:
    ours = not route.pattern.startswith("accounts/2fa/")
    if ours:
        pieces = [piece.split(">")[0] for piece in route.pattern.split("<")[1:]]
        assert all(piece.startswith(("uuid:", "slug:")) or piece == "str:token" for piece in pieces)


@pytest.mark.parametrize("route", WITH_ROW, ids=lambda route: route.name)
def test_nobody_gets_further_than_the_matrix_says(route: Route) -> None:
    row, wrong = ROWS[route.name], []
    for cell in cells(route, row):
        before = written()
        found = outcome(cell, row)
        if found != cell.wanted:
            wrong.append(f"{cell.told} {cell.method}: {found}, wanted {cell.wanted}")
        if (cell.wanted != THERE or cell.method == "GET") and written() != before:
            wrong.append(f"{cell.told} {cell.method}: something was written")
    assert not wrong[:12], "\n".join([route.name, *wrong[:12]])


def test_the_matrix_is_large_enough_to_mean_something() -> None:
    assert sum(how_many(row) for row in ROWS.values()) >= 2_000
