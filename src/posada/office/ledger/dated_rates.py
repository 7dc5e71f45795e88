"""Rates of the office: a new one is a new dated row with its source; one that was a mistake is voided with a reason.

Docs: docs/how-to/keep-the-ledger.md. Tests: tests/office/ledger/test_dated_rates.py.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from posada.ledger.rates import KINDS, PAYERS, NoRate, Rate, payer_of, shipped_rates
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_new, void
from posada.office.day import today
from posada.office.ledger import bookkeeping
from posada.office.ledger.models import DatedRate
from posada.office.refusals import FieldsRefused, NotThere

SETS = (Role.PROGRAM_DIRECTOR,)


@dataclass(frozen=True, slots=True)
class Line:
    """One kind on the page of rates: what holds today, or why nothing does, and every dated row."""

    kind: str
    now: Rate | None
    reason: str
    payer: str
    grounds: str
    rows: tuple[tuple[Rate, DatedRate | None], ...]


def lines() -> list[Line]:
    """Every kind with its rates, newest first; a kind without one first of all is for the page to say."""
    table = bookkeeping.rates()
    own = list(
        DatedRate.objects.filter(voided_at__isnull=True)
        .select_related("by")
        .order_by("-since", "-entered_at")
    )
    found = []
    for kind in KINDS:
        now = table.on(kind, today())
        payer, grounds = payer_of(kind)
        kept: list[tuple[Rate, DatedRate | None]] = [
            (Rate(kind, each.since, each.cents, each.payer, each.source, "office", each.cents), each)
            for each in own
            if each.kind == kind
        ]
        kept += [(rate, None) for rate in shipped_rates().rates if rate.kind == kind]
        kept.sort(key=lambda pair: pair[0].since, reverse=True)
        is_gap = isinstance(now, NoRate)
        found.append(
            Line(
                kind,
                None if isinstance(now, NoRate) else now,
                now.reason if isinstance(now, NoRate) else "",
                payer if is_gap or isinstance(now, NoRate) else now.payer,
                grounds,
                tuple(kept),
            )
        )
    return found


def add_rate(actor: Actor, *, kind: str, since: date, cents: int, payer: str, source: str) -> DatedRate:
    """Enter a rate. Raises FieldsRefused, NotThere."""
    if not actor.has(*SETS):
        raise NotThere
    faults: dict[str, Any] = {}
    if kind not in KINDS:
        faults["kind"] = _("Choose what the rate is for.")
    if payer not in PAYERS:
        faults["payer"] = _("Choose who pays.")
    if len(source.strip()) < 5:
        faults["source"] = _("Say where the rate was read.")
    if faults:
        raise FieldsRefused(faults)
    rate = DatedRate(
        kind=kind, since=since, cents=cents, payer=payer, source=source.strip(), by_id=actor.user_id
    )
    return save_new(rate, actor=actor, act="rate.add")


def take_out(actor: Actor, rate: DatedRate, *, version: int, reason: str) -> None:
    """Void a rate that was a mistake. Closed months stay as they are. Raises NotThere, Refusal."""
    if not actor.has(*SETS):
        raise NotThere
    void(rate, version=version, actor=actor, reason=reason)
