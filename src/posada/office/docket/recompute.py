"""Computes the deadlines of cases again: new ones are added, moved ones keep what they were, none is ever lost.

Comes in: groups, and who acts. Goes out: rows of `Deadline` and `DateGap`; how many were added, moved, closed.
Saving, importing or computing again changes nothing. Call `recompute` in the transaction of what changed.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_recompute.py.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from posada.docket import deadlines as core
from posada.docket.answers import Answers
from posada.docket.refresh import DocketGap, Refreshed, refresh
from posada.office.access.actor import Actor, machine
from posada.office.audit.chain import append
from posada.office.audit.models import Revision
from posada.office.day import today
from posada.office.docket import rules
from posada.office.docket.case_files import Case, cases_of
from posada.office.docket.kept_deadlines import WRITTEN, KeptDeadline, values_of
from posada.office.docket.models import DateGap, Deadline
from posada.office.docket.sign_offs import signed_book
from posada.office.intake.models import Child, Hearing, SiblingGroup
from posada.office.many_rows import write_rows

AT_ONCE = 400
"""Groups of one transaction, when all are computed."""
MOST_MISSING = 200
LAST_TURN = "docket:last_turn"
FRESH = (
    *("id", "version", "entered_at", "changed_at", "voided_reason", "steps_done"),
    *("deadline_id", "group_id", "child_id", "rule_id", "event_key", "occurrence"),
)
"""Columns of a new deadline beside those that a computation may write again."""
SLACK = timedelta(minutes=2)
"""Transactions that began before a turn and end after it are seen by the next."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """How many deadlines are new, moved, and closed by an event; how many dates could not be computed."""

    added: int = 0
    moved: int = 0
    closed: int = 0
    gaps: int = 0

    def __add__(self, other: "Recomputed") -> "Recomputed":
        return Recomputed(
            self.added + other.added,
            self.moved + other.moved,
            self.closed + other.closed,
            self.gaps + other.gaps,
        )


@dataclass
class _Work:
    """What one computation has to write."""

    fresh: list[tuple[Case, core.Deadline]] = field(default_factory=list)
    changed: list[tuple[KeptDeadline, core.Deadline]] = field(default_factory=list)
    gaps: list[DateGap] = field(default_factory=list)


def recompute(
    actor: Actor, groups: Iterable[UUID], *, because: str, answers: Answers | None = None
) -> Recomputed:
    """Compute every deadline of some groups as known today, in one transaction. `because`: a code for the log."""
    wanted = sorted(set(groups))
    if not wanted:
        return Recomputed()
    says = answers or Answers(signed_book(), as_of=today())
    with transaction.atomic():
        cases = cases_of(wanted, on=says.as_of, birth_rules=rules.of_birth())
        work, done = _Work(), Recomputed()
        for case in cases:
            done += _refresh(case, work, says=says)
        _write(actor, work, groups=wanted, because=because, done=done)
    return done


def recompute_all(
    *, actor: Actor | None = None, told: Callable[[int, int], None] | None = None
) -> Recomputed:
    """Compute every deadline of the program again; interrupted, it goes on where nothing is lost."""
    who = actor or machine("the docket of each day")
    ids = list(SiblingGroup.objects.order_by("pk").values_list("pk", flat=True))
    says = Answers(signed_book(), as_of=today())
    done = Recomputed()
    for start in range(0, len(ids), AT_ONCE):
        done += recompute(who, ids[start : start + AT_ONCE], because="all", answers=says)
        if told is not None:
            told(min(start + AT_ONCE, len(ids)), len(ids))
    return done


def recompute_changed() -> Recomputed:
    """Compute again the cases whose children or hearings were changed since the last turn, by an import too.

    The moment of the last turn is kept in the cache; without it everything is computed, which changes nothing.
    """
    now, since = timezone.now(), cache.get(LAST_TURN)
    if since is None:
        done = recompute_all()
    else:
        changed = {
            *Child.objects.filter(changed_at__gte=since).values_list("group_id", flat=True),
            *Hearing.objects.filter(changed_at__gte=since).values_list("group_id", flat=True),
        }
        ids, done = sorted(changed), Recomputed()
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            done += recompute(machine("the docket of each minute"), some, because="changed")
    cache.set(LAST_TURN, now - SLACK, timeout=None)
    return done


def _refresh(case: Case, work: _Work, *, says: Answers) -> Recomputed:
    kept = (each.record for each in case.rows.values())
    found: Refreshed = refresh(case.file, kept, book=says.book, as_of=says.as_of, answers=says)
    for record in found.deadlines:
        row = case.rows.get(record.deadline_id)
        if row is None:
            work.fresh.append((case, record))
        elif record is not row.record:
            work.changed.append((row, record))
    gaps = [*found.gaps, *case.gaps]
    work.gaps += [_gap_row(case, each) for each in gaps]
    return Recomputed(len(found.added), len(found.moved), len(found.closed), len(gaps))


def _gap_row(case: Case, gap: DocketGap) -> DateGap:
    return DateGap(
        group_id=case.group_id,
        child_id=case.child_id,
        rule_id=gap.rule_id,
        event_key=gap.event_id,
        missing=gap.why[:MOST_MISSING],
    )


def _write(actor: Actor, work: _Work, *, groups: Sequence[UUID], because: str, done: Recomputed) -> None:
    _write_gaps(work.gaps, groups=groups)
    if not work.fresh and not work.changed:
        return
    now = timezone.now()
    write_rows(Deadline, (*FRESH, *WRITTEN), _fresh_rows(work.fresh, at=now), where_new=True)
    rows = Deadline.objects.in_bulk([kept.pk for kept, _ in work.changed])
    revisions = []
    for kept, record in work.changed:
        row = rows[kept.pk]
        values = values_of(record, practice=rules.practice(), done=row.steps_done)
        before = {name: getattr(row, name) for name in values}
        written = Deadline.objects.filter(pk=kept.pk, version=kept.version).update(
            **values, version=kept.version + 1, changed_at=now
        )
        if written:  # somebody who closed it in this moment comes first; the next computation sees both
            revisions.append(_revision(actor, row, before, values, because=because, at=now))
    Revision.objects.bulk_create(revisions, batch_size=500)
    detail = {"because": because, "added": done.added, "moved": done.moved, "closed": done.closed}
    if len(groups) == 1:
        detail["group"] = str(groups[0])
    append(actor, "docket.recompute", detail=detail)


def _fresh_rows(fresh: Iterable[tuple[Case, core.Deadline]], *, at: datetime) -> Iterator[tuple[object, ...]]:
    """Values of the columns FRESH and WRITTEN of new deadlines."""
    practice = rules.practice()
    for case, record in fresh:
        values = values_of(record, practice=practice, done={})
        yield (
            *(uuid4(), 1, at, at, "", {}),
            *(record.deadline_id, case.group_id, case.child_id),
            *(record.rule_id, record.event_id, record.occurrence),
            *(values[name] for name in WRITTEN),
        )


def _write_gaps(gaps: list[DateGap], *, groups: Sequence[UUID]) -> None:
    """The gaps that there are now instead of those before; the same gaps are not written again."""
    columns = ("group_id", "child_id", "rule_id", "event_key", "missing")
    standing = DateGap.objects.filter(group__in=groups)
    wanted = {tuple(getattr(each, name) for name in columns): each for each in gaps}
    kept: set[tuple[object, ...]] = set()
    gone = []
    for pk, *key in standing.values_list("pk", *columns):
        found = tuple(key)
        if found not in wanted or found in kept:  # twice, where two computed at the same moment
            gone.append(pk)
        kept.add(found)
    if gone:
        DateGap.objects.filter(pk__in=gone).delete()
    fresh = [each for key, each in wanted.items() if key not in kept]
    DateGap.objects.bulk_create(fresh, batch_size=500)


def _revision(
    actor: Actor, row: Deadline, before: dict, after: dict, *, because: str, at: object
) -> Revision:
    changed = {
        name: [_told(before[name]), _told(after[name])]
        for name in WRITTEN
        if name != "before" and before[name] != after[name]
    }
    return Revision(
        record_kind="docket.deadline",
        record_id=row.pk,
        version=row.version + 1,
        at=at,
        by_id=actor.user_id,
        act="docket.recompute",
        reason=because,
        changed=changed,
    )


def _told(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value
