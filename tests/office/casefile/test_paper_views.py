"""Adding to a file, opening a paper, and taking a mistake back, in a browser."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from posada.office.access.roles import Role
from posada.office.casefile.models import Document, Note, Wish, WrittenName
from posada.office.intake.models import Child
from tests.office.casefile.papers import PDF
from tests.office.people import browser_of, group_of, home_of, person

pytestmark = pytest.mark.usefixtures("vault_folder")


@pytest.fixture
def child() -> Child:
    return group_of(given_name="Ana", family_name="Ruiz").children.get()


def _bring(browser: Any, child: Child, content: bytes = PDF, name: str = "../../Ana Ruiz.html") -> Any:
    file = SimpleUploadedFile(name, content, content_type="text/html")
    address = reverse("document_add", args=[child.pk])
    return browser.post(address, {"kind": "passport", "title": "Paper", "file": file})


def test_a_paper_is_brought_and_leaves_as_a_download_that_nothing_runs(child: Child) -> None:
    browser = browser_of(person(Role.INTAKE_WORKER))
    assert _bring(browser, child).status_code == 302
    kept = Document.objects.get()
    answer = browser.post(reverse("document_open", args=[kept.pk]))
    assert answer.content == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="document-{kept.pk.hex[:12]}.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in answer.headers["Cache-Control"]
    assert browser_of(person(Role.ATTORNEY)).post(reverse("document_open", args=[kept.pk])).status_code == 404


def test_what_is_no_paper_is_refused_at_its_field_whatever_its_name(child: Child) -> None:
    browser = browser_of(person(Role.INTAKE_WORKER))
    answer = _bring(browser, child, b"<html></html>", "paper.pdf")
    assert answer.status_code == 422
    assert "whatever its name says" in answer.content.decode()
    assert not Document.objects.exists()


def test_a_body_that_is_too_long_is_a_page_with_a_sentence(child: Child) -> None:
    browser = browser_of(person(Role.INTAKE_WORKER))
    answer = browser.post(
        reverse("document_add", args=[child.pk]), {"kind": "other"}, CONTENT_LENGTH=str(60 * 1024 * 1024)
    )
    assert answer.status_code == 413
    assert "25 MB" in answer.content.decode()


def test_a_forged_upload_is_refused(child: Child) -> None:
    user = person(Role.INTAKE_WORKER)
    browser = browser_of(user)
    browser.handler.enforce_csrf_checks = True
    assert _bring(browser, child).status_code == 403
    assert not Document.objects.exists()


def test_a_second_person_finds_it_legible(child: Child) -> None:
    browser = browser_of(person(Role.INTAKE_WORKER))
    _bring(browser, child)
    kept = Document.objects.get()
    address, said = reverse("document_legible", args=[kept.pk]), {"version": 1, "legible": "yes"}
    assert browser.post(address, said).status_code == 422
    assert browser_of(person(Role.LEGAL_COORDINATOR)).post(address, said).status_code == 302
    kept.refresh_from_db()
    assert kept.is_legible


def test_the_papers_of_a_home_are_its_licensing_workers() -> None:
    home, worker = home_of(), browser_of(person(Role.LICENSING_WORKER))
    address = reverse("home_documents", args=[home.pk])
    file = SimpleUploadedFile("x.pdf", PDF)
    assert worker.post(address, {"kind": "identity_card", "file": file}).status_code == 302
    kept = Document.objects.get()
    assert "a second person has to look" in worker.get(address).content.decode()
    assert worker.post(reverse("home_document_open", args=[kept.pk])).content == PDF
    second = browser_of(person(Role.LICENSING_WORKER))
    said = {"version": 1, "legible": "no"}
    assert second.post(reverse("home_document_legible", args=[kept.pk]), said).status_code == 302
    assert "not legible" in second.get(address).content.decode()
    assert browser_of(person(Role.INTAKE_WORKER)).get(address).status_code == 404


def _fill(browser: Any, child: Child) -> dict[str, Any]:
    """One record of each kind, made as a person makes it."""
    _bring(browser, child)
    browser.post(reverse("note_add", args=[child.pk]), {"text": "Sleeps badly."})
    browser.post(
        reverse("wish_add", args=[child.pk]), {"wished_by": "child", "kind": "town", "text": "Near mom"}
    )
    browser.post(reverse("name_add", args=[child.pk]), {"authority": "court", "name": "RUIZ ANA"})
    return {
        "document": Document.objects.get(),
        "note": Note.objects.get(),
        "wish": Wish.objects.get(),
        "name": WrittenName.objects.get(),
    }


def test_a_wish_is_answered(child: Child) -> None:
    wish = _fill(browser_of(person(Role.INTAKE_WORKER)), child)["wish"]
    worker = browser_of(person(Role.PLACEMENT_WORKER))
    address = reverse("wish_answer", args=[wish.pk])
    assert worker.get(address).status_code == 200
    assert worker.post(address, {"version": 1, "answer": "No home there yet."}).status_code == 302
    assert "No home there yet." in worker.get(reverse("child_page", args=[child.pk])).content.decode()


@pytest.mark.parametrize("kind", ["document", "note", "wish", "name"])
def test_every_page_opens_after_each_kind_of_record_was_voided(child: Child, kind: str) -> None:
    browser = browser_of(person(Role.INTAKE_WORKER))
    record = _fill(browser, child)[kind]
    address = reverse("record_void", args=[kind, record.pk])
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"version": 1, "reason": ""}).status_code == 422
    assert browser.post(address, {"version": 1, "reason": "Wrong child."}).status_code == 302
    assert browser.get(address).status_code == 404
    for route in ("child_page", "child_print", "child_history", "child_change"):
        assert browser.get(reverse(route, args=[child.pk])).status_code == 200
    assert browser.get(reverse("children")).status_code == 200


def test_every_page_opens_after_what_stands_around_a_child_was_voided(child: Child) -> None:
    from django.utils import timezone

    from posada.office.counsel.models import Counsel, Engagement
    from posada.office.intake.models import Hearing, KinLink
    from tests.office.people import counsel_of

    home = home_of()
    made = [
        child.placements.create(home=home, from_date="2026-01-01"),
        Hearing.objects.create(group=child.group, court_code="BAL", hearing_date="2027-01-01"),
        KinLink.objects.create(group=child.group, home=home, sponsor_category="2A"),
        Engagement.objects.create(group=child.group, counsel=counsel_of(), from_date="2026-01-01"),
    ]
    browser = browser_of(person(Role.LEGAL_COORDINATOR))
    for record in [*made, home, *Counsel.objects.all()]:
        type(record).objects.filter(pk=record.pk).update(voided_at=timezone.now(), voided_reason="mistake")
        for route in ("child_page", "child_print"):
            assert browser.get(reverse(route, args=[child.pk])).status_code == 200, record


def test_a_voided_child_is_not_there_and_the_lists_open(child: Child) -> None:
    from django.utils import timezone

    sister = Child.objects.create(child_id="S-1", group=child.group, birth_date="2016-01-01", sex="F")
    Child.objects.filter(pk=child.pk).update(voided_at=timezone.now(), voided_reason="mistake")
    browser = browser_of(person(Role.INTAKE_WORKER))
    assert browser.get(reverse("child_page", args=[child.pk])).status_code == 404
    assert browser.get(reverse("child_page", args=[sister.pk])).status_code == 200
    assert browser.get(reverse("children")).status_code == 200
