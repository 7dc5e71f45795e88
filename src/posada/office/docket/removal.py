"""Removal as an outcome: refused while anything stands in the way, and then only by two human beings.

Comes in: who asks, who answers, and a child from a door. Goes out: obstacles, an approval, a kept outcome.
What is approved is the register as it stood: one entry more, and it has to be asked for again.
Docs: docs/reference/remedies.md. Tests: tests/office/docket/test_removal.py.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from posada.docket import removal as core
from posada.docket.remedies import remedy_table
from posada.docket.stays import stays_of_removal
from posada.office.access import doors, two_persons
from posada.office.access.actor import Actor
from posada.office.access.models import Approval
from posada.office.audit.chain import append
from posada.office.audit.history import save_new
from posada.office.day import today
from posada.office.docket import rules
from posada.office.docket.case_files import cases_of
from posada.office.docket.event_kinds import title_of
from posada.office.docket.events import needs_recorder
from posada.office.docket.models import CaseOutcome
from posada.office.docket.register import digest_of, register_of
from posada.office.intake.models import Child
from posada.office.refusals import FieldsRefused, NotThere, Refusal
from posada.rulebook.rule import RuleGap

ACT = "removal.outcome"
_ABOUT_SECOND = ("no_second_person",)


class StandsInTheWay(Refusal):
    """Removal cannot be recorded; `obstacles` says everything that stands in the way, in words."""

    code = "stands_in_the_way"

    def __init__(self, obstacles: tuple[core.Obstacle, ...], *, language: str) -> None:
        super().__init__(_("Removal cannot be recorded while a remedy stands."))
        self.obstacles = [in_words(each, language=language) for each in obstacles]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked to be recorded. `explained_*`: who told the child the result, in which language, when."""

    on: date
    reason: str
    explained_language: str
    explained_by: str
    explained_on: date


def obstacles(
    child: Child, asked: Asked | None, *, approval: Approval | None = None
) -> tuple[core.Obstacle, ...]:
    """Everything that stands in the way now, that a second person is missing included."""
    register = register_of(child)
    cases = cases_of([child.group_id], on=today(), birth_rules=rules.of_birth())
    case = next(each for each in cases if each.child_id == child.pk)
    records = [
        row.record for each in cases if each.child_id in (None, child.pk) for row in each.rows.values()
    ]
    own = [_own(each, child) for each in records if not rules.has_passed(each.rule_id, each.day, on=today())]
    try:
        stays = stays_of_removal(case.file, book=rules.book(), as_of=today())
    except RuleGap:
        stays = ()
    return core.stands_in_the_way(
        register, _core(child, asked, approval), table=remedy_table(), deadlines=own, stays=stays
    )


def _own(record: Any, child: Child) -> Any:
    return replace(record, case_id=str(child.pk))  # a date of the group's hearing is the child's too


def _core(child: Child, asked: Asked | None, approval: Approval | None) -> core.RemovalAsked:
    told = None
    if asked is not None and asked.explained_by.strip():
        told = core.Explained(asked.explained_language, asked.explained_by, asked.explained_on)
    answered = approval.answered_by if approval else None
    return core.RemovalAsked(
        asked_by=approval.asked_by.person_key if approval else "asker",
        asked_on=today(),
        agreed_by=answered.person_key if answered else None,
        agreed_on=today() if answered else None,
        explained=told,
        child_language=child.languages[0] if child.languages else None,
    )


def in_words(obstacle: core.Obstacle, *, language: str) -> str:
    """One thing that stands in the way, a rule by its short name."""
    told = replace(obstacle, subject=title_of(obstacle.subject)) if "." in obstacle.subject else obstacle
    return core.obstacle_in_words(told, table=remedy_table(), language=language)


def ask(actor: Actor, child: Child, asked: Asked, *, language: str) -> Approval:
    """Ask a second person. Raises StandsInTheWay with everything that does, FieldsRefused, NotThere.

    A refused attempt leaves an entry in the log: who tried, and how much stood in the way.
    """
    needs_recorder(actor, child)
    _can_be(asked)
    found = tuple(each for each in obstacles(child, asked) if each.code not in _ABOUT_SECOND)
    if found:
        detail = {"obstacles": len(found), "codes": sorted({each.code for each in found})}
        append(actor, "removal.refused", subject=child, detail=detail)
        raise StandsInTheWay(found, language=language)
    return two_persons.ask(actor, ACT, scope=_scope(child, asked), reason=asked.reason)


def answer(actor: Actor, child: Child, approval: Approval, *, approve: bool, reason: str) -> Approval:
    """Agree or refuse, as another human being than who asked. Raises NotYours, Expired, NotThere."""
    needs_recorder(actor, child)
    if approval.act != ACT or approval.scope.get("child") != str(child.pk):
        raise NotThere
    return two_persons.answer(actor, approval.pk, approve=approve, reason=reason)


def record(actor: Actor, child: Child, asked: Asked, approval_id: UUID, *, language: str) -> CaseOutcome:
    """Record the outcome that a second person agreed to. Raises StandsInTheWay, Expired, NotYours, NotThere."""
    needs_recorder(actor, child)
    with transaction.atomic():
        approval = two_persons.use(actor, approval_id, ACT, scope=_scope(child, asked))
        found = obstacles(child, asked, approval=approval)
        if found:
            raise StandsInTheWay(found, language=language)
        outcome = CaseOutcome(
            child=child,
            kind=CaseOutcome.Kind.REMOVAL,
            on=asked.on,
            reason=asked.reason.strip()[:500],
            approval=approval,
            explained_language=asked.explained_language,
            explained_by=asked.explained_by.strip()[:160],
            explained_on=asked.explained_on,
            register_digest=digest_of(register_of(child)),
            by_id=actor.user_id,
        )
        try:
            with transaction.atomic():
                return save_new(outcome, actor=actor, act="outcome.removal")
        except IntegrityError:
            raise Refusal(_("An outcome is recorded already."), code="outcome_twice") from None


def pending(child: Child) -> Approval | None:
    """The newest request about a child that is asked or approved, and neither used nor refused."""
    rows = Approval.objects.filter(act=ACT, scope__child=str(child.pk), state__in=("asked", "approved"))
    return rows.select_related("asked_by", "answered_by").order_by("-asked_at").first()


def asked_in(approval: Approval) -> Asked:
    """What an approval was asked for, as it stands in its scope."""
    scope = approval.scope
    return Asked(
        on=date.fromisoformat(scope["on"]),
        reason=approval.reason,
        explained_language=scope["explained_language"],
        explained_by=scope["explained_by"],
        explained_on=date.fromisoformat(scope["explained_on"]),
    )


def outcome_of(child: Child) -> CaseOutcome | None:
    """The outcome of a child's case."""
    return CaseOutcome.objects.filter(child=child, voided_at__isnull=True).select_related("by").first()


def _scope(child: Child, asked: Asked) -> dict[str, Any]:
    return {
        "child": str(child.pk),
        "register": digest_of(register_of(child)),
        "on": asked.on.isoformat(),
        "explained_language": asked.explained_language,
        "explained_by": asked.explained_by.strip()[:160],
        "explained_on": asked.explained_on.isoformat(),
    }


def _can_be(asked: Asked) -> None:
    faults: dict[str, Any] = {}
    for name in ("on", "explained_on"):
        if getattr(asked, name) > today():
            faults[name] = _("This day is still to come. Write it down when it has happened.")
    if len(asked.reason.strip()) < 5:
        faults["reason"] = _("Say in a few words why.")
    if faults:
        raise FieldsRefused(faults)


def one_approval(actor: Actor, pk: UUID) -> tuple[Approval, Child]:
    """A request of this act about a child whom the person may see. Raises NotThere."""
    approval = Approval.objects.select_related("asked_by", "answered_by").filter(pk=pk, act=ACT).first()
    if approval is None:
        raise NotThere
    works = doors.without_home(actor)
    rows = doors.children(works).select_related("group")
    return approval, doors.one(rows, approval.scope["child"])
