"""Changing a packet: its facts, its exhibits and their order, and that it was filed.

Comes in: the acting person, rows from a door, and the version that was seen. Goes out: kept rows. A packet that was
filed is never changed: another is made. Filing meets the deadline that the packet serves, in the same transaction.
Docs: docs/how-to/build-a-packet-in-the-office.md. Tests: tests/office/packets/test_services.py.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.audit.history import save_change, save_new, void
from posada.office.casefile.models import Document
from posada.office.day import today
from posada.office.docket import closing
from posada.office.docket.models import Deadline
from posada.office.intake.models import Child
from posada.office.packets import selectors
from posada.office.packets.models import Exhibit, Packet
from posada.office.packets.selectors import WORKS_ON_PACKETS, exhibits_of, papers_of
from posada.office.refusals import FieldsRefused, NotThere, Refusal
from posada.packets.packet import Forum
from posada.programme.codes import is_language

FILER = ("name", "eoir_id", "firm", "street", "city", "phone", "email")
UP, DOWN, FIRST, LAST = "up", "down", "first", "last"
MOST_EXHIBITS = 200


class FiledAlready(Refusal):
    """What was filed stands as it was filed."""

    code = "filed_already"
    status = 409


@dataclass(frozen=True, slots=True)
class Filed:
    """That it was filed: the day, what proves it, and the paper that shows it."""

    on: date
    words: str
    proof: Document | None = None


def new_packet(actor: Actor, child: Child, values: Mapping[str, Any]) -> Packet:
    """A new packet of a child. Raises FieldsRefused, NotThere."""
    doors.one(doors.children(_works(actor)), child.pk)
    packet = Packet(child=child, group=child.group, by_id=actor.user_id, **values)
    _can_be(packet)
    return save_new(packet, actor=actor, act="packet.new")


def change_packet(actor: Actor, packet: Packet, *, version: int, changes: Mapping[str, Any]) -> Packet:
    """Change the facts of a packet. Raises FieldsRefused, FiledAlready, SomebodySavedFirst, NotThere."""
    _open(actor, packet)
    wanted = copy(packet)
    for name, value in changes.items():
        setattr(wanted, name, value)
    _can_be(wanted)
    kept = {_column(name): _plain(value) for name, value in changes.items()}
    return save_change(packet, version=version, changes=kept, actor=actor, act="packet.change")


def filer_of(actor: Actor) -> dict[str, str]:
    """What the person gave as filer last time, or what the office knows: a proposal for a form."""
    last = Packet.objects.filter(by_id=actor.user_id, voided_at__isnull=True).order_by("-entered_at").first()
    if last is not None:
        return {f"filer_{name}": getattr(last, f"filer_{name}") for name in FILER}
    user = actor.user
    counsel = getattr(user, "counsel", None) if user else None
    firm = counsel.organisation if counsel else ""
    return {
        "filer_name": str(user) if user else "",
        "filer_firm": firm,
        "filer_email": user.email if user else "",
    }


def add_exhibits(actor: Actor, packet: Packet, papers: Iterable[Document]) -> list[Exhibit]:
    """Put papers of the file behind tabs, after those that stand; one that stands already stays where it is.

    Raises FieldsRefused, FiledAlready, NotThere.
    """
    _open(actor, packet)
    made: list[Exhibit] = []
    with transaction.atomic():
        standing = set(packet.exhibits.filter(voided_at__isnull=True).values_list("document_id", flat=True))
        for paper in papers:
            doors.one(papers_of(actor, packet), paper.pk)
            if paper.pk in standing:
                continue
            if len(standing) >= MOST_EXHIBITS:
                raise FieldsRefused({"papers": _("A packet holds 200 exhibits here. Make another packet.")})
            row = Exhibit(packet=packet, document=paper, title=paper.title, language=language_of(paper))
            standing.add(paper.pk)
            try:
                with transaction.atomic():
                    made.append(save_new(row, actor=actor, act="packet.exhibit"))
            except IntegrityError:
                continue  # somebody else put it there in the same moment
    return made


def language_of(paper: Document) -> str:
    """The language of a paper as packets write it; English where nothing is known."""
    return paper.language if is_language(paper.language) else selectors.ENGLISH


def change_exhibit(actor: Actor, exhibit: Exhibit, *, version: int, changes: Mapping[str, Any]) -> Exhibit:
    """Change the facts of an exhibit. Raises FieldsRefused, FiledAlready, SomebodySavedFirst, NotThere."""
    _open(actor, exhibit.packet)
    language = changes.get("language", exhibit.language)
    if not is_language(language):
        raise FieldsRefused({"language": _("A code of three letters such as eng, spa or mam is wanted.")})
    translation = changes.get("translation", exhibit.translation)
    if translation is not None:
        doors.one(papers_of(actor, exhibit.packet), translation.pk)
        if translation.pk == exhibit.document_id:
            raise FieldsRefused({"translation": _("The paper itself can’t be its translation.")})
    kept = {_column(name): _plain(value) for name, value in changes.items()}
    return save_change(exhibit, version=version, changes=kept, actor=actor, act="packet.exhibit")


def move_exhibit(actor: Actor, exhibit: Exhibit, *, version: int, where: str) -> Packet:
    """Move an exhibit one place up or down, or to an end. `version`: of the packet. Raises as `change_packet`."""
    packet = exhibit.packet
    _open(actor, packet)
    order = [str(each.pk) for each in exhibits_of(packet)]
    at = order.index(str(exhibit.pk))
    places = {UP: max(at - 1, 0), DOWN: at + 1, FIRST: 0, LAST: len(order)}
    if where not in places:
        raise Refusal(_("Say where it goes."), code="no_place")
    order.insert(places[where], order.pop(at))
    return save_change(packet, version=version, changes={"order": order}, actor=actor, act="packet.order")


def take_out(actor: Actor, exhibit: Exhibit, *, version: int) -> None:
    """Take an exhibit out of the packet; its paper stays in the file. Raises as `change_exhibit`."""
    _open(actor, exhibit.packet)
    void(exhibit, version=version, actor=actor, reason="taken out of the packet")


def mark_filed(actor: Actor, packet: Packet, filed: Filed, *, version: int) -> Packet:
    """It was filed on a day, and this proves it; the deadline that it serves is met by it.

    Raises FieldsRefused, Refusal (nothing was built, or it changed since), FiledAlready, NotThere.
    """
    _open(actor, packet)
    build = selectors.standing_build(packet)
    if build is None:
        raise Refusal(_("Nothing was built yet, so nothing can have been filed from here."), code="not_built")
    if selectors.changes_since(packet, exhibits_of(packet), build).is_stale:
        raise Refusal(_("The packet changed since it was built. Build it again first."), code="stale")
    if not filed.words.strip():
        raise FieldsRefused({"words": _("Say what proves it: a receipt, a stamped copy, a portal entry.")})
    if filed.on > today():
        raise FieldsRefused({"on": _("This day is still to come. Write it down when it has happened.")})
    if filed.proof is not None:
        doors.one(doors.documents(actor).filter(group_id=packet.group_id), filed.proof.pk)
    changes = {
        "filed_on": filed.on,
        "filed_words": filed.words.strip()[:300],
        "filed_proof_id": filed.proof.pk if filed.proof else None,
        "filed_build_id": build.pk,
    }
    with transaction.atomic():
        saved = save_change(packet, version=version, changes=changes, actor=actor, act="packet.filed")
        _meet(actor, packet, filed)
    return saved


def _meet(actor: Actor, packet: Packet, filed: Filed) -> None:
    if packet.deadline_id is None:
        return
    deadline = doors.one(closing.deadlines(actor), packet.deadline_id)
    if deadline.state == Deadline.State.OPEN:
        closing.meet(
            actor, deadline, version=deadline.version, on=filed.on, proof=filed.words, document=filed.proof
        )


def void_packet(actor: Actor, packet: Packet, *, version: int, reason: str) -> None:
    """Take a packet out that was a mistake. Raises FiledAlready, Refusal without a reason, NotThere."""
    _open(actor, packet)
    void(packet, version=version, actor=actor, reason=reason)


def _works(actor: Actor) -> Actor:
    works = doors.without_home(actor)
    if not works.has(*WORKS_ON_PACKETS):
        raise NotThere
    return works


def _open(actor: Actor, packet: Packet) -> None:
    standing = doors.one(selectors.packets(_works(actor)), packet.pk)
    if standing.filed_on is not None:
        raise FiledAlready(_("This packet was filed and stands as it was. Make a new one."))


def _can_be(packet: Packet) -> None:
    faults: dict[str, Any] = {}
    if packet.forum not in set(Forum):
        faults["forum"] = _("Choose where it goes.")
    if not packet.title.strip():
        faults["title"] = _("Give the title of the filing.")
    if packet.hearing is not None and packet.hearing.group_id != packet.group_id:
        faults["hearing"] = _("Choose a hearing of this case.")
    deadline = packet.deadline
    if deadline is not None and not (
        deadline.group_id == packet.group_id and deadline.child_id in (None, packet.child_id)
    ):
        faults["deadline"] = _("Choose a date of this case.")
    if faults:
        raise FieldsRefused(faults)


def _column(name: str) -> str:
    return f"{name}_id" if name in ("hearing", "deadline", "translation") else name


def _plain(value: Any) -> Any:
    return value.pk if hasattr(value, "pk") else value
