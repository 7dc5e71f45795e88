"""Closing a month by two persons, and setting a closed one right by entries of a later day.

Comes in: the director, a month, another person's agreement to exactly what is closed. Goes out: kept entries, which
nothing changes again. Docs: docs/how-to/keep-the-ledger.md. Tests: tests/office/ledger/test_closing.py.
"""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from posada.ledger.entry import Entry, month_of
from posada.ledger.month_close import ClosedMonth as Closed
from posada.ledger.month_close import MonthNotOver, adjustments, close, last_day
from posada.office.access import two_persons
from posada.office.access.actor import Actor
from posada.office.access.approval_words import Said, says
from posada.office.access.models import Approval
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.audit.history import save_new
from posada.office.day import today
from posada.office.ledger.bookkeeping import (
    book_now,
    children_by_kind,
    children_by_payer,
    corrections_of,
    entries_of,
    rows_behind,
    write_entries,
)
from posada.office.ledger.models import ClosedMonth
from posada.office.refusals import NotThere, Refusal

ACT = "month.close"
CLOSES = (Role.PROGRAM_DIRECTOR,)


def ask_to_close(actor: Actor, month: date, *, reason: str) -> Approval:
    """Ask a second person to agree to a month as it stands now. Raises Refusal where it is not over, or closed."""
    _needs_director(actor)
    return two_persons.ask(actor, ACT, scope=_scope(_as_it_stands(month)), reason=reason)


def close_month(actor: Actor, month: date, approval: Approval) -> ClosedMonth:
    """Close a month as a second person has agreed to it. Raises Refusal, and Expired where it has changed since."""
    _needs_director(actor)
    found = _as_it_stands(month)
    book = book_now(found.month, last_day(found.month))
    behind = rows_behind(found.month, last_day(found.month))
    try:
        with transaction.atomic():
            used = two_persons.use(actor, approval.pk, ACT, scope=_scope(found))
            kept = ClosedMonth(
                month=found.month,
                closed_on=today(),
                asked_by_id=used.asked_by_id,
                agreed_by_id=used.answered_by_id,
                sha256=found.sha256,
                nights=book.nights,
                children=children_by_payer(behind) | children_by_kind(behind),
                gaps=[[gap.month.isoformat(), *list(asdict(gap).values())[1:]] for gap in book.gaps],
            )
            save_new(kept, actor=actor, act=ACT)
            write_entries(kept, found.entries)
    except IntegrityError:
        raise Refusal(_("This month is closed already."), code="closed_already") from None
    return kept


def waiting_for(month: date) -> Approval | None:
    """The request about a month that still holds, newest first; None where there is none."""
    live = (Approval.State.ASKED, Approval.State.APPROVED)
    rows = Approval.objects.filter(act=ACT, state__in=live, expires_at__gt=timezone.now()).order_by(
        "-asked_at"
    )
    return next((each for each in rows if each.scope.get("month") == month_of(month).isoformat()), None)


def what_is_late(closed: ClosedMonth) -> tuple[Entry, ...]:
    """What would have to be entered today so that a closed month says what is known now."""
    if today() <= last_day(closed.month):
        return ()
    month = Closed(closed.month, entries_of(closed.entries.filter(corrects__isnull=True)), closed.sha256)
    now = book_now(closed.month, last_day(closed.month))
    return adjustments(month, made_before=corrections_of(closed.month), now=now, on=today())


def set_right(actor: Actor, month: date) -> tuple[Entry, ...]:
    """Enter, today, what a closed month lacks. The month itself stays. Raises Refusal where nothing is late."""
    _needs_director(actor)
    with transaction.atomic():
        closed = ClosedMonth.objects.select_for_update().filter(month=month_of(month)).first()
        if closed is None:
            raise Refusal(_("This month is not closed: it is counted anew by itself."), code="not_closed")
        late = what_is_late(closed)
        if not late:
            raise Refusal(
                _("The closed month says what is known: there is nothing to set right."), code="nothing_late"
            )
        _one_at_a_time(closed)
        write_entries(closed, late)
        append(actor, "month.set_right", subject=closed, detail={"entries": len(late)})
    return late


def _one_at_a_time(closed: ClosedMonth) -> None:
    """Two at once would enter the same twice: whoever comes second finds another version."""
    moved = ClosedMonth.objects.filter(pk=closed.pk, version=closed.version).update(
        version=closed.version + 1
    )
    if moved != 1:
        raise Refusal(
            _("Somebody else is setting this month right. Look again."), code="somebody_saved_first"
        )


def _as_it_stands(month: date) -> Closed:
    first = month_of(month)
    if ClosedMonth.objects.filter(month=first).exists():
        raise Refusal(_("This month is closed already."), code="closed_already")
    try:
        return close(book_now(first, last_day(first)), on=today())
    except MonthNotOver:
        raise Refusal(_("This month is not over yet."), code="month_not_over") from None


def _scope(found: Closed) -> dict[str, Any]:
    return {"month": found.month.isoformat(), "sha256": found.sha256}


def _needs_director(actor: Actor) -> None:
    if not actor.has(*CLOSES):
        raise NotThere


@says(ACT)
def _said(asked: Approval) -> Said:
    month = date.fromisoformat(asked.scope["month"])
    from django.urls import reverse

    sentence = _("Close the book of %(month)s") % {"month": date_format(month, "F Y")}
    return Said(sentence, reverse("ledger") + f"?month={month:%Y-%m}")
