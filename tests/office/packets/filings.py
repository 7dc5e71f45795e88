"""Short ways to a packet with papers; everybody here is made up."""

import io
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf

from posada.office.access.actor import Actor
from posada.office.casefile.documents import NewDocument, add_document
from posada.office.casefile.models import Document
from posada.office.intake.models import Child
from posada.office.packets import services
from posada.office.packets.models import Exhibit, Packet
from tests.office.docket.cases import hearing_of
from tests.packets.made import page_pdf

HEARING = date(2027, 1, 20)
FILED = date(2026, 12, 1)
TRANSLATOR = {
    "translator_name": "Example Translator",
    "translator_address": "2 Example Street, Baltimore",
    "translator_phone": "555-0101",
    "translator_languages": "spa; eng",
}


def pdf(*words: str) -> bytes:
    """A PDF with a page for each text."""
    with TemporaryDirectory() as held:
        return page_pdf(Path(held) / "a.pdf", words=words or ("A page",)).read_bytes()


def locked_pdf() -> bytes:
    """A PDF that opens with a password alone."""
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("Secret"))) as opened:
        opened.save(held, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return held.getvalue()


BROKEN_PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 9 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def facts(**changes: Any) -> dict[str, Any]:
    """What a packet for an individual hearing says."""
    said = {
        "forum": "immigration_court",
        "court": "Baltimore, Maryland",
        "title": "RESPONDENT'S EXHIBIT LIST AND EVIDENCE",
        "judge": "Hon. Example",
        "filing_date": FILED,
        "filer_name": "Dana Example",
        "filer_eoir_id": "AB123456",
        "filer_firm": "Example Clinic",
        "filer_street": "1 Example Street",
        "filer_city": "Baltimore, MD 21201",
        "filer_phone": "555-0100",
        "service_method": "portal",
        "service_on": "DHS counsel",
        "service_date": FILED,
    }
    return {**said, **changes}


def packet_for(actor: Actor, child: Child, **changes: Any) -> Packet:
    """A packet for a hearing on 20 January 2027 at 13:00."""
    heard = hearing_of(child.group, HEARING, kind="individual", hearing_time="13:00")
    heard.refresh_from_db()
    return services.new_packet(actor, child, facts(hearing=heard, **changes))


def paper(actor: Actor, child: Child, content: bytes | None = None, **told: Any) -> Document:
    """A paper in the child's file."""
    said = {"kind": "other", "title": "A paper", "language": "eng", **told}
    return add_document(actor, NewDocument(content or pdf(said["title"]), child=child, **said))


def with_tabs(actor: Actor, packet: Packet, *titles: str) -> list[Exhibit]:
    """Put a paper behind a tab for each title."""
    papers = [paper(actor, packet.child, title=title) for title in titles]
    return services.add_exhibits(actor, packet, papers)
