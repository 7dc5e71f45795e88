"""Promise 20: nothing lists people by nationality and place; no filter takes one, and no list shows both."""

import re

import pytest

from posada.office.access.roles import Role
from posada.office.intake.models import Child
from posada.office.licensing.models import Home
from tests.office.access import cells
from tests.office.access.routes import routes, rows
from tests.office.people import assign_placement, group_of, home_of, person

pytestmark = pytest.mark.django_db

ROWS = rows()
LISTS = [
    route
    for route in routes()
    if "GET" in ROWS[route.name].methods and not ROWS[route.name].object and not route.parts
]
COUNTRY, COUNTRY_SHOWN = "TV", ("Tuvalu", ">TV<", ">TUV<")
COUNTRY_NAMES = ("country", "nationality", "citizenship", "origin")
PLACE_NAMES = ("county", "county_fips", "location", "place", "city", "zip")
ONE_LINE = re.compile(r"<(tr|li)\b.*?</\1>", re.DOTALL)


@pytest.fixture
def children() -> list[Child]:
    """Fifteen children, three of them of a rare nationality, placed in homes of two counties."""
    made = []
    for number in range(15):
        group = group_of(country=COUNTRY if number < 3 else "HN")
        assign_placement(group, home_of(county_fips="24031" if number % 2 else "24033"))
        made += list(group.children.all())
    return made


@pytest.mark.parametrize("route", LISTS, ids=lambda route: route.name)
def test_no_list_filters_by_nationality_or_shows_it_beside_a_place(
    route: cells.Route, children: list[Child]
) -> None:
    row, tried = ROWS[route.name], 0
    for role in Role:
        if not row.opens_to_role(role):
            continue
        client, address = cells.signed_in(person(role)), cells.address_of(route, row, None)
        plain = client.get(address).content.decode()
        for line in ONE_LINE.finditer(plain):
            shows = any(each in line[0] for each in COUNTRY_SHOWN)
            assert not (shows and "County" in line[0]), f"{role}: {line[0][:200]}"
        by_country, by_place = dict.fromkeys(COUNTRY_NAMES, COUNTRY), dict.fromkeys(PLACE_NAMES, "24031")
        for without, together in (({}, by_country), (by_place, {**by_place, **by_country})):
            shown = [client.get(address, chosen).content.decode() for chosen in (without, together)]
            assert _named(shown[0], children) == _named(shown[1], children), f"{role} {sorted(together)}"
            tried += 1
    print(f"{route.name}: {tried} filters")


def test_no_home_knows_a_nationality_and_no_child_an_address() -> None:
    assert not {field.name for field in Home._meta.get_fields()} & set(COUNTRY_NAMES)
    assert not {field.name for field in Child._meta.get_fields()} & {
        "street",
        "address",
        "city",
        "postal_code",
    }


def _named(shown: str, children: list[Child]) -> set[str]:
    return {child.child_id for child in children if child.given_name in shown or child.child_id in shown}
