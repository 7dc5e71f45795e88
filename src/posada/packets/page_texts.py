"""What stands on each page that the builder makes: caption, contents, tab sheets, certificates, service.

Comes in: the packet and the outline. Goes out: plain values for `pages.typ`.
Sources: EOIR Policy Manual, Part II, ch. 3.3 (recalled); 8 CFR 1003.32, 1003.33, 103.2(b)(3).
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_page_texts.py.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from posada.packets.outline import Kind, Outline, Piece
from posada.packets.packet import ENGLISH, Exhibit, Filer, Forum, Packet, Service
from posada.packets.tabs import tab_letters
from posada.packets.wording import (
    AUTHORITIES,
    HEARINGS,
    a_number_words,
    day_words,
    language_name,
    method_words,
    time_words,
)

Texts = dict[str, Any]


def texts_of(
    packet: Packet,
    outline: Outline,
    *,
    missing: Mapping[int, Sequence[str]],
    parts: Mapping[int, int] | None = None,
) -> list[Texts]:
    """The values of each generated piece, in order.

    `missing`: the reasons for each exhibit that a draft lacks. `parts`: the part of a split packet, from 1,
    for each page.
    """
    found: list[Texts] = []
    for piece in outline.pieces:
        match piece.kind:
            case Kind.COVER:
                found.append(_cover(packet, outline, draft=bool(missing)))
            case Kind.CONTENTS:
                found.append(_contents(packet, outline, parts=parts or {}))
            case Kind.TAB_SHEET:
                found.append(_tab_sheet(packet, outline, piece))
            case Kind.MISSING:
                found.append(_missing(piece, missing[piece.exhibit or 0]))
            case Kind.CERTIFICATE:
                found.append(_certificate(packet, outline, piece))
            case Kind.SERVICE if packet.service is not None:
                found.append(_service(packet, packet.service, outline))
    return found


def respondents_of(packet: Packet) -> list[dict[str, str]]:
    """Names and A-numbers as the pages print them."""
    return [{"name": each.name, "a_number": a_number_words(each.a_number)} for each in packet.respondents]


def _cover(packet: Packet, outline: Outline, *, draft: bool) -> Texts:
    authority = list(AUTHORITIES[packet.forum])
    exhibits = len(packet.exhibits)
    tabs = (
        f"Tab {tab_letters(0)}" if exhibits == 1 else f"Tabs {tab_letters(0)} to {tab_letters(exhibits - 1)}"
    )
    return {
        "kind": "cover",
        "filer": _filer_lines(packet.filer, packet.forum),
        "custody": _custody(packet),
        "authority": authority,
        "court": packet.court,
        "proceedings": "In removal proceedings" if packet.forum.is_removal else "",
        "facts": [list(pair) for pair in _facts(packet)],
        "title": packet.filing_title.upper(),
        "filed": f"{tabs}, pages 1–{outline.total}",
        "draft": draft,
        "signer": packet.filer.name,
    }


def _custody(packet: Packet) -> str:
    if packet.detained is None:
        return ""
    return "DETAINED" if packet.detained else "NON-DETAINED"


def _filer_lines(filer: Filer, forum: Forum) -> list[str]:
    eoir = f"EOIR ID: {filer.eoir_id}" if filer.eoir_id else ""
    pro_se = "Pro se" if filer.is_pro_se and forum is not Forum.USCIS else ""
    listed = [filer.name, eoir, pro_se, filer.firm, *filer.address, filer.phone, filer.email]
    return [each for each in listed if each]


def _facts(packet: Packet) -> list[tuple[str, str]]:
    facts = []
    hearing = packet.hearing
    if hearing is not None:
        facts.append(("Judge", hearing.judge or "not assigned"))
        facts.append(("Next hearing", day_words(hearing.date)))
        facts.append(("Time", time_words(hearing.time) if hearing.time else "not set"))
        facts.append(("Type", HEARINGS[hearing.kind]))
    elif packet.forum is Forum.IMMIGRATION_COURT:
        facts.append(("Next hearing", "none scheduled"))
    facts.append(("Date of filing", day_words(packet.filing_date)))
    return facts


def _contents(packet: Packet, outline: Outline, *, parts: Mapping[int, int]) -> Texts:
    rows = []
    for unit in outline.units():
        if unit.exhibit is not None:
            title, tab, anchor = packet.exhibits[unit.exhibit].title, tab_letters(unit.exhibit), ""
            anchor = f"tab-{unit.exhibit}"
        elif unit.label == "Proof of service":
            title, tab, anchor = unit.label, "", "service"
        else:
            continue
        part = f" (part {parts[unit.first]})" if parts else ""
        rows.append(
            {"tab": tab, "title": title, "pages": _range(unit.first, unit.last) + part, "anchor": anchor}
        )
    return {"kind": "contents", "rows": rows}


def _tab_sheet(packet: Packet, outline: Outline, piece: Piece) -> Texts:
    index = piece.exhibit or 0
    exhibit = packet.exhibits[index]
    lines = []
    for each in outline.of(index):
        pages = _pages(each.first, each.last)
        match each.kind:
            case Kind.ORIGINAL if exhibit.needs_translation:
                lines.append(f"Original in {language_name(exhibit.language)}: {pages}")
            case Kind.ORIGINAL:
                lines.append(f"Document in {language_name(ENGLISH)}: {pages}")
            case Kind.TRANSLATION:
                lines.append(f"English translation: {pages}")
            case Kind.CERTIFICATE:
                lines.append(f"Certificate of translation: {pages}")
    return {
        "kind": "tab",
        "tab": f"Tab {tab_letters(index)}",
        "anchor": f"tab-{index}",
        "title": exhibit.title,
        "lines": lines,
    }


def _missing(piece: Piece, reasons: Sequence[str]) -> Texts:
    heading = f"missing: Tab {tab_letters(piece.exhibit or 0)}"
    return {"kind": "missing", "heading": heading, "lines": list(reasons)}


def _certificate(packet: Packet, outline: Outline, piece: Piece) -> Texts:
    index = piece.exhibit or 0
    exhibit: Exhibit = packet.exhibits[index]
    translator = exhibit.translator
    if translator is None:
        raise ValueError("a translation without a translator came as far as its certificate")
    translation = next(each for each in outline.of(index) if each.kind is Kind.TRANSLATION)
    language, pages = language_name(exhibit.language), _pages(translation.first, translation.last)
    return {
        "kind": "certificate",
        "heading": "Certificate of translation",
        "anchor": f"certificate-{index}",
        "people": False,
        "paragraphs": [
            f"I, {translator.name}, certify that I am competent to translate from {language} into English, "
            f"and that the English translation of “{exhibit.title}” (Tab {tab_letters(index)}, {pages}) is "
            "true and accurate to the best of my abilities.",
        ],
        "signer": [translator.name, translator.address, f"Telephone: {translator.phone}"],
    }


def _service(packet: Packet, service: Service, outline: Outline) -> Texts:
    where = f", at {service.address}," if service.address else ""
    return {
        "kind": "service",
        "heading": "Proof of service",
        "anchor": "service",
        "people": True,
        "paragraphs": [
            f"On {day_words(service.date)}, I, {packet.filer.name}, served a true copy of this filing, "
            f"{packet.filing_title.upper()}, pages 1–{outline.total}, on {service.on}{where} "
            f"{method_words(service.method)}.",
        ],
        "signer": [packet.filer.name, *([packet.filer.firm] if packet.filer.firm else [])],
    }


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _pages(first: int, last: int) -> str:
    return f"page {first}" if first == last else f"pages {first}–{last}"
