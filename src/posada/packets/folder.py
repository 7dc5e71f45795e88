"""Read packet.toml: who files what, where, and which files are behind which tab.

Comes in: the packet's folder. Goes out: a `Packet`, and the exhibits whose files cannot be used.
Nothing of the files themselves is read here (`normalize.py` does).
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_folder.py.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from posada.packets.errors import PacketFolderBad, Problem
from posada.packets.fields import Fields
from posada.packets.limits import shipped_limits
from posada.packets.located import NotUsable, located
from posada.packets.packet import (
    ENGLISH,
    Exhibit,
    Filer,
    Forum,
    Hearing,
    HearingKind,
    Limits,
    Packet,
    Respondent,
    Service,
    Source,
    Translator,
)
from posada.packets.tabs import tab_letters

PACKET_FILE = "packet.toml"
MOST_BYTES = 1_000_000
MOST_EXHIBITS = 702
"""Tabs A to the twenty-seventh Z; a packet with more is several packets."""
MOST_FILES = 500
"""Of one exhibit."""

_Entry = TypeVar("_Entry")
_A_NUMBER = re.compile(r"A?[- ]?(\d[- ]?){7,8}\d")


@dataclass(frozen=True, slots=True)
class PacketRead:
    """A packet, what stops its exhibits from being used, and what is worth a look."""

    packet: Packet
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def read_packet(folder: Path) -> PacketRead:
    """Read `folder`/packet.toml. Raises PacketFolderBad, with every entry that cannot be followed."""
    table = _table(folder)
    bad: list[Problem] = []
    unusable: list[Problem] = []
    top = Fields(table, file=PACKET_FILE, where="", problems=bad)
    forum = Forum(top.choice("forum", among=tuple(Forum)))
    notes = top.unknown(*_TOP)
    packet = Packet(
        forum=forum,
        court=top.text("court", needed=forum in (Forum.IMMIGRATION_COURT, Forum.STATE_COURT)),
        filing_title=top.text("filing_title"),
        detained=top.flag("detained") if forum.is_removal or top.has("detained") else None,
        filing_date=top.day("filing_date"),
        respondents=tuple(_each(top, "respondents", bad, lambda one: _respondent(one, forum=forum))),
        hearing=_hearing(top, bad) if top.has("hearing") else None,
        filer=_filer(Fields(top.raw("filer"), file=PACKET_FILE, where="filer.", problems=bad)),
        exhibits=_exhibits(top, folder, bad, unusable, notes),
        service=_service(top, bad) if forum.wants_service or top.has("service") else None,
        limits=_limits(top, bad, forum=forum),
    )
    if bad:
        raise PacketFolderBad(*bad, *unusable)
    return PacketRead(
        packet, tuple(unusable), tuple(f"{PACKET_FILE}: {n}: nothing reads this" for n in notes)
    )


_TOP = (
    *("forum", "court", "filing_title", "detained", "filing_date", "respondents", "hearing", "filer"),
    *("exhibits", "service", "limits"),
)


def _table(folder: Path) -> dict[str, object]:
    path = folder / PACKET_FILE
    if not folder.is_dir():
        raise PacketFolderBad(Problem(str(folder), "there is no such folder"))
    try:
        if path.stat().st_size > MOST_BYTES:
            raise PacketFolderBad(Problem(PACKET_FILE, "it is larger than 1 MB"))
        text = path.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text.replace("\r\n", "\n"))
    except FileNotFoundError:
        raise PacketFolderBad(Problem(PACKET_FILE, f"there is none in {folder}")) from None
    except OSError as error:
        raise PacketFolderBad(Problem(PACKET_FILE, f"it cannot be read ({error.strerror})")) from None
    except UnicodeDecodeError:
        raise PacketFolderBad(Problem(PACKET_FILE, "it is not UTF-8 text; save it as UTF-8")) from None
    except tomllib.TOMLDecodeError as error:
        raise PacketFolderBad(Problem(PACKET_FILE, f"it cannot be read as TOML: {error}")) from None
    except RecursionError:
        raise PacketFolderBad(Problem(PACKET_FILE, "it is nested too deeply")) from None


def _each(top: Fields, name: str, bad: list[Problem], read: Callable[[Fields], _Entry]) -> list[_Entry]:
    listed = top.raw(name)
    if not isinstance(listed, list) or not listed:
        top.bad(name, f"at least one [[{name}]] is wanted")
        return []
    return [
        read(Fields(entry, file=PACKET_FILE, where=f"{name}[{number}].", problems=bad))
        for number, entry in enumerate(listed, 1)
    ]


def _respondent(one: Fields, *, forum: Forum) -> Respondent:
    a_number = one.text("a_number", needed=forum.is_removal)
    if a_number and not _A_NUMBER.fullmatch(a_number):
        one.bad("a_number", "a number of 8 or 9 digits such as 000-000-001 is wanted")
    return Respondent(one.text("name"), a_number)


def _hearing(top: Fields, bad: list[Problem]) -> Hearing:
    one = Fields(top.raw("hearing"), file=PACKET_FILE, where="hearing.", problems=bad)
    kind = HearingKind(one.choice("kind", among=tuple(HearingKind)))
    return Hearing(kind, one.day("date"), one.clock("time"), one.text("judge", needed=False))


def _filer(one: Fields) -> Filer:
    return Filer(
        name=one.text("name"),
        eoir_id=one.text("eoir_id", needed=False),
        firm=one.text("firm", needed=False),
        address=one.texts("address"),
        phone=one.text("phone"),
        email=one.text("email", needed=False),
    )


def _service(top: Fields, bad: list[Problem]) -> Service:
    one = Fields(top.raw("service") or {}, file=PACKET_FILE, where="service.", problems=bad)
    address = ", ".join(one.texts("address", needed=False))
    return Service(one.text("method"), one.text("on"), one.day("date"), address)


def _limits(top: Fields, bad: list[Problem], *, forum: Forum) -> Limits:
    shipped = shipped_limits(forum)
    if not top.has("limits"):
        return shipped
    one = Fields(top.raw("limits"), file=PACKET_FILE, where="limits.", problems=bad)
    return Limits(
        one.megabytes("upload_mb") or shipped.upload_bytes,
        one.megabytes("envelope_mb") or shipped.envelope_bytes,
    )


def _exhibits(
    top: Fields, folder: Path, bad: list[Problem], unusable: list[Problem], notes: list[str]
) -> tuple[Exhibit, ...]:
    listed = top.raw("exhibits")
    if not isinstance(listed, list) or not listed:
        top.bad("exhibits", "at least one [[exhibits]] is wanted")
        return ()
    if len(listed) > MOST_EXHIBITS:
        top.bad("exhibits", f"a packet holds at most {MOST_EXHIBITS} exhibits; make several packets")
        return ()
    found = []
    for index, entry in enumerate(listed):
        one = Fields(entry, file=PACKET_FILE, where=f"exhibits[{index + 1}].", problems=bad)
        known = ("title", "file", "language")
        is_translated = one.raw("language") != ENGLISH
        notes += one.unknown(*known, *(("translation", "translator") if is_translated else ()))
        found.append(_exhibit(one, folder, tab_letters(index), unusable, bad))
    return tuple(found)


def _exhibit(one: Fields, folder: Path, tab: str, unusable: list[Problem], bad: list[Problem]) -> Exhibit:
    title, names, language = one.text("title"), one.texts("file"), one.language("language")
    sources = _sources(folder, names, tab, unusable)
    if language in ("", ENGLISH):
        return Exhibit(title, sources, language)
    first = names[0] if names else PACKET_FILE
    if not one.has("translation"):
        unusable.append(Problem(first, f"it is in {language} and has no English translation", tab=tab))
    translation = _sources(folder, one.texts("translation", needed=False), tab, unusable)
    translator = None
    if one.has("translator"):
        where = f"exhibits ({tab}).translator."
        translator = _translator(Fields(one.raw("translator"), file=PACKET_FILE, where=where, problems=bad))
        lacking = [code for code in (language, ENGLISH) if code not in translator.languages]
        if lacking and translator.languages:
            missing = " and ".join(lacking)
            unusable.append(Problem(first, f"its translator is not said to know {missing}", tab=tab))
    elif one.has("translation"):
        unusable.append(Problem(first, "no translator is named who certifies its translation", tab=tab))
    return Exhibit(title, sources, language, translation, translator)


def _translator(one: Fields) -> Translator:
    address = ", ".join(one.texts("address"))
    return Translator(one.text("name"), address, one.text("phone"), one.languages("languages"))


def _sources(folder: Path, names: tuple[str, ...], tab: str, unusable: list[Problem]) -> tuple[Source, ...]:
    if len(names) > MOST_FILES:
        unusable.append(
            Problem(names[0], f"more than {MOST_FILES} files are given for this exhibit", tab=tab)
        )
        return ()
    found = []
    for name in names:
        try:
            found.append(located(folder, name))
        except NotUsable as refused:
            unusable.append(Problem(name, refused.reason, tab=tab))
    return tuple(found)
