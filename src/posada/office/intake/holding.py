"""Refused rows that hold something back: they fail closed, and let go when the row comes again and is taken.

Comes in: `Brought` and what is new in it. Goes out: `Hold` records, and the mark on groups and homes that follows
from them. A hold that no file mends is lifted by a person, with a reason.
Docs: docs/how-to/load-arrivals.md. Tests: tests/office/intake/test_holding.py.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access.actor import Actor
from posada.office.audit.chain import append
from posada.office.audit.history import save_change
from posada.office.intake.bulk import add_all, batches, change_all
from posada.office.intake.differences import Compared
from posada.office.intake.models import Child, Hold, SiblingGroup
from posada.office.intake.reading import Brought
from posada.office.intake.records import Places, look_up
from posada.office.licensing.models import Home
from posada.office.program import note_change
from posada.office.refusals import Refusal
from posada.programme import holds as folder_holds
from posada.programme.holds import INCOMPLETE_GROUP, INCOMPLETE_SEPARATION

_GROUPS, _HOMES = "groups", "homes"


class Cause(NamedTuple):
    """Why something is held. `kind`: groups or homes; `names`: the child that the row was about, if it says so."""

    kind: str
    folder_id: str
    reason: str
    file: str
    names: str


def causes(brought: Brought) -> Iterator[Cause]:
    """Each refused row of the files that holds a group or a home, once for each that it holds."""
    for group, reason, file, bad in folder_holds._causes(brought.readings):
        names = bad.cells.get("child_id", "").strip() if reason == INCOMPLETE_GROUP and not bad.stray else ""
        yield Cause(_GROUPS, group, reason, file, _text(names)[:80])
    for file, bad in folder_holds._protective(brought.readings):
        named = folder_holds._readings_of(bad.cells.get("home_id", ""))
        named |= set(folder_holds._named(bad)) if bad.stray else set()
        for home in sorted(named & brought.closed):
            yield Cause(_HOMES, home, INCOMPLETE_SEPARATION, file, "")


def _text(names: str) -> str:
    """A child's id as every database takes it: what is no text, or NUL, becomes a mark."""
    return names.encode("utf-8", "replace").decode().replace("\x00", "\N{REPLACEMENT CHARACTER}")


@transaction.atomic
def settle(
    brought: Brought, compared: Mapping[str, Compared], *, places: Places, actor: Actor
) -> tuple[int, int]:
    """Write the holds of this import and end those that it mends. Returns (fresh ones, ended ones)."""
    ended = _end_mended(brought, compared, actor=actor)
    wanted = Counter(causes(brought))
    look_up(places, _HOMES, brought.closed)
    standing = _standing(places)
    fresh = []
    for cause, count in wanted.items():
        owner = getattr(places, cause.kind).get(cause.folder_id)
        if owner is None:
            continue
        here = standing[(owner, cause.file, cause.names, cause.reason)]
        fresh += [_hold(cause, owner) for _ in range(count - here)]
    add_all(fresh, actor=actor, act="hold.set")
    if fresh or ended:
        mark(actor=actor)
    return len(fresh), ended


def mark(*, actor: Actor) -> None:
    """Bring the mark on every group and home into line with the holds that stand."""
    holds = Hold.objects.filter(lifted_at__isnull=True, voided_at__isnull=True)
    for model, owner in ((SiblingGroup, "group_id"), (Home, "home_id")):
        found: dict[UUID, str] = {}
        for pk, reason in holds.filter(**{f"{owner}__isnull": False}).values_list(owner, "reason"):
            found[pk] = min(reason, found.get(pk, reason))
        marked = dict(model._base_manager.exclude(held_reason="").values_list("pk", "held_reason"))
        differ = sorted(pk for pk in {*found, *marked} if found.get(pk, "") != marked.get(pk, ""))
        for batch in batches(differ, size=500):
            versions = dict(model._base_manager.filter(pk__in=batch).values_list("pk", "version"))
            told = (
                (pk, versions[pk], {"held_reason": marked.get(pk, "")}, {"held_reason": found.get(pk, "")})
                for pk in batch
            )
            change_all(model, told, actor=actor, act="hold.mark")


def lift(hold: Hold, *, version: int, actor: Actor, reason: str) -> None:
    """End a hold by a person's word. Raises Refusal without a reason, SomebodySavedFirst."""
    if len(reason.strip()) < 5:
        raise Refusal(_("Say in a few words why it may be lifted."), code="no_reason")
    with transaction.atomic():
        changes = {
            "lifted_at": timezone.now(),
            "lifted_by_id": actor.user_id,
            "lifted_reason": reason.strip()[:300],
        }
        save_change(hold, version=version, changes=changes, actor=actor, act="hold.lift", reason=reason)
        mark(actor=actor)
        note_change()


def _hold(cause: Cause, owner: UUID) -> Hold:
    owned = {"group_id": owner} if cause.kind == _GROUPS else {"home_id": owner}
    return Hold(file=cause.file, names=cause.names, reason=cause.reason, **owned)


def _standing(places: Places) -> "Counter[tuple[Any, ...]]":
    rows = Hold.objects.filter(lifted_at__isnull=True, voided_at__isnull=True)
    told = rows.values_list("group_id", "home_id", "file", "names", "reason")
    return Counter((group or home, file, names, reason) for group, home, file, names, reason in told)


def _end_mended(brought: Brought, compared: Mapping[str, Compared], *, actor: Actor) -> int:
    """End holds whose row has come again and was taken: a child's by its id, another's by what it names."""
    holds = Hold.objects.filter(lifted_at__isnull=True, voided_at__isnull=True, file__in=list(compared))
    told = list(holds.select_related("group", "home").order_by("pk"))
    if not told:
        return 0
    accepted = {row.child_id for _, row in brought.readings["children.csv"].good}  # type: ignore[union-attr]
    named = {file: _named(each) for file, each in compared.items()}
    mended = []
    for hold in told:
        if hold.names:
            if hold.names in accepted:
                mended.append(hold)
            continue
        owner = hold.group.sibling_group_id if hold.group else hold.home.home_id if hold.home else ""
        if named[hold.file][owner] > 0:
            named[hold.file][owner] -= 1
            mended.append(hold)
    again = Counter((each.folder_id, each.file, each.names) for each in causes(brought))
    kept = []
    for hold in mended:
        owner = hold.group.sibling_group_id if hold.group else hold.home.home_id if hold.home else ""
        if again[(owner, hold.file, hold.names)] == 0:
            kept.append(hold)
    now = timezone.now()
    Hold.objects.filter(pk__in=[each.pk for each in kept]).update(
        lifted_at=now, lifted_by_id=actor.user_id, lifted_reason="mended", version=F("version") + 1
    )
    if kept:
        append(actor, "hold.mended", detail={"count": len(kept)})
    return len(kept)


def _named(compared: Compared) -> "Counter[str]":
    """How many rows that were new here name each group, each home, and the group of each child."""
    found: Counter[str] = Counter()
    records = [record for _, record in compared.new] + [each.record for each in compared.changed]
    for record in records:
        columns = ("sibling_group_id", "other_group_id", "home_id")
        found.update(name for column in columns if (name := getattr(record, column, None)) is not None)
    if compared.shape.file == "placements.csv":
        for batch in batches([record.child_id for record in records], size=500):
            rows = Child.objects.filter(child_id__in=batch)
            found.update(rows.values_list("group__sibling_group_id", flat=True))
    return found
