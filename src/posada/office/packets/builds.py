"""Building a packet in the background: asked for by a person, done by the worker, its findings kept.

Comes in: a packet. Goes out: a `Build` with the PDF in the child's file, or with the reason why there is none. The
papers lie open in one folder for the time of the building, which is removed whatever happens; what a killed worker
left there the next one removes.
Docs: docs/how-to/build-a-packet-in-the-office.md. Tests: tests/office/packets/test_builds.py.
"""

import hashlib
import logging
import re
import shutil
import tempfile
import uuid
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from posada.office.access import doors
from posada.office.access.actor import Actor, actor_of, machine
from posada.office.audit.chain import append
from posada.office.casefile.documents import keep_made
from posada.office.casefile.vault import FileUnreadable
from posada.office.day import today
from posada.office.packets import packet_folder, selectors
from posada.office.packets.models import Build, Packet
from posada.office.refusals import FieldsRefused, Refusal
from posada.packets.errors import ExhibitsUnusable, PacketFolderBad, Problem
from posada.packets.tabs import tab_index

if TYPE_CHECKING:
    from posada.packets.build import Built

STATE = Build.State
MOST_TRIES = 2
SILENCE = timedelta(minutes=10)
"""A building that has given no sign of life for so long may be asked for anew."""
NUMBER = re.compile(r"A?[- ]?(?:\d[- ]?){7,8}\d")
WORKER = machine("worker")
log = logging.getLogger("posada.packets")


class NotComplete(Refusal):
    """Something is missing, so that there is nothing to build."""

    code = "not_complete"


def ask_for_build(actor: Actor, packet: Packet) -> Build:
    """Ask the worker for the packet. One that waits or runs is given back. Raises NotComplete, Refusal, NotThere."""
    from posada.office.packets.jobs import build_packet_of
    from posada.office.packets.services import FiledAlready

    packet = doors.one(selectors.packets(doors.without_home(actor)).select_related("hearing"), packet.pk)
    if packet.filed_on is not None:
        raise FiledAlready(_("This packet was filed and stands as it was. Make a new one."))
    running = packet.builds.filter(state__in=selectors.RUNNING).first()
    if running is not None and not _is_silent(running):
        return running
    rows = selectors.exhibits_of(packet)
    if selectors.gaps_of(packet, rows, without_number=packet_folder.without_number(packet)):
        raise NotComplete(_("Something is missing: it is named on the packet’s page."))
    with transaction.atomic():  # a building without its task would look for ever as if it waited
        build = _queue(actor, packet, running)
        task = build_packet_of.enqueue(str(build.pk))
        Build.objects.filter(pk=build.pk).update(task=task.id)
    build.refresh_from_db()
    return build


def _queue(actor: Actor, packet: Packet, silent: Build | None) -> Build:
    now = timezone.now()
    with transaction.atomic():
        if silent is not None:
            _end(silent, STATE.FAILED, failure="worker_died")
        last = packet.builds.aggregate(last=Max("number"))["last"] or 0
        try:
            with transaction.atomic():
                build = Build.objects.create(
                    pk=uuid.uuid4(),
                    packet=packet,
                    number=last + 1,
                    asked_by_id=actor.user_id,
                    asked_at=now,
                    noted_at=now,
                )
        except IntegrityError:  # somebody asked in the same moment
            return packet.builds.get(state__in=selectors.RUNNING)
        append(actor, "packet.build", subject=packet, detail={"number": build.number})
    return build


def _is_silent(build: Build) -> bool:
    return timezone.now() - build.noted_at > SILENCE


def run_build(build_id: UUID) -> None:
    """What the worker does. Nothing for a building that is over, so that it may be called twice."""
    build = _claim(build_id)
    if build is None:
        return
    try:
        _run(build)
    except _Failed as failed:
        _end(build, STATE.FAILED, failure=failed.code, problems=failed.problems)
    except Exception as error:  # whatever it was, it must not look as if it went on
        log.error("packet build %s failed: %s", build.pk, type(error).__name__)
        _end(build, STATE.FAILED, failure="unexpected")


@dataclass
class _Failed(Exception):
    """The building can't end well. `code`: of packet_words.FAILURES."""

    code: str
    problems: tuple[dict[str, Any], ...] = ()


def give_up(build_id: UUID) -> None:
    """End a building over which the worker has died too often."""
    build = Build.objects.filter(pk=build_id, state__in=selectors.RUNNING).first()
    if build is not None:
        _end(build, STATE.FAILED, failure="worker_died")


def _claim(build_id: UUID) -> Build | None:
    with transaction.atomic():
        build = Build.objects.filter(pk=build_id, state__in=selectors.RUNNING).first()
        if build is None:
            return None
        if build.tries >= MOST_TRIES:
            _end(build, STATE.FAILED, failure="worker_died")
            return None
        taken = Build.objects.filter(pk=build_id, state=build.state, tries=build.tries).update(
            state=STATE.BUILDING, tries=F("tries") + 1, step="reading", noted_at=timezone.now()
        )
    if taken != 1:
        return None
    build.refresh_from_db()
    return build


def _run(build: Build) -> None:
    actor = actor_of(build.asked_by)
    packet = (
        selectors.packets(doors.without_home(actor))
        .select_related("hearing", "child", "group")
        .filter(pk=build.packet_id, filed_on__isnull=True)
        .first()
    )
    if packet is None:
        raise _Failed("no_longer_yours")
    rows = selectors.exhibits_of(packet)
    inputs = selectors.inputs_of(packet, rows)
    ids = [str(each.pk) for each in rows]
    with scratch() as held:
        folder = Path(held) / "in"
        folder.mkdir()
        try:
            packet_folder.write_folder(actor, packet, rows, folder=folder, on=today())
        except FileUnreadable:
            raise _Failed("unexpected") from None
        out = Path(held) / f"packet-{selectors.opaque(packet.pk)}.pdf"
        built = _build(build, folder, out, ids)
        _note(build, "checking")
        findings = _check(out)
        _note(build, "keeping")
        _keep(actor, build, packet, built, findings=findings, inputs=inputs)


def scratch() -> "tempfile.TemporaryDirectory[str]":
    """A folder for one building, beside the documents; what an earlier one left there is removed first."""
    parent = Path(settings.MEDIA_ROOT).parent / "packets-under-way"
    shutil.rmtree(parent, ignore_errors=True)  # one worker builds one packet at a time
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return tempfile.TemporaryDirectory(dir=parent)


def _build(build: Build, folder: Path, out: Path, ids: list[str]) -> "Built":
    try:
        from posada.packets.build import build_packet
    except ModuleNotFoundError:
        raise _Failed("no_libraries") from None
    steps = {"Putting": "building", "Cutting": "cutting"}
    tool = shutil.which("tesseract")
    try:
        return build_packet(
            folder,
            out,
            recognizer=Path(tool) if tool else None,
            doing=lambda said: _note(build, steps.get(said.split(" ")[0], "reading")),
        )
    except (ExhibitsUnusable, PacketFolderBad) as error:
        told = tuple(_problem(each, ids) for each in error.problems)
        raise _Failed("not_usable", told) from None


def _problem(problem: Problem, ids: list[str]) -> dict[str, Any]:
    """A problem by the exhibit that it is about; the name of the file in the folder says nothing to anybody."""
    place = tab_index(problem.tab) if problem.tab else None
    exhibit = ids[place] if place is not None and place < len(ids) else ""
    reason = NUMBER.sub("…", problem.reason)
    return {"exhibit": exhibit, "tab": problem.tab or "", "page": problem.page, "reason": reason}


def _check(path: Path) -> list[dict[str, Any]]:
    from posada.packets.check import check_packet

    return [{**asdict(each), "message": NUMBER.sub("…", each.message)} for each in check_packet(path)]


def _keep(
    actor: Actor, build: Build, packet: Packet, built: "Built", *, findings: list[Any], inputs: dict[str, str]
) -> None:
    """Seal the PDFs into the child's file, and end the building, in one transaction."""
    pieces = [built.packet, *built.parts]
    with override(build.asked_by.language), transaction.atomic():
        kept = []
        for place, piece in enumerate(pieces):
            title = _title(packet, build, place, len(pieces))
            content = piece.path.read_bytes()
            try:
                kept.append(keep_made(actor, packet.child, content, kind="packet", title=title))
            except FieldsRefused:
                if place > 0 or not built.parts:  # the parts alone will do
                    raise _Failed("too_large") from None
        _end(
            build,
            STATE.DONE,
            inputs=inputs,
            findings=findings,
            notes=[NUMBER.sub("…", each) for each in built.notes],
            files=[str(each.pk) for each in kept],
            pages=built.packet.last,
            digest=hashlib.sha256(built.packet.path.read_bytes()).hexdigest(),
        )
        append(actor, "packet.built", subject=packet, detail={"number": build.number, "files": len(kept)})


def _title(packet: Packet, build: Build, place: int, all_pieces: int) -> str:
    said = {"title": packet.title[:100], "n": build.number, "part": place, "all": all_pieces - 1}
    if place == 0:
        return _("Packet: %(title)s (%(n)s)") % said
    return _("Packet: %(title)s (%(n)s), part %(part)s of %(all)s") % said


def _note(build: Build, step: str) -> None:
    rows = Build.objects.filter(pk=build.pk, state=STATE.BUILDING, tries=build.tries)
    rows.update(step=step, noted_at=timezone.now())


def _end(build: Build, state: str, **values: Any) -> None:
    now = timezone.now()
    done = Build.objects.filter(pk=build.pk, state__in=selectors.RUNNING).update(
        state=state, ended_at=now, noted_at=now, **_lists(values)
    )
    if done == 1 and state == STATE.FAILED:
        append(WORKER, "packet.build_failed", subject=build, detail={"code": values.get("failure", "")})


def _lists(values: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
