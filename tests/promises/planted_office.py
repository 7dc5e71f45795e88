"""Makes the records and sign-ins for every page of an office that is served, and plants payloads in all its texts.

Runs in a process of its own, as `python -m tests.promises.planted_office FOLDER pages EACH`: makes, for every EACHth
page, a record and somebody in a role who sees it (EACH = `all`: for every page one for every such role), and prints
address and session as JSON. `… FOLDER plant LISTENER COUNT`: plants so many kinds of payloads; prints how many texts
took some. Everybody in it is made up.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from posada.cli.office_start import start_office
from tests.promises.payloads_that_run import Payload, Supply, payloads

ENDS_THE_SESSION = frozenset({"account_logout"})
ROOM = 800
"""Letters of payloads in a text without a limit: some sixteen."""


def main(folder: Path, what: str, *told: str) -> None:
    """Make the pages, or plant."""
    start_office(folder)
    from django.conf import settings

    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # nobody signs in by password
    if what == "pages":
        print(json.dumps(list(pages(told[0]))))
    else:
        listener, count = told
        print(json.dumps(plant(payloads(listener, count=int(count)))))


def pages(each: str) -> Iterator[dict[str, str]]:
    """Name, address, role and session for each page."""
    from posada.office.access.roles import Role
    from tests.office.access import cells
    from tests.office.access.routes import routes, rows

    table = rows()
    looked_at = [
        each for each in routes() if "GET" in table[each.name].methods and each.name not in ENDS_THE_SESSION
    ]
    for route in looked_at[:: 1 if each == "all" else int(each)]:
        row = table[route.name]
        roles = [role for role in Role if row.opens_to_role(role)] or [Role.AUDITOR]
        for role in roles if each == "all" else roles[:1]:
            made = cells.made_for(row)
            cells.suit(made, role)
            client = cells.signed_in(cells.somebody(role, "own", row, made))
            yield {
                "name": route.name,
                "address": cells.address_of(route, row, made),
                "role": str(role),
                "session": client.cookies["sessionid"].value,
            }


def plant(kinds: list[Payload]) -> dict[str, int]:
    """Into every text of every row, as many as there is room for; each text goes on where the last one ended."""
    from django.db import transaction

    from tests.promises.free_texts import free_texts

    shortest = min(len(each.text) for each in kinds)
    supply, taken, columns = Supply(kinds), 0, 0
    with transaction.atomic():
        for model, names in free_texts(shortest=shortest).items():
            room = {name: min(ROOM, model._meta.get_field(name).max_length or ROOM) for name in names}
            rows = list(model._base_manager.values_list("pk", flat=True))
            able = [
                name for name in names if rows and _update(model, rows[0], {name: supply.text(room[name])})
            ]
            columns += len(able)
            for pk in rows:
                texts = {name: supply.text(room[name]) for name in able}
                taken += len(able) if texts and _update(model, pk, texts) else 0
        sealed = _seal(supply)
    return {"texts": taken, "columns": columns, "sealed": sealed}


def _update(model: Any, pk: Any, texts: dict[str, str]) -> bool:
    """Whether the rules of the table let its columns hold such texts."""
    from django.db import IntegrityError, transaction

    try:
        with transaction.atomic():
            model._base_manager.filter(pk=pk).update(**texts)
    except IntegrityError:
        return False
    return True


def _seal(supply: Supply) -> int:
    """Into every sealed field of children, homes, enquiries and offers of hours."""
    from django.apps import apps

    from posada.office.access import doors

    sealed = 0
    for label, fields in doors.SEALED_FIELDS.items():
        for record in apps.get_model(label)._base_manager.all():
            doors.seal_fields(record, {name: supply.text(ROOM) for name in fields})
            sealed += len(fields)
    return sealed


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
