"""Check a packet against the rules of packets: which holds, which does not, and which a person must look at.

Comes in: a PDF, from this builder or another. Goes out: one finding a rule, with page and citation.
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_check.py.
"""

from pathlib import Path

from posada.packets.check_cover import cover_findings, filing_date_findings, read_cover
from posada.packets.check_exhibits import (
    exhibit_findings,
    service_findings,
    signature_findings,
    translation_findings,
)
from posada.packets.check_file import file_findings, hidden_findings
from posada.packets.check_pages import bookmark_findings, page_findings, tag_findings, text_findings
from posada.packets.errors import PacketUnreadable
from posada.packets.finding import Finding, check_rules
from posada.packets.hidden_parts import hidden_parts
from posada.packets.located import NotUsable
from posada.packets.packet_reading import read_file
from posada.packets.workshop import Workshop

SECONDS = 300.0


def check_packet(path: Path) -> list[Finding]:
    """The findings for a file, read in a process of its own. Raises PacketUnreadable."""
    if not path.exists():
        raise PacketUnreadable(f"{path}: there is no such file.")
    with Workshop() as workshop:
        try:
            found = workshop.ask({"do": "check", "path": str(path)}, seconds=SECONDS)
        except NotUsable as refused:
            told = refused.reason.startswith(str(path))
            raise PacketUnreadable(refused.reason if told else f"{path}: {refused.reason}.") from None
    return [Finding(**each) for each in found["findings"]]


def findings(path: Path) -> list[Finding]:
    """The findings for a file, read in this process. Raises PacketUnreadable."""
    reading = read_file(path)
    hidden = hidden_parts(path)
    cover = read_cover(reading)
    found = [
        *page_findings(reading, hidden),
        *cover_findings(reading, cover),
        *exhibit_findings(reading, cover),
        *bookmark_findings(reading),
        *translation_findings(reading, cover),
        *signature_findings(reading),
        *service_findings(reading, cover),
        *filing_date_findings(reading, cover),
        *hidden_findings(hidden),
        *text_findings(reading),
        *tag_findings(reading, hidden),
        *file_findings(path, reading, cover),
    ]
    order = list(check_rules())
    return sorted(found, key=lambda each: order.index(each.rule))
