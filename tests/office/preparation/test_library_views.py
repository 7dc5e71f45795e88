"""Pages of the library, the choice for a child, and the printed request for interpreters."""

from datetime import date, time
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile

from posada.office.casefile.models import Document, WrittenName
from posada.office.docket.models import HearingDetail
from posada.office.intake.models import Child
from posada.office.preparation.models import LibraryExhibit
from tests.office.docket.cases import attorney_of, child_of, hearing_of
from tests.office.people import browser_of, group_of

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_a_report_is_brought_chosen_and_taken_out(child: Child, lawyer: tuple) -> None:
    client = browser_of(lawyer[0])
    given = {
        "country": "GTM",
        "title": "Report",
        "source": "Site",
        "published_on": "2024-01-01",
        "language": "eng",
    }
    assert client.post("/library/", given).status_code == 422
    given["file"] = SimpleUploadedFile("name of somebody.pdf", PDF)  # type: ignore[assignment]
    assert client.post("/library/", {**given, "tags": "gangs, police"}).status_code == 302
    row = LibraryExhibit.objects.get()
    page = unescape(client.get("/library/?country=GTM").content.decode())
    assert "older than 12 months" in page
    assert "name of somebody" not in page
    opened = client.post(f"/library/{row.pk}/open/")
    assert opened.content == PDF
    assert "somebody" not in opened.headers["Content-Disposition"]
    address = f"/children/{child.pk}/library/"
    assert client.post(address, {"exhibit": "magic"}).status_code == 422
    assert client.post(address, {"exhibit": str(row.pk)}).status_code == 302
    assert Document.objects.get().child == child
    assert "in the file" in client.get(address).content.decode()
    assert client.post(f"/library/{row.pk}/out/", {"version": "1", "reason": ""}).status_code == 422
    assert client.post(f"/library/{row.pk}/out/", {"version": "1", "reason": "old"}).status_code == 302
    assert (
        "Report"
        not in client.get("/library/")
        .content.decode()
        .split("<h2>Add a report")[0]
        .split("<h1>")[1]
        .split("</h1>")[1]
    )


def test_the_request_asks_for_language_variant_and_relay_by_the_name_the_court_writes() -> None:
    group = group_of(languages=["mam"], understands_spanish="some")
    user, _actor = attorney_of(group)
    child = child_of(group)
    WrittenName.objects.create(child=child, authority="court", name="Ejemplo-Pérez, Juana")
    row = hearing_of(group, date(2026, 12, 10), kind="master", hearing_time=time(8, 30))
    relay = [
        {"language": "mam", "variant": "Todos Santos", "into": "spa", "is_booked": False},
        {"language": "spa", "variant": "", "into": "eng", "is_booked": True},
    ]
    HearingDetail.objects.create(hearing=row, interpreters=relay)
    client = browser_of(user, language="es")
    text = " ".join(unescape(client.get(f"/hearings/{row.pk}/interpreters/").content.decode()).split())
    for words in (
        *(
            "Mam, variant: Todos Santos",
            "into Spanish",
            "This is a relay: 2 interpreters",
            "Ejemplo-Pérez, Juana",
        ),
        *("Best language: Mam. Understands Spanish: some", "A-number ____", "Thursday 10 December 2026"),
    ):
        assert words in text, words
    assert f"/hearings/{row.pk}/interpreters/" in client.get(f"/hearings/{row.pk}/").content.decode()


def test_where_nobody_is_named_the_best_language_is_asked_for_and_never_spanish_by_default() -> None:
    group = group_of(languages=["quc", "spa"])
    user, _actor = attorney_of(group)
    row = hearing_of(group, date(2026, 12, 10), kind="master", hearing_time=time(8, 30))
    text = unescape(browser_of(user).get(f"/hearings/{row.pk}/interpreters/").content.decode())
    needed = text.split("Interpreters needed")[1]
    assert "K’iche’" in needed or "K'iche'" in needed
    assert "Spanish" not in needed.split("</ol>")[0]
    other, _actor = attorney_of(group_of())
    assert browser_of(other).get(f"/hearings/{row.pk}/interpreters/").status_code == 404
