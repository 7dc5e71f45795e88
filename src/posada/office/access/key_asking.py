"""Asking for a change of the sealing keys: what exactly, and what is known of each key without its content.

Comes in: the acting administrator. Goes out: a request for a second one, whose id the command `posada keys` is given.
Docs: docs/how-to/change-keys.md. Tests: tests/office/access/test_key_asking.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from posada.office.access import two_persons
from posada.office.access.actor import Actor
from posada.office.access.key_ring import key_number, sealing_keys
from posada.office.access.models import Approval, SealedValue
from posada.office.audit.models import Entry
from posada.office.refusals import Refusal

ACT = "keys.rotate"
NEW, RETIRE = "new", "retire"


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A sealing key by its public number. `since`: None where the log is empty; `fields`: sealed with it."""

    number: str
    seals: bool
    since: datetime | None
    fields: int


def scope_of(what: str, number: str = "") -> dict[str, Any]:
    """Exactly what is asked for. Shapes: {"what": "new"}, or {"what": "retire", "key": number}."""
    return {"what": RETIRE, "key": number} if what == RETIRE else {"what": NEW}


def ask(actor: Actor, *, scope: dict[str, Any], reason: str) -> Approval:
    """Ask another administrator to agree. Raises NotThere, Refusal without a reason or for no old key."""
    old = {key_number(each) for each in sealing_keys()[1:]}
    if scope != scope_of(NEW) and (scope.get("what") != RETIRE or scope.get("key") not in old):
        raise Refusal(_("This is no old key of this office."), code="no_old_key")
    return two_persons.ask(actor, ACT, scope=scope, reason=reason)


def known_since(number: str) -> datetime | None:
    """When a key came, by the log; the beginning of the log for one that it does not name. None: no log yet."""
    entries = Entry.objects.order_by("number")
    named = entries.filter(act__in=("keys.new", "keys.reseal"), detail__key=number).first()
    found = named or entries.first()
    return found.at if found is not None else None


def known_keys() -> Iterator[KnownKey]:
    """The sealing keys, newest first, with how many sealed fields each one seals."""
    counted = SealedValue.objects.values_list("key_number").annotate(n=Count("pk")).order_by()
    fields = dict(counted)
    for place, key in enumerate(sealing_keys()):
        number = key_number(key)
        yield KnownKey(number, place == 0, known_since(number), fields.get(number, 0))
