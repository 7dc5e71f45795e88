"""An order of removal that a child comes with: checked at once, and every way against it becomes a task with its day.

Comes in: the acting person, a child from a door, what is known of the order (None: not known, which asks).
Goes out: a kept order, its event where it is clear what it was, tasks.
Docs: docs/reference/remedies.md. Tests: tests/office/docket/test_orders_found.py.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from posada.docket import orders as core
from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_new
from posada.office.casefile.models import Document
from posada.office.day import today
from posada.office.desk.tasks import Wanted, open_task
from posada.office.docket import rules
from posada.office.docket.models import DocketEvent, OrderFound
from posada.office.docket.recompute import recompute
from posada.office.intake.models import Child
from posada.office.refusals import FieldsRefused, NotThere
from posada.records.people import age_on

FINDS_ORDERS = (Role.INTAKE_WORKER, Role.LEGAL_COORDINATOR, Role.ATTORNEY)
ASKED = (
    *("in_absentia", "notice_address_was_right", "notice_served_on_adult", "had_counsel"),
    *("in_custody_that_day", "was_appealed", "appeal_waived", "moved_to_reopen_before"),
)
"""Facts of yes, no, or not known. The age follows from the birth date, where that is certain."""
QUESTIONS = {
    "in_absentia": _("Was the order made in absentia?"),
    "notice_address_was_right": _("Was the notice sent to the right address?"),
    "notice_served_on_adult": _("Was the notice served on an adult who answers for the child?"),
    "had_counsel": _("Had the child counsel?"),
    "in_custody_that_day": _("Was the child in custody that day?"),
    "was_appealed": _("Was it appealed?"),
    "appeal_waived": _("Was the appeal waived?"),
    "moved_to_reopen_before": _("Was there a motion before?"),
}


def check_order(
    actor: Actor,
    child: Child,
    *,
    on: date,
    facts: Mapping[str, bool | None],
    evidence: str,
    document: Document | None = None,
) -> tuple[OrderFound, tuple[core.OrderTask, ...]]:
    """Keep the order and open what must be done about it. The same order again opens nothing twice.

    Raises FieldsRefused, NotThere; then nothing is written.
    """
    works = doors.without_home(actor)
    if not works.has(*FINDS_ORDERS):
        raise NotThere
    doors.one(doors.children(works), child.pk)
    if on > today():
        raise FieldsRefused({"on": _("This day is still to come. Write it down when it has happened.")})
    if len(evidence.strip()) < 3 and document is None:
        raise FieldsRefused({"evidence": _("Say what shows it: a paper, a portal entry, a statement.")})
    known = {name: facts.get(name) for name in ASKED}
    with transaction.atomic():
        kept = _kept(actor, child, on, known, document)
        _event(actor, child, on, known, evidence, document)
        tasks = tasks_of(child, on, known)
        for task in tasks:
            open_task(actor, _wanted(child, on, task))
        recompute(actor, [child.group_id], because="order")
    return kept, tasks


def tasks_of(child: Child, on: date, facts: Mapping[str, Any]) -> tuple[core.OrderTask, ...]:
    """What must be done about an order, the nearest day first."""
    order = core.OrderFound(case_id=str(child.pk), on=on, age_at_order=_age(child, on), **facts)
    return core.order_tasks(order, book=rules.book(), as_of=today())


def _age(child: Child, on: date) -> int | None:
    """Whole years on the day of the order; None where the birth date is estimated or disputed, which asks."""
    if child.birth_date_basis in (Child.BirthDateBasis.ESTIMATED, Child.BirthDateBasis.DISPUTED):
        return None
    return age_on(child.birth_date, on) if child.birth_date <= on else None


def _kept(
    actor: Actor, child: Child, on: date, facts: dict[str, Any], document: Document | None
) -> OrderFound:
    last = (
        OrderFound.objects.filter(child=child, on=on, voided_at__isnull=True).order_by("-entered_at").first()
    )
    if last is not None and last.facts == facts:
        return last
    row = OrderFound(
        child=child, on=on, facts=facts, document=document, by_id=actor.user_id, recorded_on=today()
    )
    return save_new(row, actor=actor, act="order.found")


def _event(
    actor: Actor,
    child: Child,
    on: date,
    facts: Mapping[str, bool | None],
    evidence: str,
    document: Document | None,
) -> None:
    """The order as an event, where it is known whether it was made in absentia."""
    if facts["in_absentia"] is None:
        return
    name = "in_absentia_order" if facts["in_absentia"] else "ij_decision"
    if DocketEvent.objects.filter(child=child, name=name, on=on, voided_at__isnull=True).exists():
        return
    event = DocketEvent(
        group=child.group,
        child=child,
        name=name,
        on=on,
        evidence=evidence.strip()[:300],
        document=document,
        by_id=actor.user_id,
        recorded_on=today(),
    )
    save_new(event, actor=actor, act="docket.event")


def _wanted(child: Child, on: date, task: core.OrderTask) -> Wanted:
    kind = f"order_{task.task}"
    if task.task == core.FIND_OUT:
        kind = f"order_ask_{task.because[0]}"
    values = {"child": str(child.pk), "ordered_on": on.isoformat(), "rule": task.rule_id}
    if task.is_late:
        values["late"] = "1"
    return Wanted(
        kind=kind,
        role=Role.LEGAL_COORDINATOR,
        group=child.group,
        due_on=task.day or today(),
        values=values,
        once_key=f"{kind}:{child.pk}:{on}",
    )
