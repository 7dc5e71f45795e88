"""Twenty scans at once: the good ones are kept, each bad one is named."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.audit.models import Revision
from posada.office.casefile.models import Document
from posada.office.packets.models import Packet
from posada.office.packets.scans import add_scans, title_from
from posada.office.packets.selectors import exhibits_of
from posada.office.refusals import Refusal
from tests.office.packets.filings import pdf


@pytest.fixture
def actor(lawyer: tuple[User, Actor]) -> Actor:
    return lawyer[1]


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_good_files_are_kept_and_a_bad_one_is_named(actor: Actor, packet: Packet) -> None:
    files = [sent("a.pdf", pdf("a")), sent("virus.pdf", b"MZ not a pdf"), sent("b.pdf", pdf("b"))]
    found = add_scans(actor, packet, files, language="eng")
    assert [name for name, _why in found.refused] == ["virus.pdf"]
    assert len(found.kept) == 2 and len(exhibits_of(packet)) == 2
    assert len(list(Path(django_settings.MEDIA_ROOT).iterdir())) == 2


def test_names_of_files_are_kept_nowhere_unless_the_person_asks(actor: Actor, packet: Packet) -> None:
    add_scans(actor, packet, [sent("juana-canary.pdf", pdf("a"))], language="eng")
    told = [*Document.objects.values_list("title"), *Revision.objects.values_list("changed")]
    assert "canary" not in str(told)
    add_scans(actor, packet, [sent("school_report-2.pdf", pdf("b"))], language="eng", named_by_files=True)
    assert exhibits_of(packet)[-1].title == "school report 2"


def test_the_same_file_again_is_kept_once_and_said_to_be_there(actor: Actor, packet: Packet) -> None:
    content = pdf("a")
    add_scans(actor, packet, [sent("a.pdf", content)], language="eng")
    found = add_scans(actor, packet, [sent("again.pdf", content)], language="eng")
    assert (found.again, found.kept, Document.objects.count()) == (["again.pdf"], [], 1)


def test_none_and_twenty_one_are_refused_before_anything_is_kept(actor: Actor, packet: Packet) -> None:
    many: list[Any] = [sent(f"{n}.pdf", pdf("a")) for n in range(21)]
    for files in ([], many):
        with pytest.raises(Refusal):
            add_scans(actor, packet, files, language="eng")
    assert not Document.objects.exists()


def test_a_title_is_made_of_the_words_of_a_name() -> None:
    assert title_from("C:\\Scans\\acta_de-nacimiento.PDF") == "acta de nacimiento"
    assert title_from(".pdf") == ".pdf"
