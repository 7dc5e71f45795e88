"""The menu: which rooms a person's roles open, in the order of the work.

Tests: tests/office/desk/test_menu.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from posada.office.access.roles import Role
from posada.office.access.two_persons import ASK_OR_ANSWER

if TYPE_CHECKING:
    from posada.office.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Room:
    """One line of the menu."""

    name: Any
    route: str
    roles: frozenset[Role]


EXPORTS = frozenset({Role.PROGRAM_DIRECTOR, Role.ADMINISTRATOR})
ROOMS = (
    Room(_("Arrivals"), "arrivals", frozenset({Role.INTAKE_WORKER})),
    Room(_("Plan"), "plan_board", frozenset({Role.PLACEMENT_WORKER, Role.PROGRAM_DIRECTOR})),
    Room(_("Offers"), "offers", frozenset({Role.PLACEMENT_WORKER})),
    Room(_("Placed"), "placed", frozenset({Role.PLACEMENT_WORKER})),
    Room(_("Enquiries"), "enquiries", frozenset({Role.LICENSING_WORKER})),
    Room(_("Homes"), "homes", frozenset({Role.LICENSING_WORKER})),
    Room(_("Agenda"), "agenda", frozenset({Role.ATTORNEY, Role.LEGAL_COORDINATOR})),
    Room(_("Packets"), "packets", frozenset({Role.ATTORNEY, Role.LEGAL_COORDINATOR})),
    Room(_("Counsel"), "counsel_desk", frozenset({Role.LEGAL_COORDINATOR})),
    Room(
        _("Children"),
        "children",
        frozenset(
            {
                Role.INTAKE_WORKER,
                Role.PLACEMENT_WORKER,
                Role.LEGAL_COORDINATOR,
                Role.ATTORNEY,
                Role.PROGRAM_DIRECTOR,
            }
        ),
    ),
    Room(_("My groups"), "my_groups", frozenset({Role.ATTORNEY})),
    Room(_("Figures"), "director", frozenset({Role.PROGRAM_DIRECTOR})),
    Room(_("Cost"), "ledger", frozenset({Role.PROGRAM_DIRECTOR, Role.AUDITOR})),
    Room(_("My home"), "my_home", frozenset({Role.FOSTER_PARENT})),
    Room(_("Accounts"), "accounts", frozenset({Role.ADMINISTRATOR, Role.PROGRAM_DIRECTOR})),
    Room(_("Export"), "export", EXPORTS),
    Room(_("Sealing keys"), "sealing_keys", frozenset({Role.ADMINISTRATOR})),
    Room(_("Due to be erased"), "retention", EXPORTS),
    Room(_("Approvals"), "approvals", ASK_OR_ANSWER),
    Room(_("Log"), "log", frozenset({Role.AUDITOR})),
)


def menu_of(actor: "Actor") -> Iterator[tuple[Any, str]]:
    """Names and addresses of the rooms that the person's roles open."""
    for room in ROOMS:
        if room.roles & actor.roles:
            try:
                yield room.name, reverse(room.route)
            except NoReverseMatch:
                continue
