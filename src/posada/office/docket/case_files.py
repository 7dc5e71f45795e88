"""The cases of sibling groups as the docket's core reads them: one for each child, one for the group's hearings.

Comes in: ids of groups. Goes out: `Case`s, in a number of queries that does not grow with the groups.
A child's birth and a group's hearings are events without a row of their own; what is merged or voided is a mistake
that starts nothing. A hearing that was over before the docket knew of it starts nothing either.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_case_files.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from posada.docket.events import Adjustment, CaseEvent, CaseFile
from posada.docket.refresh import DocketGap
from posada.office.docket import rules
from posada.office.docket.kept_deadlines import KeptDeadline, kept_of
from posada.office.docket.models import DocketAdjustment, DocketEvent
from posada.office.intake.models import Child, Hearing

HEARING_KINDS = {"master": "master_hearing", "individual": "individual_hearing"}
FILING_RULE = "eoir.individual_filing"
ARRIVAL_RULE, ARRIVAL = "asylum.one_year", "last_arrival"
UNSURE = (Child.BirthDateBasis.ESTIMATED, Child.BirthDateBasis.DISPUTED)


@dataclass(frozen=True)
class Case:
    """One case: of a child, or (`child_id` None) the hearings of its group. `rows`: deadline id → what is kept."""

    group_id: UUID
    child_id: UUID | None
    file: CaseFile
    rows: dict[str, KeptDeadline] = field(default_factory=dict)
    gaps: tuple[DocketGap, ...] = ()


def event_key(event: DocketEvent) -> str:
    """What deadlines call an event."""
    return event.pk.hex


def hearing_key(hearing: Hearing) -> str:
    """What deadlines call a hearing."""
    return f"hearing:{hearing.pk.hex}"


def cases_of(groups: Sequence[UUID], *, on: date, birth_rules: tuple[str, ...]) -> list[Case]:
    """Every case of some groups, with the deadlines kept so far. `on`: the office's day."""
    rows = _by(kept_of(groups), "child_id", "group_id")
    events = _by(DocketEvent.objects.filter(group__in=groups).select_related("by").order_by("entered_at"))
    moves = _by(
        DocketAdjustment.objects.filter(group__in=groups, voided_at__isnull=True).select_related("by")
    )
    found = []
    children = list(Child.objects.filter(group__in=groups).order_by("pk"))
    merged: dict[UUID, list[Child]] = defaultdict(list)
    for child in children:
        if child.merged_into_id:
            merged[child.merged_into_id].append(child)
    for child in children:
        if child.merged_into_id is None:
            made = list(_births(child, merged[child.pk], birth_rules))
            made += [_event(each, at_board=_is_at_board(events[child.pk])) for each in events[child.pk]]
            found.append(_case(child.group_id, child, made, moves[child.pk], rows[child.pk]))
    for group, hearings in _hearings(groups).items():
        kept = rows[group]
        known = {each.event_key for each in kept}
        wanted = [each for each in hearings if each.hearing_date >= on or hearing_key(each) in known]
        if wanted or kept:
            found.append(_group_case(group, wanted, kept, moves=moves[None], on=on))
    return found


def _case(
    group: UUID,
    child: Child,
    events: list[CaseEvent],
    moves: list[DocketAdjustment],
    rows: list[KeptDeadline],
) -> Case:
    case_id = str(child.pk)
    is_gone = child.voided_at is not None
    made = tuple(events) if not is_gone else tuple(_voided(each, child.voided_reason) for each in events)
    lacks = not is_gone and not any(each.name == ARRIVAL and each.is_live for each in events)
    gaps = (DocketGap(case_id, ARRIVAL_RULE, "", ARRIVAL),) if lacks else ()
    file = CaseFile(case_id, made, adjustments=tuple(_adjustment(each, case_id) for each in moves))
    return Case(group, child.pk, file, {each.record.deadline_id: each for each in rows}, gaps)


def _group_case(
    group: UUID, hearings: list[Hearing], rows: list[KeptDeadline], *, moves: list[DocketAdjustment], on: date
) -> Case:
    case_id = str(group)
    events = tuple(_hearing(each, case_id) for each in hearings)
    gaps = tuple(
        DocketGap(case_id, FILING_RULE, hearing_key(each), "hearing_kind")
        for each in hearings
        if each.voided_at is None and each.kind not in HEARING_KINDS and each.hearing_date >= on
    )
    own = tuple(_adjustment(each, case_id) for each in moves if each.group_id == group)
    file = CaseFile(case_id, events, adjustments=own)
    return Case(group, None, file, {each.record.deadline_id: each for each in rows}, gaps)


def _births(child: Child, merged: Iterable[Child], birth_rules: tuple[str, ...]) -> Iterator[CaseEvent]:
    if birth_rules:
        yield _birth(child, child, birth_rules)
    for other in merged:
        yield _birth(child, other, birth_rules, void_reason="merged")


def _birth(of: Child, child: Child, birth_rules: tuple[str, ...], void_reason: str = "") -> CaseEvent:
    latest = child.birth_date_latest if child.birth_date_basis in UNSURE else None
    return CaseEvent(
        event_id=f"birth:{child.pk.hex}",
        case_id=str(of.pk),
        name=rules.BIRTH,
        on=child.birth_date,
        earliest=min(child.birth_date, latest) if latest else None,
        recorded_on=child.entered_at.date(),
        recorded_by="intake",
        rules=birth_rules,
        void_reason=void_reason,
    )


def _is_at_board(rows: list[DocketEvent]) -> bool:
    """Whether an appeal is pending, so that the Board has to learn of a new address too."""
    live = [each for each in rows if each.voided_at is None]
    appeals = [each.on for each in live if each.name == "appeal_filed"]
    decided = [each.on for each in live if each.name in ("board_decision", "board_decision_mailed")]
    return bool(appeals) and (not decided or max(appeals) > max(decided))


def _event(row: DocketEvent, *, at_board: bool) -> CaseEvent:
    only = (rules.ADDRESS,) if row.name == "address_changed" and not at_board else tuple(row.rules)
    return CaseEvent(
        event_id=event_key(row),
        case_id=str(row.child_id),
        name=row.name,
        on=row.on,
        earliest=row.earliest,
        recorded_on=row.recorded_on,
        recorded_by=str(row.by) if row.by else "office",
        evidence=row.evidence,
        facts=row.facts,
        rules=only,
        replaces=row.replaces_id.hex if row.replaces_id else None,
        void_reason=(row.voided_reason or "voided") if row.voided_at else "",
    )


def _voided(event: CaseEvent, reason: str) -> CaseEvent:
    return event if event.void_reason else replace(event, void_reason=reason or "voided")


def _hearing(row: Hearing, case_id: str) -> CaseEvent:
    return CaseEvent(
        event_id=hearing_key(row),
        case_id=case_id,
        name=HEARING_KINDS.get(row.kind, "hearing_of_unknown_kind"),
        on=row.hearing_date,
        recorded_on=row.entered_at.date(),
        recorded_by="intake",
        void_reason=(row.voided_reason or "voided") if row.voided_at else "",
    )


def _adjustment(row: DocketAdjustment, case_id: str) -> Adjustment:
    return Adjustment(
        adjustment_id=row.pk.hex,
        case_id=case_id,
        rule_id=row.rule_id,
        event_id=row.event_key,
        kind=row.kind,
        authority=row.authority,
        evidence=row.evidence,
        recorded_by=str(row.by) if row.by else "office",
        recorded_on=row.recorded_on,
        days=row.days,
        start=row.start,
        end=row.end,
    )


def _hearings(groups: Sequence[UUID]) -> dict[UUID, list[Hearing]]:
    found: dict[UUID, list[Hearing]] = {each: [] for each in groups}
    for row in Hearing.objects.filter(group__in=groups).order_by("pk"):
        found[row.group_id].append(row)
    return found


def _by(rows: Any, first: str = "child_id", other: str = "") -> "defaultdict[Any, list[Any]]":
    """Rows by the id of their child; where they have none, by another id."""
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        key = getattr(row, first)
        found[key if key is not None or not other else getattr(row, other)].append(row)
    return found
