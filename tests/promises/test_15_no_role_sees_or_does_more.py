"""Promise 15: no role sees or does more than the written matrix, over every route the URL resolver has.

The cells themselves run in tests/office/access/test_matrix.py; here stands how many they are, and that no page shows
the name of a child whom its reader does not see, wherever in the page or its headers.
"""

import pytest

from posada.office.access.roles import MAY_HOLD_WHOLE_PROGRAM, Role
from tests.office.access import cells
from tests.office.access.routes import Route, routes, rows
from tests.office.people import group_of, person
from tests.promises.planted import found_in, name_marks

pytestmark = pytest.mark.django_db

ROWS = rows()
PAGES = [route for route in routes() if "GET" in ROWS[route.name].methods]
LEAST_CELLS = 3_000


def test_every_route_has_a_row_and_the_cells_are_many() -> None:
    assert {route.name for route in routes()} == set(ROWS)
    counted = sum(cells.how_many(row) for row in ROWS.values())
    print(f"{counted} cells over {len(ROWS)} routes")
    assert counted >= LEAST_CELLS


@pytest.mark.parametrize("role", Role)
def test_no_page_names_a_child_whom_its_reader_does_not_see(role: Role) -> None:
    hidden = [mark for _ in range(3) for mark in name_marks(group_of())]
    looked = 0
    for route in PAGES:
        row = ROWS[route.name]
        if not row.opens_to_role(role) or row.tie_of(role) == "none":
            continue
        looked += 1
        shown = _page(route, role)
        assert found_in(shown, hidden) == [], route.name
    print(f"{role}: {looked} pages")
    assert looked > 0


def _page(route: Route, role: Role) -> str:
    """A page as somebody with the role and no assignment but to its own object sees it, with its headers."""
    row = ROWS[route.name]
    made = cells.made_for(row)
    cells.suit(made, role)
    relation = "own" if made is not None else ""
    user = (
        cells.somebody(role, relation, row, made) if made is not None else person(role, whole_program=False)
    )
    if row.tie_of(role) == "whole" and role in MAY_HOLD_WHOLE_PROGRAM:
        return ""
    answer = cells.signed_in(user).get(cells.address_of(route, row, made))
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace") + str(answer.headers)
