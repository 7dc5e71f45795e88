"""The only ways to a record: each takes the acting person, and what is not theirs is not there.

Sealed values pass through `open_sealed` alone, which writes who, whom and why into the log before it shows.
The doors of groups, children, homes and counsel all stand here, so that one file says who sees what.
Docs: docs/explanation/who-sees-what.md. Tests: tests/office/access/test_doors.py.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access import sealed
from posada.office.access.actor import Actor, actor_of
from posada.office.access.models import Approval, SealedValue
from posada.office.access.opening_pace import one_opening
from posada.office.access.roles import MAY_HOLD_WHOLE_PROGRAM, SEE_CHILDREN, Role
from posada.office.access.ties_today import engaged_groups, groups_that_live_with
from posada.office.access.two_persons import HOLDS_FOR
from posada.office.audit.chain import append
from posada.office.casefile.folded_names import same_person, telling_tokens
from posada.office.casefile.models import Document, Note, Wish
from posada.office.counsel.models import SEALED_OF_HOURS_OFFER, Counsel, HoursOffer
from posada.office.desk.models import Task
from posada.office.intake.models import SEALED_OF_CHILD, Child, SiblingGroup
from posada.office.licensing.models import SEALED_OF_ENQUIRY, SEALED_OF_HOME, Enquiry, Home
from posada.office.many_rows import write_rows
from posada.office.placement.models import CheckIn, Incident, Offer
from posada.office.refusals import KeyMissing, NotThere, Refusal

_Row = TypeVar("_Row", bound=models.Model)
READS_GROUPS = (Role.INTAKE_WORKER, Role.PLACEMENT_WORKER, Role.LEGAL_COORDINATOR)
READS_HOMES = (Role.LICENSING_WORKER, Role.PLACEMENT_WORKER)
SEALED_FIELDS = {
    "intake.child": SEALED_OF_CHILD,
    "licensing.home": SEALED_OF_HOME,
    "licensing.enquiry": SEALED_OF_ENQUIRY,
    "counsel.hoursoffer": SEALED_OF_HOURS_OFFER,
}
NARRATIVES = ("declaration", "filled_form", "packet")
"""Kinds of documents that tell what a child told: only engaged counsel and legal coordinators see them."""
LOOKED_UP = frozenset({"a_number", "phone", "email", "street", "unit", "postal_code"})
_SEALED = ("owner_kind", "owner_id", "field", "sealed", "key_number", "lookup", "changed_at")
OPENERS: dict[str, tuple[Role, ...]] = {
    "intake.child": (Role.INTAKE_WORKER, Role.PLACEMENT_WORKER, Role.LEGAL_COORDINATOR, Role.ATTORNEY),
    "licensing.home": (Role.LICENSING_WORKER, Role.PLACEMENT_WORKER),
    "licensing.enquiry": (Role.LICENSING_WORKER,),
    "counsel.hoursoffer": (Role.LEGAL_COORDINATOR,),
}
"""Roles that may open a sealed field of a record which their door shows them."""


def groups(actor: Actor) -> QuerySet[SiblingGroup]:
    """The sibling groups whose names and papers the person may see: by assignment, engagement, or own home."""
    standing = SiblingGroup.objects.filter(voided_at__isnull=True)
    if actor.sees_whole_program(*READS_GROUPS):
        return standing
    mine = Q(pk__in=actor.groups) if actor.has(*SEE_CHILDREN) else Q(pk__in=[])
    if actor.has(Role.ATTORNEY):
        mine |= Q(pk__in=engaged_groups(actor))
    if actor.has(Role.FOSTER_PARENT):
        mine |= Q(pk__in=groups_that_live_with(actor))
    return standing.filter(mine)


def in_groups(actor: Actor) -> Q:
    """That the `group` of a row is one of `groups`; who sees them all is asked of the few voided ones alone."""
    if actor.sees_whole_program(*READS_GROUPS):
        return Q(group__isnull=False) & ~Q(group__in=SiblingGroup.objects.filter(voided_at__isnull=False))
    return Q(group__in=groups(actor))


def children(actor: Actor) -> QuerySet[Child]:
    """The children whose names the person may see."""
    standing = Child.objects.filter(voided_at__isnull=True, merged_into__isnull=True)
    if actor.sees_whole_program(*READS_GROUPS):  # as below, without a list of all groups in each query
        return standing.filter(group__voided_at__isnull=True)
    return standing.filter(group__in=groups(actor))


def homes(actor: Actor) -> QuerySet[Home]:
    """The homes the person may see (never their addresses, which are sealed)."""
    standing = Home.objects.filter(voided_at__isnull=True)
    if actor.sees_whole_program(*READS_HOMES):
        return standing
    return standing.filter(pk__in=actor.homes)


def enquiries(actor: Actor) -> QuerySet[Enquiry]:
    """The enquiries the person may see: a licensing worker's."""
    standing = Enquiry.objects.filter(voided_at__isnull=True)
    return standing if actor.sees_whole_program(Role.LICENSING_WORKER) else standing.none()


def hours_offers(actor: Actor) -> QuerySet[HoursOffer]:
    """The offers of hours the person may see: a legal coordinator's."""
    standing = HoursOffer.objects.filter(voided_at__isnull=True)
    return standing if actor.sees_whole_program(Role.LEGAL_COORDINATOR) else standing.none()


def counsel(actor: Actor) -> QuerySet[Counsel]:
    """The counsel the person may see: all for the desk and for placement, oneself for an attorney."""
    standing = Counsel.objects.filter(voided_at__isnull=True)
    if actor.sees_whole_program(Role.LEGAL_COORDINATOR, Role.PLACEMENT_WORKER):
        return standing
    return standing.filter(user_id=actor.user_id) if actor.has(Role.ATTORNEY) else standing.none()


def offers(actor: Actor) -> QuerySet[Offer]:
    """The offers the person may see: of the groups one works on, and for a foster parent those of the own home."""
    return _of_group_or_home(actor, Offer.objects.filter(voided_at__isnull=True), Role.PLACEMENT_WORKER)


def check_ins(actor: Actor) -> QuerySet[CheckIn]:
    """The check-ins the person may see, as `offers`."""
    return _of_group_or_home(actor, CheckIn.objects.filter(voided_at__isnull=True), Role.PLACEMENT_WORKER)


def incidents(actor: Actor) -> QuerySet[Incident]:
    """The incidents the person may see: of the groups one works on; a home reads none."""
    standing = Incident.objects.filter(voided_at__isnull=True)
    if actor.sees_whole_program(Role.PLACEMENT_WORKER):
        return standing
    return standing.filter(group_id__in=actor.groups) if actor.has(Role.PLACEMENT_WORKER) else standing.none()


def tasks(actor: Actor) -> QuerySet[Task]:
    """The tasks in the person's queues, about what the person may see; what one has taken in a role one has."""
    standing = Task.objects.filter(voided_at__isnull=True)
    if actor.user_id is None:
        return standing.none()
    seen = Q(role__in=actor.whole_program) | Q(owner_id=actor.user_id, role__in=actor.roles)
    narrow = actor.roles - actor.whole_program
    if narrow:
        named = Q(group__isnull=False) | Q(home__isnull=False) | Q(counsel__isnull=False)
        about = Q(group__isnull=True) | Q(group__in=groups(actor).values("pk"))
        about &= Q(home__isnull=True) | Q(home__in=homes(actor).values("pk"))
        about &= Q(counsel__isnull=True) | Q(counsel__user_id=actor.user_id)
        free = narrow - MAY_HOLD_WHOLE_PROGRAM - {Role.FOSTER_PARENT, Role.ATTORNEY}
        seen |= Q(role__in=free) & about
        seen |= Q(role__in=narrow - free) & about & named
    return standing.filter(seen)


def documents(actor: Actor) -> QuerySet[Document]:
    """The documents the person may see: of the groups and homes one works on; a foster parent reads none.

    What a child told (`NARRATIVES`) opens to her counsel and legal coordinator alone, whatever else they are.
    """
    standing = Document.objects.filter(voided_at__isnull=True)
    if not actor.roles - {Role.ATTORNEY, Role.LEGAL_COORDINATOR}:
        return _papers(actor, standing)
    told = _papers(as_legal(actor), standing.filter(kind__in=NARRATIVES))
    return _papers(actor, standing.exclude(kind__in=NARRATIVES)) | told


def notes(actor: Actor) -> QuerySet[Note]:
    """The notes the person may see: of the groups and homes one works on, and one's own of whom one still sees."""
    standing = Note.objects.filter(voided_at__isnull=True)
    if actor.has(Role.FOSTER_PARENT):
        return _papers(actor, standing) | standing.filter(by_id=actor.user_id, child__in=children(actor))
    return _papers(actor, standing)


def wishes(actor: Actor) -> QuerySet[Wish]:
    """The wishes of the groups and homes that the person may see."""
    standing = Wish.objects.filter(voided_at__isnull=True)
    return standing.filter(Q(group__in=groups(actor)) | Q(home__in=homes(actor)))


def without_home(actor: Actor) -> Actor:
    """The person without the role of a foster parent: what that role alone opens is a smaller page."""
    if not actor.has(Role.FOSTER_PARENT):
        return actor
    roles = actor.roles - {Role.FOSTER_PARENT}
    works = roles.intersection(SEE_CHILDREN)
    return replace(actor, roles=roles, homes=frozenset(), groups=actor.groups if works else frozenset())


def as_legal(actor: Actor) -> Actor:
    """The person as counsel or legal coordinator only: what another role opens is not there."""
    legal = {Role.ATTORNEY, Role.LEGAL_COORDINATOR}
    roles, coordinates = actor.roles & legal, Role.LEGAL_COORDINATOR in actor.roles
    return replace(
        actor,
        roles=roles,
        whole_program=actor.whole_program & legal,
        groups=actor.groups if coordinates else frozenset(),
        homes=frozenset(),
    )


def _papers(actor: Actor, rows: "QuerySet[_Row]") -> "QuerySet[_Row]":
    works = without_home(actor)
    mine = Q(group__in=groups(works)) | Q(child__in=children(works))
    if actor.has(*READS_HOMES):
        mine |= Q(home__in=homes(actor))
    return rows.filter(mine)


def _of_group_or_home(actor: Actor, rows: QuerySet, role: Role) -> QuerySet:
    if actor.sees_whole_program(role):
        return rows
    mine = Q(pk__in=[])
    if actor.has(role):
        mine |= Q(group_id__in=actor.groups)
    if actor.has(Role.FOSTER_PARENT):
        mine |= Q(home_id__in=actor.homes)
    return rows.filter(mine)


def one(rows: "QuerySet[_Row]", pk: UUID | str) -> _Row:
    """The row with that id among those that a door shows. Raises NotThere."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


@dataclass(frozen=True, slots=True)
class Opened:
    """A sealed value that was opened for one person. Its repr shows nothing."""

    text: str

    def __repr__(self) -> str:
        return "Opened(…)"


class NoReason(Refusal):
    """A sealed field opens only for a reason."""

    code = "no_reason"


def open_sealed(
    actor: Actor, record: models.Model, field: str, *, reason: str, unseen: bool = False
) -> Opened:
    """Open one sealed field for a reason; the log has it before the person does.

    `unseen`: nobody is shown the value, such as the address on a message; it does not count as a look.
    The record must come from a door of this person. Raises NotThere where the role may not open it, NoReason,
    KeyMissing, and opening_pace.TooMany where somebody opens unusually many.
    """
    kind = record._meta.label_lower
    if actor.user_id is None or field not in SEALED_FIELDS.get(kind, ()) or not _may_open(actor, record):
        raise NotThere
    if len(reason.strip()) < 5:
        raise NoReason(_("Say in a few words why you need it."))
    with one_opening(actor, counts=not unseen):
        append(actor, "sealed.use" if unseen else "sealed.open", subject=record, detail={"field": field})
        _note_reading(actor, record, field, reason)
    return Opened(_read(kind, record.pk, field))


def seal_fields(record: models.Model, values: dict[str, str]) -> None:
    """Seal fields of a record (empty text takes the value away). The caller has the right to write the record."""
    seal_many(record._meta.label_lower, [(record.pk, values)])


def seal_many(kind: str, rows: Iterable[tuple[UUID, dict[str, str]]]) -> None:
    """Seal fields of many records of one kind. Shapes: (record id, field → text)."""
    fresh, gone, at = [], Q(pk__in=[]), timezone.now()
    for owner, values in rows:
        for field, text in values.items():
            if field not in SEALED_FIELDS[kind]:
                raise ValueError(field)
            if not text:
                gone |= Q(owner_kind=kind, owner_id=owner, field=field)
                continue
            hidden, number = sealed.seal(text, place=sealed.place_of(kind, owner, field))
            found = sealed.lookup_of(field, text) if field in LOOKED_UP else ""
            fresh.append((kind, owner, field, hidden, number, found, at))
    SealedValue.objects.filter(gone).delete()
    owners = list({owner for _, owner, *_ in fresh})
    parts, held = range(0, len(owners), 500), SealedValue.objects.filter(owner_kind=kind)
    if not any(held.filter(owner_id__in=owners[n : n + 500]).exists() for n in parts):
        write_rows(SealedValue, _SEALED, fresh)
        return
    SealedValue.objects.bulk_create(
        [SealedValue(**dict(zip(_SEALED, each, strict=True))) for each in fresh],
        batch_size=500,
        update_conflicts=True,
        unique_fields=_SEALED[:3],
        update_fields=_SEALED[3:],
    )


def has_sealed(record: models.Model) -> frozenset[str]:
    """Which sealed fields of a record are filled, without opening any."""
    rows = SealedValue.objects.filter(owner_kind=record._meta.label_lower, owner_id=record.pk)
    return frozenset(rows.values_list("field", flat=True))


def with_sealed(records: Sequence[models.Model], field: str) -> frozenset[UUID]:
    """Which of some records have a sealed field filled; none is opened."""
    rows = SealedValue.objects.filter(owner_id__in=[each.pk for each in records], field=field)
    return frozenset(rows.values_list("owner_id", flat=True))


def differing_sealed(kind: str, rows: Iterable[tuple[UUID, dict[str, str]]]) -> dict[UUID, dict[str, bool]]:
    """Which of these values differ from what is sealed now, empty ones passed over; nothing is shown.

    Shapes: (record id, field → text) in; record id → {field: whether something stands there} out. For whoever
    is about to seal the values, so that the same file twice writes nothing.
    """
    asked = {owner: {field: text for field, text in values.items() if text} for owner, values in rows}
    owners, found = list(asked), {owner: dict.fromkeys(values, False) for owner, values in asked.items()}
    for start in range(0, len(owners), 500):
        standing = SealedValue.objects.filter(owner_kind=kind, owner_id__in=owners[start : start + 500])
        for each in standing:
            if each.field not in asked[each.owner_id]:
                continue
            if _text_of(each) == asked[each.owner_id][each.field]:
                del found[each.owner_id][each.field]
            else:
                found[each.owner_id][each.field] = True
    return {owner: fields for owner, fields in found.items() if fields}


def same_sealed(kind: str, field: str, text: str) -> list[UUID]:
    """Records of a kind whose sealed field holds the same value, found by keyed hash; nothing is opened."""
    rows = SealedValue.objects.filter(owner_kind=kind, field=field, lookup=sealed.lookup_of(field, text))
    return list(rows.values_list("owner_id", flat=True))


def same_name(record: models.Model, kind: str, owners: Iterable[UUID]) -> list[UUID]:
    """Those owners of a kind whose sealed contact name may be the same person's, in any spelling; none is shown."""
    name = telling_tokens(_read(record._meta.label_lower, record.pk, "contact_name"))
    rows = SealedValue.objects.filter(owner_kind=kind, field="contact_name", owner_id__in=list(owners))
    theirs = rows if name else rows.none()
    return [each.owner_id for each in theirs if same_person(name, telling_tokens(_text_of(each)))]


def copy_sealed(source: models.Model, target: models.Model, *, only: Iterable[str] | None = None) -> None:
    """Take sealed fields over to another record that has fields of the same names; nobody sees them."""
    fields = SEALED_FIELDS[target._meta.label_lower] if only is None else tuple(only)
    texts = {field: _read(source._meta.label_lower, source.pk, field) for field in fields}
    seal_fields(target, {field: text for field, text in texts.items() if text})


def open_for_export(kind: str, used: Approval) -> Iterator[tuple[UUID, str, str]]:
    """Every sealed value of a kind: record id, field, text. Only for an export that two persons agreed to.

    `used`: the approval, used for this act within the hour, whose scope asks for sealed fields. Raises NotThere.
    """
    stands = Approval.objects.filter(
        pk=used.pk,
        act="export.program",
        scope__sealed=True,
        state=Approval.State.USED,
        answered_by__isnull=False,
    ).filter(used_at__gt=timezone.now() - HOLDS_FOR)
    if not stands.exists():
        raise NotThere
    append(actor_of(used.asked_by), "sealed.export", subject=used, detail={"kind": kind})
    rows = SealedValue.objects.filter(owner_kind=kind).order_by("pk")
    for each in rows.iterator(chunk_size=2_000):
        yield each.owner_id, each.field, _text_of(each)


def _may_open(actor: Actor, record: models.Model) -> bool:
    kind = record._meta.label_lower
    seen = {"intake.child": children, "licensing.home": homes, "licensing.enquiry": enquiries}
    rows: QuerySet = seen[kind](actor) if kind in seen else hours_offers(actor)
    return actor.has(*OPENERS.get(kind, ())) and rows.filter(pk=record.pk).exists()


def _read(kind: str, owner: UUID, field: str) -> str:
    row = SealedValue.objects.filter(owner_kind=kind, owner_id=owner, field=field).first()
    return _text_of(row) if row is not None else ""


def _text_of(row: SealedValue) -> str:
    place = sealed.place_of(row.owner_kind, row.owner_id, row.field)
    try:
        return sealed.unseal(bytes(row.sealed), number=row.key_number, place=place)
    except sealed.CannotOpen:
        raise KeyMissing from None


def _note_reading(actor: Actor, record: models.Model, field: str, reason: str) -> None:
    from posada.office.audit.models import Revision

    Revision.objects.create(
        record_kind=record._meta.label_lower,
        record_id=record.pk,
        version=getattr(record, "version", 0),
        at=timezone.now(),
        by_id=actor.user_id,
        act="sealed.open",
        reason=reason.strip()[:500],
        changed={field: ["sealed", "opened"]},
    )
