"""Hearings and notices in the browser: a PDF is read, every field is compared, and the hearing stands."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from posada.office.casefile.models import Document
from posada.office.docket.models import HearingDetail, HearingNotice
from posada.office.intake.models import Court, Hearing
from tests.office.docket.cases import attorney_of, child_of, hearing_of
from tests.office.docket.test_notice_text import NOTICE, small_pdf
from tests.office.people import browser_of, group_of

CONFIRMED = ["kind", "day_typed", "time_typed", "court_code", "served_on"]


@pytest.mark.usefixtures("vault_folder")
def test_a_notice_as_a_pdf_is_kept_read_compared_and_entered() -> None:
    Court.objects.create(court_code="BAL", name="Baltimore", city="Baltimore", state="MD")
    group = group_of()
    user, _actor = attorney_of(group)
    client, child = browser_of(user), child_of(group)
    file = SimpleUploadedFile("x.pdf", small_pdf(NOTICE), content_type="application/pdf")
    read = client.post(f"/children/{child.pk}/notice/paper/", {"file": file})
    text = read.content.decode()
    assert read.status_code == 200
    assert 'value="2026-12-14"' in text
    assert 'value="08:30"' in text
    paper = Document.objects.get()
    form = {
        "kind": "master",
        "day_typed": "2026-12-14",
        "time_typed": "08:30",
        "court_code": "BAL",
        "served_on": "2026-11-20",
        "source": "Notice of hearing",
        "document": str(paper.pk),
        "read": "{}",
    }
    address = f"/children/{child.pk}/notice/"
    assert client.post(address, form).status_code == 422
    assert not Hearing.objects.exists()
    assert client.post(address, {**form, "confirmed": CONFIRMED}).status_code == 302
    assert HearingNotice.objects.get().document == paper
    assert Hearing.objects.get().hearing_date == date(2026, 12, 14)
    page = client.get(f"/children/{child.pk}/docket/").content.decode()
    assert "Monday 14 December 2026, 8:30 at the court (Eastern)" in page


def test_a_picture_is_typed_in(vault_folder: Path) -> None:
    group = group_of()
    user, _actor = attorney_of(group)
    client, child = browser_of(user), child_of(group)
    found = client.post(f"/children/{child.pk}/notice/paper/", {})
    assert found.status_code == 200
    assert "What does the notice" in found.content.decode()
    bad = SimpleUploadedFile("x.pdf", b"not a pdf at all", content_type="application/pdf")
    assert client.post(f"/children/{child.pk}/notice/paper/", {"file": bad}).status_code == 422
    assert not vault_folder.exists() or not list(vault_folder.rglob("*.sealed"))


def test_the_hour_comes_back_as_it_was_typed_however_often_it_is_saved() -> None:
    group = group_of()
    user, _actor = attorney_of(group)
    client, row = browser_of(user), hearing_of(group, date(2026, 12, 1))
    form = {"kind": "master", "hearing_time": "08:30", "zone": "America/Denver", "is_confirmed": "on"}
    for version in (1, 2, 2):
        assert client.post(f"/hearings/{row.pk}/", {**form, "version": version}).status_code == 302
    text = client.get(f"/hearings/{row.pk}/").content.decode()
    assert 'value="08:30"' in text
    assert "8:30 at the court (Mountain) – 10:30 here" in text
    assert HearingDetail.objects.get().zone == "America/Denver"


def test_transport_is_confirmed_from_the_watch() -> None:
    group = group_of()
    user, _actor = attorney_of(group)
    client, row = browser_of(user), hearing_of(group, date(2026, 12, 1), hearing_time="08:30")
    assert "Who brings the child" in client.get("/agenda/watch/").content.decode()
    client.post(f"/hearings/{row.pk}/transport/", {"version": 1, "transport": "foster father"})
    assert "Every hearing of the next 30 days" in client.get("/agenda/watch/").content.decode()
