"""What a person may see of packets, and what a packet lacks before it can be built.

Comes in: the acting person, whose doors bound every row. Goes out: packets, exhibits in order, gaps by name.
Docs: docs/how-to/build-a-packet-in-the-office.md. Tests: tests/office/packets/test_selectors.py.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.casefile.models import Document, WrittenName
from posada.office.intake.models import Child, Court
from posada.office.packets.models import Build, Exhibit, Packet
from posada.packets.filing_date import Timeliness, timeliness
from posada.packets.packet import Forum, HearingKind
from posada.packets.tabs import tab_letters
from posada.reference.table import rows as table_rows

WORKS_ON_PACKETS = (Role.ATTORNEY, Role.LEGAL_COORDINATOR)
"""Roles that make packets, of the children whom their door shows."""
ENGLISH = "eng"
COVER = "cover"
_LETTERS = str.maketrans("0123456789", "ghijkmnpqr")
RUNNING = (Build.State.QUEUED, Build.State.BUILDING)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing. `exhibit`: whose it is; None: the packet's own. `words`: a sentence."""

    words: Any
    exhibit: Exhibit | None = None
    tab: str = ""


def packets(actor: Actor) -> "QuerySet[Packet]":
    """The packets the person may see: of the children one works for as counsel or coordinator."""
    works = doors.without_home(actor)
    standing = Packet.objects.filter(voided_at__isnull=True)
    return (
        standing.filter(child__in=doors.children(works)) if works.has(*WORKS_ON_PACKETS) else standing.none()
    )


def listed(actor: Actor) -> "QuerySet[Packet]":
    """The same for a list: with `tabs`, how many exhibits, and `built_at`, when it was built last."""
    done = Build.objects.filter(packet=OuterRef("pk"), state=Build.State.DONE).order_by("-number")
    return (
        packets(actor)
        .select_related("child")
        .annotate(
            tabs=Count("exhibits", filter=Q(exhibits__voided_at__isnull=True)),
            built_at=Subquery(done.values("ended_at")[:1]),
        )
    )


def listed_state(row: Any) -> str:
    """A code of packet_words.STATES for a row of `listed`; whether it changed since, its own page says."""
    return "filed" if row.filed_on else "built" if row.built_at else "draft"


def exhibits(actor: Actor) -> "QuerySet[Exhibit]":
    """The exhibits of those packets."""
    return Exhibit.objects.filter(voided_at__isnull=True, packet__in=packets(actor))


def papers_of(actor: Actor, packet: Packet) -> "QuerySet[Document]":
    """The papers of the case that may stand behind a tab, newest first."""
    rows = doors.documents(actor).filter(group_id=packet.group_id, home__isnull=True)
    return rows.exclude(kind="packet").order_by("-entered_at", "pk")


def exhibits_of(packet: Packet) -> list[Exhibit]:
    """The exhibits of a packet in the order of their tabs."""
    rows = list(packet.exhibits.filter(voided_at__isnull=True).select_related("document", "translation"))
    places = {pk: place for place, pk in enumerate(packet.order)}
    return sorted(
        rows, key=lambda each: (places.get(str(each.pk), len(places)), each.entered_at, str(each.pk))
    )


def respondents_of(packet: Packet) -> list[Child]:
    """Whom the cover names: the child, and in joined cases every brother and sister."""
    rows = Child.objects.filter(voided_at__isnull=True, merged_into__isnull=True)
    if not packet.with_siblings:
        return [packet.child]
    others = rows.filter(group_id=packet.group_id).exclude(pk=packet.child_id)
    return [packet.child, *others.order_by("birth_date", "child_id")]


def court_names(children: Sequence[Child]) -> dict[UUID, str]:
    """Exactly as the immigration court writes each child's name; as the office has it, where that is not known."""
    rows = WrittenName.objects.filter(child__in=children, authority="court", voided_at__isnull=True)
    written = dict(rows.order_by("-pk").values_list("child_id", "name"))
    return {child.pk: written.get(child.pk) or child.name for child in children}


def last_build(packet: Packet) -> Build | None:
    """The newest building."""
    return packet.builds.select_related("asked_by").order_by("-number").first()


def standing_build(packet: Packet) -> Build | None:
    """The newest building that came to its end."""
    return packet.builds.filter(state=Build.State.DONE).order_by("-number").first()


def inputs_of(packet: Packet, rows: Sequence[Exhibit]) -> dict[str, str]:
    """What goes into a packet, as digests: id of each exhibit, the cover, and the order of the tabs."""
    return {
        COVER: _digest(_cover(packet)),
        "order": _digest([str(each.pk) for each in rows]),
        **{str(each.pk): _digest(_exhibit(each)) for each in rows},
    }


@dataclass(frozen=True, slots=True)
class Changes:
    """What is not as it was built. `tabs`: of exhibits that changed or are new; `gone`: how many were taken out."""

    tabs: tuple[str, ...] = ()
    gone: int = 0
    cover: bool = False
    order: bool = False

    @property
    def is_stale(self) -> bool:
        """Whether the built packet is not what would be built now."""
        return bool(self.tabs or self.gone or self.cover or self.order)


def changes_since(packet: Packet, rows: Sequence[Exhibit], build: Build | None) -> Changes:
    """What changed since a building; nothing where there is none, or where the packet was filed."""
    if build is None or packet.filed_on is not None:
        return Changes()
    now, then = inputs_of(packet, rows), build.inputs
    tabs = tuple(
        tab_letters(place)
        for place, each in enumerate(rows)
        if now[str(each.pk)] != then.get(str(each.pk)) or each.document.voided_at is not None
    )
    gone = sum(1 for key in then if key not in now)
    moved = now["order"] != then.get("order") and not tabs and not gone
    return Changes(tabs, gone, now[COVER] != then.get(COVER), moved)


def state_of(packet: Packet, *, changes: Changes, build: Build | None) -> str:
    """A code of packet_words.STATES."""
    if packet.filed_on is not None:
        return "filed"
    if build is None:
        return "draft"
    return "stale" if changes.is_stale else "built"


def gaps_of(packet: Packet, rows: Sequence[Exhibit], *, without_number: Sequence[Child] = ()) -> list[Gap]:
    """What has to be there before the packet can be built, the packet's own first.

    `without_number`: children of the cover whose A-number is not recorded.
    """
    forum = Forum(packet.forum)
    found = [Gap(_("No exhibit stands in it yet."))] if not rows else []
    wanted: tuple[tuple[bool, Any], ...] = (
        (forum in (Forum.IMMIGRATION_COURT, Forum.STATE_COURT) and not packet.court, _("Name the court.")),
        (packet.filing_date is None, _("Give the day on which it is filed.")),
        (not packet.filer_name, _("Name who files it.")),
        (not (packet.filer_street or packet.filer_city), _("Give the address of who files it.")),
        (not packet.filer_phone, _("Give the telephone of who files it.")),
    )
    found += [Gap(words) for lacks, words in wanted if lacks]
    if forum.wants_service and not (packet.service_method and packet.service_on and packet.service_date):
        found.append(Gap(_("Say on whom, how and when the other side is served.")))
    if forum.is_removal:
        for child in without_number:
            words = _("The A-number of %(child)s is not recorded.") % {"child": child.child_id}
            found.append(Gap(words))
    for place, each in enumerate(rows):
        found += [Gap(words, each, tab_letters(place)) for words in _lacks(each)]
    return found


def _lacks(exhibit: Exhibit) -> list[Any]:
    found: list[Any] = []
    if exhibit.document.voided_at is not None:
        found.append(_("its paper was taken out of the file as a mistake"))
    if exhibit.language == ENGLISH:
        return found
    if exhibit.translation is None:
        found.append(_("it has no English translation"))
    elif exhibit.translation.voided_at is not None:
        found.append(_("its translation was taken out of the file as a mistake"))
    if not (exhibit.translator_name and exhibit.translator_address and exhibit.translator_phone):
        found.append(_("no translator with address and telephone is named who certifies its translation"))
    else:
        codes = languages_of(exhibit)
        if ENGLISH not in codes or exhibit.language not in codes:
            found.append(_("its translator is not said to know both languages"))
    return found


def languages_of(exhibit: Exhibit) -> list[str]:
    """The translator's languages."""
    return [
        each.strip() for each in exhibit.translator_languages.replace(",", ";").split(";") if each.strip()
    ]


def timeliness_of(packet: Packet, *, on: date) -> Timeliness:
    """Whether the filing date, or the day `on` where none is given, is in time for the hearing."""
    hearing = packet.hearing
    kinds = {each.value: each for each in HearingKind}
    named = None if hearing is None else kinds.get(hearing.kind)
    pair = (named, hearing.hearing_date) if hearing is not None and named is not None else None
    return timeliness(
        forum=Forum(packet.forum),
        detained=packet.is_detained,
        filing_date=packet.filing_date or on,
        hearing=pair,
    )


def opaque(pk: UUID) -> str:
    """Twelve letters of an id, for names of files: no run of digits in them can look like an A-number."""
    return pk.hex[:12].translate(_LETTERS)


def place_of(court_code: str) -> str:
    """City and state of a court, for the cover; its code where the table has none."""
    found = Court.objects.filter(court_code=court_code).first()
    if found is None:
        return court_code
    names = {row["state"]: row["state_name"] for row in table_rows("state_population_2014")}
    state = names.get(found.state, found.state)
    return ", ".join(filter(None, (found.city or found.name, state)))


def _cover(packet: Packet) -> list[Any]:
    names = [
        *("forum", "court", "title", "is_detained", "with_siblings", "judge", "filing_date"),
        *("filer_name", "filer_eoir_id", "filer_firm", "filer_street", "filer_city", "filer_phone"),
        *("filer_email", "service_method", "service_on", "service_date", "service_address"),
    ]
    hearing = packet.hearing
    heard = [hearing.hearing_date, hearing.hearing_time, hearing.kind] if hearing else None
    named = respondents_of(packet)
    written = court_names(named)
    return [
        *(getattr(packet, name) for name in names),
        heard,
        [written[child.pk] for child in named],
    ]


def _exhibit(row: Exhibit) -> list[Any]:
    names = ("title", "language", "translator_name", "translator_address", "translator_phone")
    translated = row.translation.digest if row.translation else None
    return [row.document.digest, translated, languages_of(row), *(getattr(row, name) for name in names)]


def _digest(told: Any) -> str:
    return hashlib.sha256(json.dumps(told, default=str, ensure_ascii=False).encode()).hexdigest()
