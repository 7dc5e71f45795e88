"""Promise 19: after a walk over every page, no address, number or name at birth stands anywhere that was written.

Looked through: every table of the database (so sealed at rest), the log of the processes, mail, redirects, the cache,
cookies; each mark as it is, folded, coded in base64 or hex, and plainly hashed.
"""

import logging

import pytest
from django.core import mail

from posada.office.access import doors
from posada.office.access.roles import Role
from posada.office.access.templatetags.sealed_fields import sealed_address
from tests.office.access import cells
from tests.office.access.objects import Made
from tests.office.access.routes import routes, rows
from tests.office.people import assign, browser_of, group_of, home_of, person
from tests.promises.planted import every_table, found_in, seal_marks

pytestmark = pytest.mark.django_db

ROWS = rows()


def test_nothing_that_is_sealed_stands_anywhere_else(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    marks: list[str] = []
    led_to: list[str] = []
    asked = 0
    for route in routes():
        row = ROWS[route.name]
        role = next((each for each in Role if row.opens_to_role(each)), None)
        if role is None:
            continue
        made = cells.made_for(row)
        cells.suit(made, role)
        marks += seal_marks(made)
        client = cells.signed_in(cells.somebody(role, "own", row, made))
        for method in row.methods:
            post = row.post if method == "POST" else None
            answer = getattr(client, method.lower())(cells.address_of(route, row, made), post)
            led_to.append(str(answer.headers.get("Location", "")) + str(client.cookies))
            asked += 1
    print(f"{asked} requests, {len(marks)} marks")
    assert asked > 100 and len(marks) > 100
    for table, text in every_table():
        assert found_in(text, marks) == [], table
    assert found_in(caplog.text, marks) == []
    assert found_in("\n".join(led_to), marks) == []
    assert found_in("\n".join(str(each.message()) for each in mail.outbox), marks) == []


def test_the_search_finds_what_is_planted() -> None:
    marks = seal_marks(Made(None, home=home_of()))
    assert found_in(f"… {marks[0].upper().casefold()} …", marks) == [marks[0]]
    person(display_name=marks[1])
    assert any(found_in(text, marks) for _, text in every_table())


@pytest.mark.parametrize(
    "role", [each for each in Role if each not in (Role.LICENSING_WORKER, Role.PLACEMENT_WORKER)]
)
def test_an_address_opens_to_no_role_but_those_that_work_on_homes(role: Role) -> None:
    home, group = home_of(), group_of()
    doors.seal_fields(home, {"street": "1 Hidden Lane"})
    user = person(role)
    for named in ({"home": home}, {"group": group}):
        assign(user, role, **named)
    answer = browser_of(user).post(sealed_address(home, "street"), {"reason": "because I want to know"})
    assert answer.status_code == 404


@pytest.mark.parametrize("role", [Role.LICENSING_WORKER, Role.PLACEMENT_WORKER])
def test_an_address_opens_with_an_assignment_and_no_longer_without(role: Role) -> None:
    home = home_of()
    doors.seal_fields(home, {"street": "1 Hidden Lane"})
    user = person(role, whole_program=False)
    address, why = sealed_address(home, "street"), {"reason": "to visit on Monday"}
    assert browser_of(user).post(address, why).status_code == 404
    made = assign(user, role, home=home)
    assert "1 Hidden Lane" in browser_of(user).post(address, why).content.decode()
    type(made).objects.filter(pk=made.pk).update(until_at="2020-01-01T00:00Z")
    assert browser_of(user).post(address, why).status_code == 404
