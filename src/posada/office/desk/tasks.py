"""Tasks: opened by what happens, once for each cause; taken, put to rest, and done by people.

Comes in: an actor and what must be done, as a code with values (no names). Goes out: rows of `Task`.
Every task stands in the queue of a role, so that none is ever nobody's. Other rooms open theirs here too, and
put their kinds into words in a `task_words.py` of their own.
Docs: docs/explanation/tasks-and-digests.md. Tests: tests/office/desk/test_tasks.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.audit.history import save_change, save_new
from posada.office.audit.models import Revision
from posada.office.desk.models import Task
from posada.office.refusals import NotThere, Refusal

if TYPE_CHECKING:
    from posada.office.access.actor import Actor
    from posada.office.counsel.models import Counsel
    from posada.office.intake.models import SiblingGroup
    from posada.office.licensing.models import Home


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task that should stand. `once_key`: names its cause; the same cause never opens a second task.

    `again`: a cause may come back after its task was done (a mail that bounces once more).
    """

    kind: str
    role: Role
    group: "SiblingGroup | None" = None
    home: "Home | None" = None
    counsel: "Counsel | None" = None
    owner: User | None = None
    due_on: date | None = None
    values: dict[str, Any] = field(default_factory=dict)
    once_key: str = ""
    again: bool = False

    def as_task(self) -> Task:
        """The row, not yet written."""
        return Task(
            kind=self.kind,
            role=self.role,
            group=self.group,
            home=self.home,
            counsel=self.counsel,
            owner=self.owner,
            due_on=self.due_on,
            values=self.values,
            once_key=self.once_key,
        )


def open_task(actor: "Actor", wanted: Wanted) -> Task:
    """Open a task, or find the one that the same cause opened before. Call it in the transaction of the cause."""
    found = _opened_before(wanted)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return save_new(wanted.as_task(), actor=actor, act="task.open")
    except IntegrityError:
        found = _opened_before(wanted)
        if found is None:
            raise
        return found


def open_many(actor: "Actor", wanted: Sequence[Wanted]) -> int:
    """Open many tasks with one entry in the log; causes that have a task are left out. Returns how many."""
    keys = [each.once_key for each in wanted if each.once_key]
    known: set[str] = set()
    for start in range(0, len(keys), 500):
        some = Task.objects.filter(once_key__in=keys[start : start + 500])
        known |= set(some.values_list("once_key", flat=True))
    by_key = {each.once_key or id(each): each for each in wanted if each.once_key not in known}
    fresh = [each.as_task() for each in by_key.values()]
    if not fresh:
        return 0
    with transaction.atomic():
        Task.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
        now = timezone.now()
        Revision.objects.bulk_create(
            [
                Revision(
                    record_kind="desk.task",
                    record_id=each.pk,
                    version=1,
                    at=now,
                    by_id=actor.user_id,
                    act="task.open",
                    changed={"kind": [None, each.kind], "role": [None, each.role]},
                )
                for each in fresh
            ],
            batch_size=500,
        )
        append(actor, "task.open_many", detail={"count": len(fresh)})
    return len(fresh)


def _opened_before(wanted: Wanted) -> Task | None:
    if not wanted.once_key:
        return None
    same = Task.objects.filter(once_key=wanted.once_key, voided_at__isnull=True)
    if wanted.again:
        same = same.filter(done_at__isnull=True)
    return same.order_by("-entered_at").first()


def take(actor: "Actor", task: Task, *, version: int) -> Task:
    """Make a task one's own. The task came through the door of this person."""
    _needs_person(actor)
    _needs_open(task)
    return save_change(
        task, version=version, changes={"owner_id": actor.user_id}, actor=actor, act="task.take"
    )


def acknowledge(actor: "Actor", task: Task, *, version: int) -> Task:
    """Say that it is known: it stays in the list, and the daily digest no longer tells of it."""
    _needs_person(actor)
    _needs_open(task)
    changes = {"acknowledged_at": timezone.now()}
    return save_change(task, version=version, changes=changes, actor=actor, act="task.acknowledge")


def finish(actor: "Actor", task: Task, *, version: int, outcome: str = "done") -> Task:
    """Say that it is done, with a coded or short outcome (at most 60 letters). Raises Refusal if it is already."""
    if task.done_at is not None and task.done_by_id == actor.user_id:
        return task
    _needs_open(task)
    changes = {"done_at": timezone.now(), "done_by_id": actor.user_id, "outcome": outcome[:60]}
    return save_change(task, version=version, changes=changes, actor=actor, act="task.done")


def finish_cause(actor: "Actor", once_key: str, *, outcome: str = "done") -> None:
    """Close the task of a cause that is no more (an offer that was answered by phone after all)."""
    for task in Task.objects.filter(once_key=once_key, done_at__isnull=True, voided_at__isnull=True):
        finish(actor, task, version=task.version, outcome=outcome)


def owned_by(user: User) -> "QuerySet[Task]":
    """What a person has taken and not done: it must have a new owner, or none, before the account goes off."""
    return Task.objects.filter(owner=user, done_at__isnull=True, voided_at__isnull=True)


def give_back(actor: "Actor", user: User, *, to: User | None = None) -> int:
    """Put a person's open tasks back into their queues, or hand them to another. Returns how many."""
    given = 0
    for task in owned_by(user):
        save_change(
            task,
            version=task.version,
            changes={"owner_id": to.pk if to else None, "acknowledged_at": None},
            actor=actor,
            act="task.give",
        )
        given += 1
    return given


def _needs_person(actor: "Actor") -> None:
    if actor.user_id is None:
        raise NotThere


def _needs_open(task: Task) -> None:
    if task.done_at is not None:
        raise Refusal(_("Somebody has done this already."), code="task_done")
