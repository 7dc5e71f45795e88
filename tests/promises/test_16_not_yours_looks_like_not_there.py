"""Promise 16: another's record and no record at all give the same page, byte for byte, for as much work.

The time of an answer is not asserted here; that both take the same queries is, which is what their time comes from.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posada.office.access.roles import Role
from tests.office.access import cells
from tests.office.access.routes import routes, rows

pytestmark = pytest.mark.django_db

ROWS = rows()
WITH_OBJECT = [each for each in routes() if ROWS[each.name].object and ROWS[each.name].tie != "self"]
TOKEN = re.compile(r'(csrfmiddlewaretoken" value="|X-CSRFToken":")\w+')


@pytest.mark.parametrize("route", WITH_OBJECT, ids=lambda route: route.name)
def test_anothers_object_and_none_answer_alike(route: cells.Route) -> None:
    row, pairs = ROWS[route.name], 0
    for role in Role:
        if not row.opens_to_role(role) or row.tie_of(role) != "named":
            continue
        made = cells.made_for(row)
        cells.suit(made, role)
        client = cells.signed_in(cells.somebody(role, "other's", row, made))
        client.get("/accounts/logout/")  # whatever is done once for a session is done
        for method in row.methods:
            seen = []
            for relation in ("own", "none"):
                address = cells.address_of(route, row, made, relation=relation)
                with CaptureQueriesContext(
                    connection,
                ) as queries:
                    answer = getattr(client, method.lower())(address, row.post if method == "POST" else None)
                body = TOKEN.sub(r"\1", answer.content.decode()).replace(address, "ADDRESS")
                headers = {
                    k: v for k, v in answer.headers.items() if k not in ("Expires", "Content-Security-Policy")
                }
                seen.append((answer.status_code, body, headers, len(queries)))
            assert seen[0] == seen[1], f"{role} {method}"
            assert seen[0][0] == 404, f"{role} {method}"
            pairs += 1
    print(f"{route.name}: {pairs} pairs")
