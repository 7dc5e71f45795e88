"""Promise 29: no stored text runs. A tag planted in every free text of every table comes out of every page as text.

Planted past the forms, straight into the tables, so that it is the pages that are tried and not what a form refuses.
A policy that runs no inline script stands on every page besides (test_40_41).
"""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, models, transaction

from posada.office.access.roles import Role
from tests.office.access import cells
from tests.office.access.routes import routes, rows
from tests.promises.free_texts import free_texts

pytestmark = pytest.mark.django_db

PLANTED = "<b x9>x9'\""
RAW = ("<b x9>", "x9'\"", "x9'&quot;", 'x9&#x27;"')
ESCAPED = "&lt;b x9&gt;"
IN_EVERY_FRAME = 1
"""The name of who is signed in."""
ROWS = rows()
PAGES = [route for route in routes() if "GET" in ROWS[route.name].methods]


def plant(texts: dict[type[models.Model], list[str]]) -> int:
    """Into every row that there is. Returns how many columns took it."""
    taken = 0
    for model, names in texts.items():
        if not model._base_manager.exists():
            continue
        for name in names:
            try:
                with transaction.atomic():
                    model._base_manager.update(**{name: PLANTED})
            except IntegrityError:  # a rule of the table, which has room for its own words only
                continue
            taken += 1
    return taken


def shown() -> Iterator[tuple[str, str, int]]:
    """Name of each page, its HTML, and how many columns were planted."""
    texts = free_texts(shortest=len(PLANTED))
    for route in PAGES:
        row = ROWS[route.name]
        role = next((each for each in Role if row.opens_to_role(each)), Role.AUDITOR)
        made = cells.made_for(row)
        cells.suit(made, role)
        client = cells.signed_in(cells.somebody(role, "own", row, made))
        client.raise_request_exception = False
        address = cells.address_of(route, row, made)
        taken = plant(texts)
        answer = client.get(address)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            yield route.name, answer.content.decode(), taken


def test_a_tag_in_any_text_is_shown_as_text_on_every_page() -> None:
    pages, with_it, columns, running = 0, set(), 0, []
    for name, body, taken in shown():
        pages, columns = pages + 1, columns + taken
        running += [f"{name}: {raw}" for raw in RAW if raw in body]
        if body.count(ESCAPED) > IN_EVERY_FRAME:
            with_it.add(name)
    print(
        f"{columns} texts planted before {pages} of {len(PAGES)} pages; {len(with_it)} showed them, as text"
    )
    assert running == []
    assert pages > 120 and len(with_it) > 40
