"""A packet as its page shows it: what is missing first, then the exhibits, then what the check found.

Comes in: the acting person and a packet from a door. Goes out: one frozen record, in a number of queries that does
not grow with the exhibits.
Docs: docs/how-to/build-a-packet-in-the-office.md. Tests: tests/office/packets/test_packet_shown.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.casefile.models import Document
from posada.office.day import today
from posada.office.docket import closing
from posada.office.docket.agenda import deadline_line
from posada.office.docket.hearings import ShownHearing, shown
from posada.office.packets import packet_folder, selectors
from posada.office.packets.models import Build, Exhibit, Packet
from posada.office.packets.packet_words import (
    FAILURES,
    FORUMS,
    METHODS,
    STATES,
    STEPS,
    reason_words,
    rule_words,
)
from posada.office.packets.selectors import Changes, Gap
from posada.packets.filing_date import Timeliness
from posada.packets.packet import Forum
from posada.packets.tabs import tab_letters

GIVEN_UP = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Row:
    """One exhibit with its tab. `gaps`: what it lacks; `problem`: why the last building could not use it."""

    exhibit: Exhibit
    tab: str
    is_first: bool
    is_last: bool
    gaps: tuple[Any, ...]
    has_changed: bool


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an exhibit could not be used, in one line."""

    tab: str
    title: str
    exhibit: Exhibit | None
    page: int | None
    reason: Any
    is_english: bool


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of the check with what was found."""

    rule: str
    title: Any
    holds: bool | None
    page: int | None
    citation: str
    message: str


@dataclass(frozen=True, slots=True)
class ShownPacket:
    """Everything on the page."""

    packet: Packet
    state: tuple[str, Any]
    state_code: str
    forum: Any
    method: Any
    hearing: ShownHearing | None
    line: Any  # the date it serves
    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    changes: Changes
    timely: Timeliness
    build: Build | None  # the newest
    standing: Build | None  # the newest that came to its end
    running: bool
    step: Any
    failure: Any
    troubles: tuple[Trouble, ...]
    broken: tuple[Check, ...]
    to_look: tuple[Check, ...]
    holding: tuple[Check, ...]
    files: tuple[Document, ...]

    @property
    def may_change(self) -> bool:
        """Whether it was not filed."""
        return self.packet.filed_on is None

    @property
    def missing(self) -> int:
        """How many things stand in the way."""
        return len(self.gaps) + len(self.troubles) + len(self.broken)

    @property
    def can_be_built(self) -> bool:
        """Whether the button would do something."""
        return self.may_change and not self.gaps and not self.running

    @property
    def can_be_filed(self) -> bool:
        """Whether there is a building that is what would be built now."""
        return (
            self.may_change and self.standing is not None and not self.changes.is_stale and not self.running
        )


def shown_packet(actor: Actor, packet: Packet) -> ShownPacket:
    """The page of a packet that came from a door of this person."""
    rows = selectors.exhibits_of(packet)
    build, standing = selectors.last_build(packet), selectors.standing_build(packet)
    if packet.filed_build_id is not None:
        standing = packet.filed_build
    changes = selectors.changes_since(packet, rows, standing)
    gaps = _gaps(packet, rows)
    code = selectors.state_of(packet, changes=changes, build=standing)
    checks = [] if standing is None else [_check(each) for each in standing.findings]
    heard = shown([packet.hearing]) if packet.hearing else []
    return ShownPacket(
        packet=packet,
        state=STATES[code],
        state_code=code,
        forum=FORUMS[Forum(packet.forum)],
        method=METHODS.get(packet.service_method, packet.service_method),
        hearing=heard[0] if heard else None,
        line=_line(actor, packet),
        rows=tuple(_rows(rows, gaps, changes)),
        gaps=tuple(gaps),
        changes=changes,
        timely=selectors.timeliness_of(packet, on=today()),
        build=build,
        standing=standing,
        running=is_running(build),
        step=STEPS.get(build.step if build else "", STEPS[""]),
        failure=_failure(build),
        troubles=tuple(_troubles(build, rows)),
        broken=tuple(each for each in checks if each.holds is False),
        to_look=tuple(each for each in checks if each.holds is None),
        holding=tuple(each for each in checks if each.holds),
        files=tuple(_files(actor, standing)),
    )


def is_running(build: Build | None) -> bool:
    """Whether a building waits or runs, and has not been silent for so long that nobody does it any more."""
    return (
        build is not None and build.state in selectors.RUNNING and timezone.now() - build.noted_at < GIVEN_UP
    )


def _gaps(packet: Packet, rows: Sequence[Exhibit]) -> list[Gap]:
    if packet.filed_on is not None:
        return []
    return selectors.gaps_of(packet, rows, without_number=packet_folder.without_number(packet))


def _rows(rows: Sequence[Exhibit], gaps: Iterable[Gap], changes: Changes) -> Iterable[Row]:
    lacking: dict[Any, list[Any]] = {}
    for gap in gaps:
        if gap.exhibit is not None:
            lacking.setdefault(gap.exhibit.pk, []).append(gap.words)
    for place, each in enumerate(rows):
        tab = tab_letters(place)
        told = tuple(lacking.get(each.pk, ()))
        yield Row(each, tab, place == 0, place == len(rows) - 1, told, tab in changes.tabs)


def _failure(build: Build | None) -> Any:
    if build is None:
        return None
    if build.state in selectors.RUNNING and not is_running(build):
        return FAILURES["worker_died"]
    return FAILURES.get(build.failure, FAILURES["unexpected"]) if build.state == Build.State.FAILED else None


def _troubles(build: Build | None, rows: Sequence[Exhibit]) -> Iterable[Trouble]:
    """What the newest building could not use, by the exhibit as it is called now."""
    if build is None or build.state != Build.State.FAILED:
        return
    places = {str(each.pk): (tab_letters(place), each) for place, each in enumerate(rows)}
    for told in build.problems:
        tab, exhibit = places.get(told["exhibit"], (told["tab"], None))
        title = exhibit.title if exhibit else ""
        reason = reason_words(told["reason"])
        yield Trouble(tab, title, exhibit, told["page"], reason, reason == told["reason"])


def _check(told: dict[str, Any]) -> Check:
    return Check(
        told["rule"], rule_words(told["rule"]), told["holds"], told["page"], told["citation"], told["message"]
    )


def _files(actor: Actor, build: Build | None) -> list[Document]:
    if build is None:
        return []
    found = {str(each.pk): each for each in doors.documents(actor).filter(pk__in=build.files)}
    return [found[pk] for pk in build.files if pk in found]


def _line(actor: Actor, packet: Packet) -> Any:
    if packet.deadline_id is None:
        return None
    rows = closing.deadlines(actor).filter(pk=packet.deadline_id).select_related("child", "group", "proof")
    row = rows.first()
    return deadline_line(row, on=today()) if row is not None else None
