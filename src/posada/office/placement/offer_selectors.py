"""Offers as lists: ready to send, open, to be called, over. Each figure of a page is the count of such a list.

Docs: docs/how-to/send-offers.md. Tests: tests/office/placement/test_offer_selectors.py.
"""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.models import SealedValue
from posada.office.day import today
from posada.office.intake.models import Child
from posada.office.licensing.models import Home
from posada.office.placement.models import Offer, PlannedGroup, PlanRun
from posada.office.placement.offer_checks import (
    ADDRESS,
    ADDRESS_FIELDS,
    EXCEPTION,
    LIVE,
    NOT_OPEN,
    Fault,
    standing_placements,
)

SHOWN: dict[str, tuple[Any, tuple[str, ...]]] = {
    "call": (_("To be called"), (Offer.State.NOT_DELIVERED,)),
    "open": (_("Open"), (Offer.State.OPEN,)),
    "accepted": (_("Accepted"), (Offer.State.ACCEPTED,)),
    "declined": (_("Declined"), (Offer.State.DECLINED,)),
    "lapsed": (_("No answer in time"), (Offer.State.LAPSED,)),
    "withdrawn": (_("Withdrawn"), (Offer.State.WITHDRAWN,)),
}
"""What the list can be narrowed to: code → (words, states)."""
STATES: dict[str, tuple[str, Any]] = {
    Offer.State.OPEN: ("warn", _("Open")),
    Offer.State.ACCEPTED: ("ok", _("Accepted")),
    Offer.State.DECLINED: ("plain", _("Declined")),
    Offer.State.LAPSED: ("unsure", _("No answer in time")),
    Offer.State.WITHDRAWN: ("plain", _("Withdrawn")),
    Offer.State.NOT_DELIVERED: ("stop", _("Not delivered: call")),
}


def offers_shown(actor: Actor, show: str = "") -> "QuerySet[Offer]":
    """The offers of one kind, or all; what must be called first, then by the time they end."""
    rows = doors.offers(actor).select_related("group", "home")
    if show in SHOWN:
        rows = rows.filter(state__in=SHOWN[show][1])
    return rows.order_by("expires_at" if show in ("open", "call") else "-sent_at", "pk")


def counts_by_state(actor: Actor) -> dict[str, int]:
    """How many offers there are of each kind that the list can be narrowed to."""
    found = dict(doors.offers(actor).values_list("state").annotate(n=Count("pk")).order_by())
    return {code: sum(found.get(state, 0) for state in states) for code, (_words, states) in SHOWN.items()}


def newest_approved() -> PlanRun | None:
    """The approved plan that offers follow from."""
    return PlanRun.objects.filter(state=PlanRun.State.APPROVED).order_by("-number").first()


def ready_rows(actor: Actor, run: PlanRun) -> "QuerySet[PlannedGroup]":
    """The groups of a plan that have a home, a child who still waits, and no offer that is open or accepted."""
    waiting = Child.objects.filter(
        group=OuterRef("group"), voided_at__isnull=True, merged_into__isnull=True
    ).exclude(pk__in=standing_placements().values("child_id"))
    asked = Offer.objects.filter(
        group=OuterRef("group"), state__in=(*LIVE, Offer.State.ACCEPTED), run=run, voided_at__isnull=True
    )
    live = Offer.objects.filter(group=OuterRef("group"), state__in=LIVE, voided_at__isnull=True)
    rows = PlannedGroup.objects.filter(
        Exists(waiting),
        ~Exists(asked),
        ~Exists(live),
        run=run,
        home__isnull=False,
        group__in=doors.groups(actor),
    )
    return rows.select_related("group", "home", "counsel").order_by("group__sibling_group_id")


def seen_faults(rows: list[PlannedGroup]) -> dict[Any, list[Fault]]:
    """What can be seen of a page of groups without asking every rule: the rest is asked when an offer is sent."""
    on, found = today(), {}
    homes = [each.home_id for each in rows]
    filled: dict[Any, set[str]] = {}
    sealed = SealedValue.objects.filter(owner_kind="licensing.home", owner_id__in=homes)
    for owner, field in sealed.values_list("owner_id", "field"):
        filled.setdefault(owner, set()).add(field)
    for row in rows:
        assert row.home is not None  # noqa: S101
        found[row.pk] = list(_seen(row, row.home, filled.get(row.home_id, set()), on=on))
    return found


def _seen(row: PlannedGroup, home: Home, filled: set[str], *, on: Any) -> Any:
    if home.state != Home.State.OPEN or home.held_reason:
        yield Fault(NOT_OPEN)
    if home.kind != "kin" and (home.license_to is None or home.license_to < on):
        yield Fault("license", home.license_to)
    if home.checks_clear_until is None or home.checks_clear_until < on:
        yield Fault("checks", home.checks_clear_until)
    if filled.intersection(ADDRESS_FIELDS) and not filled.issuperset(ADDRESS_FIELDS):
        yield Fault(ADDRESS)
    if row.license_exception:
        yield Fault(EXCEPTION)
