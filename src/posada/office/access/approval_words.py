"""Requests for a second person, in words; rooms add how to say theirs and where they are looked at.

Comes in: functions of rooms, registered with `says`. Goes out: a sentence and an address for each request.
Docs: docs/explanation/two-persons.md. Tests: tests/office/access/test_approval_words.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from posada.office.access.models import Approval, User
from posada.office.access.roles import Role


@dataclass(frozen=True, slots=True)
class Said:
    """What is asked for, and where its subject can be looked at (empty: nowhere)."""

    sentence: Any
    address: str = ""


NAMES: dict[str, Any] = {
    "export.program": _("Take the whole program out as a folder"),
    "role.grant": _("Give somebody a role"),
    "sealed.bulk": _("Open more sealed fields than usual this hour"),
    "license.exception": _("Make a license exception"),
    "plan.approve": _("Approve a plan"),
    "removal.outcome": _("Record the outcome of a removal case"),
    "keys.rotate": _("Change the keys of the office"),
    "month.close": _("Close a month of the ledger"),
    "retention.purge": _("Erase what is past its time"),
}
SAYERS: dict[str, Callable[[Approval], Said]] = {}


def says(act: str) -> Callable[[Callable[[Approval], Said]], Callable[[Approval], Said]]:
    """Register how an act's requests are said."""

    def keep(sayer: Callable[[Approval], Said]) -> Callable[[Approval], Said]:
        SAYERS[act] = sayer
        return sayer

    return keep


def said_of(asked: Approval) -> Said:
    """A request in words."""
    sayer = SAYERS.get(asked.act)
    return sayer(asked) if sayer else Said(NAMES.get(asked.act, asked.act))


@says("role.grant")
def _role(asked: Approval) -> Said:
    user = User.objects.filter(pk=asked.scope.get("user")).first()
    role = asked.scope.get("role", "")
    named = {"who": user or "–", "role": Role(role).label if role in Role.values else role}
    address = reverse("account_page", args=[user.pk]) if user else ""
    return Said(_("Give %(who)s the role “%(role)s”") % named, address)


@says("keys.rotate")
def _keys(asked: Approval) -> Said:
    key = asked.scope.get("key")
    if not key:
        return Said(_("Draw a new key, which seals from then on"), reverse("sealing_keys"))
    return Said(
        _("Retire the key %(key)s, so that it opens nothing any more") % {"key": key}, reverse("sealing_keys")
    )
