"""The register of remedies of a child in the office: entries by name, and answers that propose and never decide.

Comes in: the acting person and a child from a door. Goes out: kept entries and screenings; the core's `Register`.
An entry by anybody but counsel is kept, and examines nothing. The same entry again changes nothing.
Docs: docs/reference/remedies.md. Tests: tests/office/docket/test_register.py.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from posada.docket import remedies as core
from posada.docket import screening
from posada.docket.events import NotEnoughRecorded
from posada.docket.statement import StatementLine, statement
from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_new
from posada.office.casefile.models import Document
from posada.office.counsel.models import Counsel
from posada.office.day import today
from posada.office.docket import rules
from posada.office.docket.closing import name_of
from posada.office.docket.events import needs_recorder
from posada.office.docket.kept_deadlines import record_of
from posada.office.docket.models import Deadline, RemedyEntry, Screening
from posada.office.intake.models import Child
from posada.office.refusals import FieldsRefused, NotThere

SCREENS = (Role.ATTORNEY, Role.LEGAL_COORDINATOR, Role.INTAKE_WORKER)
"""Roles that ask the questions of the questionnaire."""
STATES = {
    core.OPEN: _("open"),
    core.FILED: _("filed"),
    core.GRANTED: _("granted"),
    core.DENIED: _("denied"),
    core.NOT_AVAILABLE: _("not available"),
    core.UNEXAMINED: _("not examined by counsel"),
}
TONES = {
    core.OPEN: "warn",
    core.FILED: "warn",
    core.GRANTED: "ok",
    core.DENIED: "plain",
    core.NOT_AVAILABLE: "plain",
    core.UNEXAMINED: "stop",
}


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What somebody says about one remedy."""

    remedy_id: str
    state: str
    evidence: str = ""
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    document: Document | None = None


def register_of(child: Child) -> core.Register:
    """The whole register of a child, oldest entry first."""
    rows = RemedyEntry.objects.filter(child=child, voided_at__isnull=True).order_by("entered_at", "pk")
    return core.Register(str(child.pk), tuple(_entry(each) for each in rows))


def _entry(row: RemedyEntry) -> core.RemedyEntry:
    return core.RemedyEntry(
        case_id=str(row.child_id),
        remedy_id=row.remedy_id,
        state=row.state,
        author=row.author_name,
        author_role=row.author_role,
        on=row.on,
        facts=row.facts,
        evidence=row.evidence,
        reason=row.reason,
    )


def role_of_author(actor: Actor) -> str:
    """What the person is as an author: attorney, accredited representative, or another role of the office."""
    if actor.has(Role.ATTORNEY):
        kind = Counsel.objects.filter(user_id=actor.user_id).values_list("kind", flat=True).first()
        return kind if kind in core.COUNSEL_ROLES else str(Role.ATTORNEY)
    return next(iter(sorted(actor.roles)), "")


def record_entry(actor: Actor, child: Child, new: NewEntry) -> RemedyEntry:
    """Add an entry to the register, under the person's own name. Raises FieldsRefused, NotThere."""
    needs_recorder(actor, child)
    row = RemedyEntry(
        child=child,
        remedy_id=new.remedy_id,
        state=new.state,
        author_id=actor.user_id,
        author_name=name_of(actor),
        author_role=role_of_author(actor),
        on=today(),
        facts={name: value for name, value in new.facts.items() if value not in ("", None)},
        evidence=new.evidence.strip()[:300],
        reason=new.reason.strip()[:500],
        document=new.document,
    )
    if new.document is not None:
        doors.one(doors.documents(actor).filter(group_id=child.group_id), new.document.pk)
    with transaction.atomic():
        before = register_of(child)
        if _is_kept(row, before, child):
            same = RemedyEntry.objects.filter(child=child, remedy_id=row.remedy_id, on=row.on)
            return same.order_by("-entered_at").first() or row
        return save_new(row, actor=actor, act="remedy.entry")


def _is_kept(row: RemedyEntry, before: core.Register, child: Child) -> bool:
    """Whether the register holds this entry as its last word already. Raises FieldsRefused."""
    entry = _entry(row)
    try:
        core.record(before, entry)
    except core.UnknownRemedy:
        raise NotThere from None
    except NotEnoughRecorded:
        faults: dict[str, Any] = {}
        if row.state not in core.STATES:
            faults["state"] = _("Choose how it stands.")
        elif row.state == core.NOT_AVAILABLE:
            faults["reason"] = _("Only counsel says that a remedy is not available, with the reason.")
        else:
            faults["evidence"] = _("Say what shows it: a receipt, a decision, a paper.")
        raise FieldsRefused(faults) from None
    said = before.of(row.remedy_id)
    return bool(said) and said[-1] == entry


def statement_of(child: Child, *, language: str) -> tuple[StatementLine, ...]:
    """Every remedy of the table as it stands, none left out, each with its next date."""
    rows = Deadline.objects.filter(group_id=child.group_id, state="open", voided_at__isnull=True)
    own = [
        record_of(each)
        for each in rows
        if each.child_id in (None, child.pk) and not rules.has_passed(each.rule_id, each.day, on=today())
    ]
    return statement(register_of(child), table=core.remedy_table(), language=language, deadlines=own)


def digest_of(register: core.Register) -> str:
    """A digest over every entry: an approval binds to the register as it stood."""
    told = [
        [each.remedy_id, each.state, each.author, each.author_role, each.on.isoformat(), each.reason]
        for each in register.entries
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def screen(actor: Actor, child: Child, answers: Mapping[str, str], *, language: str) -> Screening:
    """Keep the answers to the questionnaire; nothing in the register changes. Raises FieldsRefused, NotThere."""
    works = doors.without_home(actor)
    if not works.has(*SCREENS):
        raise NotThere
    doors.one(doors.children(works), child.pk)
    try:
        proposals_for(answers)
    except screening.BadAnswer:
        raise FieldsRefused({"__all__": _("Answer with yes, no, or not known.")}) from None
    last = screenings_of(child).first()
    if last is not None and last.answers == dict(answers) and last.language == language:
        return last
    row = Screening(child=child, answers=dict(answers), language=language, on=today(), by_id=actor.user_id)
    return save_new(row, actor=actor, act="remedy.screening")


def screenings_of(child: Child) -> Any:
    """The screenings of a child, newest first."""
    rows = Screening.objects.filter(child=child, voided_at__isnull=True)
    return rows.select_related("by").order_by("-entered_at")


def proposals_for(answers: Mapping[str, str]) -> tuple[screening.Proposal, ...]:
    """What the answers propose, for every remedy; none is ever ruled out. Raises BadAnswer."""
    return screening.screened(answers, questions=screening.questionnaire(), table=core.remedy_table())
