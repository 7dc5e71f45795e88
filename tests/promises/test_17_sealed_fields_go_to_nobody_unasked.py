"""Promise 17: a sealed value is in no page, header, download, search or error; no page sorts or filters by one."""

import pytest

from posada.office.access.doors import SEALED_FIELDS
from posada.office.access.roles import Role
from posada.office.licensing.models import Home
from tests.office.access import cells
from tests.office.access.objects import Made
from tests.office.access.routes import routes, rows
from tests.office.people import group_of, home_of, person
from tests.promises.planted import found_in, seal_marks

pytestmark = pytest.mark.django_db

ROWS = rows()
PAGES = [route for route in routes() if "GET" in ROWS[route.name].methods]
LISTS = [route for route in PAGES if not ROWS[route.name].object and not route.parts]
FIELDS = sorted({field for each in SEALED_FIELDS.values() for field in each})


@pytest.mark.parametrize("route", PAGES, ids=lambda route: route.name)
def test_no_page_holds_a_sealed_value(route: cells.Route) -> None:
    row = ROWS[route.name]
    marks = seal_marks(Made(None, home=home_of())) + seal_marks(Made(None, group=group_of()))
    looked = 0
    for role in Role:
        if not row.opens_to_role(role):
            continue
        made = cells.made_for(row)
        cells.suit(made, role)
        marks += seal_marks(made)
        client = cells.signed_in(cells.somebody(role, "own", row, made))
        for method in row.methods:
            if route.name == "sealed_field" and method == "POST":
                continue  # the one page that opens them; tests/office/access/test_sealed_views.py
            address = cells.address_of(route, row, made)
            answer = getattr(client, method.lower())(address, row.post if method == "POST" else None)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert found_in(body.decode("utf-8", "replace") + str(answer.headers), marks) == [], (
                f"{role} {method}"
            )
            looked += 1
    assert looked > 0 and marks


@pytest.mark.parametrize("route", LISTS, ids=lambda route: route.name)
def test_no_list_sorts_or_filters_by_a_sealed_field(route: cells.Route) -> None:
    row = ROWS[route.name]
    homes = [home_of() for _ in range(3)]
    for home, phone in zip(homes, ("301 555 0103", "301 555 0101", "301 555 0102"), strict=True):
        _seal(home, phone)
    role = next(each for each in Role if row.opens_to_role(each))
    client = cells.signed_in(person(role))
    address = cells.address_of(route, row, None)
    plain = _ids(client.get(address).content.decode(), homes)
    for field in FIELDS:
        shown = client.get(address, dict.fromkeys(("order", "sort", "order_by", "o", "by"), field))
        assert shown.status_code < 500
        assert _ids(shown.content.decode(), homes) == plain, f"sorted by {field}"
        shown = client.get(address, {field: "301 555 0101"})
        assert _ids(shown.content.decode(), homes) == plain, field


def _seal(home: Home, phone: str) -> None:
    from posada.office.access import doors

    doors.seal_fields(home, {"phone": phone})


def _ids(shown: str, homes: list[Home]) -> list[str]:
    """Which of the homes a page names, in the page's order."""
    places = {home.home_id: shown.find(home.home_id) for home in homes}
    return [each for each, place in sorted(places.items(), key=lambda pair: pair[1]) if place >= 0]
