"""Write a packet's folder for the builder: packet.toml and the papers, under names that say nothing.

Comes in: a packet with its exhibits in order, who acts, and an empty folder. Goes out: the folder, and which file is
which exhibit. A-numbers are taken out of their seal for the cover alone, with an entry in the log for each.
Docs: docs/how-to/build-a-packet-in-the-office.md. Tests: tests/office/packets/test_packet_folder.py.
"""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.casefile.content_type import KINDS
from posada.office.casefile.documents import open_document
from posada.office.casefile.models import Document
from posada.office.packets import selectors
from posada.office.packets.models import Exhibit, Packet
from posada.packets.packet import Forum
from posada.packets.tabs import tab_letters

WHY = "for the cover of a packet"


def write_folder(actor: Actor, packet: Packet, rows: Sequence[Exhibit], *, folder: Path, on: date) -> None:
    """Write packet.toml and every paper. Raises NotThere, FileUnreadable."""
    lines = [*_top(packet, on=on), *_respondents(actor, packet), *_hearing(packet), *_filer(packet)]
    for place, row in enumerate(rows):
        lines += _exhibit(actor, row, tab_letters(place), folder)
    lines += _service(packet)
    (folder / "packet.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def without_number(packet: Packet) -> list[Any]:
    """Children of the cover whose A-number is not recorded; nothing is opened."""
    named = selectors.respondents_of(packet)
    known = doors.with_sealed(named, "a_number")
    return [child for child in named if child.pk not in known]


def _top(packet: Packet, *, on: date) -> list[str]:
    lines = [_line("forum", packet.forum), _line("filing_title", packet.title)]
    if packet.court:
        lines.append(_line("court", packet.court))
    if Forum(packet.forum).is_removal:
        lines.append(f"detained = {'true' if packet.is_detained else 'false'}")
    return [*lines, f"filing_date = {packet.filing_date or on}"]


def _respondents(actor: Actor, packet: Packet) -> list[str]:
    named, lines = selectors.respondents_of(packet), []
    written, numbered = selectors.court_names(named), doors.with_sealed(named, "a_number")
    for child in named:
        lines += ["[[respondents]]", _line("name", written[child.pk])]
        if child.pk in numbered:
            number = doors.open_sealed(actor, child, "a_number", reason=WHY, unseen=True).text
            lines.append(_line("a_number", number))
    return lines


def _hearing(packet: Packet) -> list[str]:
    hearing = packet.hearing
    if hearing is None or hearing.kind not in ("master", "individual"):
        return []
    lines = ["[hearing]", _line("kind", hearing.kind), f"date = {hearing.hearing_date}"]
    if hearing.hearing_time:
        lines.append(_line("time", f"{hearing.hearing_time:%H:%M}"))
    return [*lines, *([_line("judge", packet.judge)] if packet.judge else [])]


def _filer(packet: Packet) -> list[str]:
    address = [each for each in (packet.filer_street, packet.filer_city) if each]
    told = [("eoir_id", packet.filer_eoir_id), ("firm", packet.filer_firm), ("email", packet.filer_email)]
    return [
        "[filer]",
        _line("name", packet.filer_name),
        f"address = [{', '.join(map(_text, address))}]",
        _line("phone", packet.filer_phone),
        *(_line(name, value) for name, value in told if value),
    ]


def _exhibit(actor: Actor, row: Exhibit, tab: str, folder: Path) -> list[str]:
    lines = ["[[exhibits]]", _line("title", row.title), _line("language", row.language)]
    lines.append(_line("file", _put(actor, row.document, folder, f"tab-{tab.lower()}")))
    if row.language == selectors.ENGLISH:
        return lines
    if row.translation is not None:
        name = _put(actor, row.translation, folder, f"tab-{tab.lower()}-english")
        lines.append(_line("translation", name))
    if row.translator_name:
        codes = ", ".join(map(_text, selectors.languages_of(row)))
        lines += [
            "[exhibits.translator]",
            _line("name", row.translator_name),
            _line("address", row.translator_address),
            _line("phone", row.translator_phone),
            f"languages = [{codes}]",
        ]
    return lines


def _put(actor: Actor, document: Document, folder: Path, stem: str) -> str:
    name = f"{stem}.{KINDS[document.content_type].ending}"
    (folder / name).write_bytes(open_document(actor, document))
    return name


def _service(packet: Packet) -> list[str]:
    if not (packet.service_method and packet.service_on and packet.service_date):
        return []
    lines = ["[service]", _line("method", packet.service_method), _line("on", packet.service_on)]
    lines.append(f"date = {packet.service_date}")
    return [*lines, *([_line("address", packet.service_address)] if packet.service_address else [])]


def _line(name: str, value: str) -> str:
    return f"{name} = {_text(value)}"


def _text(value: str) -> str:
    """A TOML string: as JSON writes it, but for one character that JSON leaves as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
