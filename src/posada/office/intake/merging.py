"""Two records of one child made one, and taken apart again: everything moves, nothing is deleted.

Comes in: the record that stays and the one that goes into it. Goes out: a `Merge` that remembers each record that
moved, so that `undo` puts back exactly those. What both records fill stays as the kept one has it.
Docs: docs/how-to/load-arrivals.md. Tests: tests/office/intake/test_merging.py.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.audit.history import save_change, save_new
from posada.office.casefile.search import index_names
from posada.office.counsel.rechecks import recheck_for
from posada.office.intake.bulk import change_all
from posada.office.intake.holding import mark
from posada.office.intake.models import Child, Merge, NameKey, PossibleDuplicate, SiblingGroup
from posada.office.kept import Kept
from posada.office.placement.models import PlannedGroup
from posada.office.program import note_change
from posada.office.refusals import Refusal, SomebodySavedFirst

FILLED = ("given_name", "family_name", "understands_spanish", "country", "arrived_on", "location_fips")
LISTS = ("languages", "needs")
NOT_MOVED = (NameKey, Merge, PossibleDuplicate, PlannedGroup)
"""Keys of the search are made anew; merges, pairs and plans of the past say what was."""
_ONE_ONLY = _("Both have a home, an open offer or counsel, and there can be only one. End one of them first.")


class CannotMerge(Refusal):
    """Both records have something that one child can have once only."""

    code = "cannot_merge"
    status = 409


def merge(actor: Actor, kept: Child, merged: Child, *, kept_version: int, merged_version: int) -> Merge:
    """Make two records one. Raises CannotMerge, SomebodySavedFirst; then nothing is written."""
    _check(kept, merged)
    with transaction.atomic():
        changes = {"merged_into_id": kept.pk}
        save_change(merged, version=merged_version, changes=changes, actor=actor, act="child.merge")
        moved = _move(merged, kept, actor=actor, act="child.merge")
        if merged.group_id != kept.group_id and not _others(merged.group, merged):
            moved += move_group(merged.group, kept.group, actor=actor, act="child.merge")
        fresh = {
            name: getattr(merged, name)
            for name in (*FILLED, *LISTS)
            if not getattr(kept, name) and getattr(merged, name)
        }
        sealed = sorted(doors.has_sealed(merged) - doors.has_sealed(kept))
        doors.copy_sealed(merged, kept, only=sealed)
        done = save_change(kept, version=kept_version, changes=fresh, actor=actor, act="child.merge")
        if done.version == kept_version and kept_version != Child.objects.get(pk=kept.pk).version:
            raise SomebodySavedFirst(theirs={}, yours={}, version=done.version)
        told = {"moved": moved, "filled": _plain(kept, fresh), "sealed": sealed}
        found = save_new(
            Merge(kept=kept, merged=merged, moved=told, by_id=actor.user_id), actor=actor, act="child.merge"
        )
        index_names([done])
        mark(actor=actor)
        pairs = PossibleDuplicate.objects.filter(one__in=(kept, merged), other__in=(kept, merged))
        pairs.update(verdict="merged", judged_by_id=actor.user_id)
        recheck_for(actor, done.group)
        note_change()
    return found


def undo(actor: Actor, done: Merge, *, version: int) -> Merge:
    """Take two records apart: what moved goes back, if it still stands where the merge put it."""
    with transaction.atomic():
        changes = {"undone_at": timezone.now()}
        found = save_change(done, version=version, changes=changes, actor=actor, act="child.unmerge")
        for label, field, pk, before in done.moved.get("moved", []):
            model = apps.get_model(label)
            after = _target(done, field, model)
            row = model._base_manager.filter(pk=pk, **{field: after}).first()
            if row is not None:
                _set(row, field, before, actor=actor, act="child.unmerge")
        kept, merged = Child.objects.get(pk=done.kept_id), Child.objects.get(pk=done.merged_id)
        filled = done.moved.get("filled", {})
        back = {name: was for name, (was, put) in filled.items() if as_text(getattr(kept, name)) == put}
        kept = save_change(kept, version=kept.version, changes=back, actor=actor, act="child.unmerge")
        doors.seal_fields(kept, dict.fromkeys(done.moved.get("sealed", []), ""))
        apart = {"merged_into_id": None}
        merged = save_change(merged, version=merged.version, changes=apart, actor=actor, act="child.unmerge")
        index_names([kept, merged])
        mark(actor=actor)
        pairs = PossibleDuplicate.objects.filter(one__in=(kept, merged), other__in=(kept, merged))
        pairs.update(verdict="two", judged_by_id=actor.user_id)
        for group in {kept.group, merged.group}:
            recheck_for(actor, group)
        note_change()
    return found


@transaction.atomic
def move_group(source: SiblingGroup, target: SiblingGroup, *, actor: Actor, act: str) -> list[list[str]]:
    """Everything that stands on one group to another; what the target has already stays where it was."""
    return _move(source, target, actor=actor, act=act, leave_out=(Child,))


def as_text(value: Any) -> Any:
    """A value as a merge remembers it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _move(
    source: Any, target: Any, *, actor: Actor, act: str, leave_out: tuple[type[Model], ...] = ()
) -> list[list[str]]:
    """Shapes: [model label, field, id, what it pointed to] of each record that moved."""
    moved = []
    for model, field in _pointing_to(type(source)):
        if model in leave_out:
            continue
        for row in model._base_manager.filter(**{field: source.pk}).order_by("pk"):
            try:
                with transaction.atomic():
                    _set(row, field, target.pk, actor=actor, act=act)
            except IntegrityError:
                if _stands(row) and model._meta.label_lower != "intake.kinlink":
                    raise CannotMerge(_ONE_ONLY) from None
                continue
            moved.append([model._meta.label_lower, field, str(row.pk), str(source.pk)])
    return moved


def _pointing_to(target: type[Model]) -> Iterator[tuple[type[Model], str]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            points = isinstance(field, ForeignKey) and field.related_model is target
            if points and model not in NOT_MOVED and field.name != "merged_into":
                yield model, field.attname


def _set(row: Any, field: str, pk: Any, *, actor: Actor, act: str) -> None:
    before = {field: getattr(row, field)}
    version = row.version if isinstance(row, Kept) else 0
    change_all(type(row), [(row.pk, version, before, {field: pk})], actor=actor, act=act)


def _target(done: Merge, field: str, model: type[Model]) -> Any:
    """What the merge made a field point to: the kept child, or its group."""
    points = next(each for each in model._meta.concrete_fields if each.attname == field)
    return done.kept_id if points.related_model is Child else Child.objects.get(pk=done.kept_id).group_id


def _check(kept: Child, merged: Child) -> None:
    if (
        kept.pk == merged.pk
        or kept.merged_into_id
        or merged.merged_into_id
        or kept.voided_at
        or merged.voided_at
    ):
        raise CannotMerge(_("These two records can’t be merged: one of them no longer stands."))
    living = [
        each.placements.filter(to_date__isnull=True, voided_at__isnull=True).exists()
        for each in (kept, merged)
    ]
    if all(living):
        raise CannotMerge(_("Both records live in a home. End or void one of the placements first."))


def _others(group: SiblingGroup, child: Child) -> bool:
    standing = group.children.filter(voided_at__isnull=True, merged_into__isnull=True)
    return standing.exclude(pk=child.pk).exists()


def _stands(row: Any) -> bool:
    return getattr(row, "voided_at", None) is None


def _plain(kept: Child, fresh: dict[str, Any]) -> dict[str, list[Any]]:
    return {name: [as_text(getattr(kept, name)), as_text(value)] for name, value in fresh.items()}
