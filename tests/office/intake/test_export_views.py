"""The page of exports: asked, agreed by another, written once."""

from posada.office.access import two_persons
from posada.office.access.models import Approval
from posada.office.access.roles import Role
from posada.office.intake.archive import opened
from tests.office.people import acting, browser_of, group_of, person

WORDS = "a long enough passphrase"


def test_an_export_is_asked_for_agreed_to_and_written_once() -> None:
    group_of()
    client = browser_of(person(Role.PROGRAM_DIRECTOR))
    assert client.post("/export/", {"reason": ""}).status_code == 422
    client.post("/export/", {"reason": "for the next office", "sealed": "on"})
    asked = Approval.objects.get()
    assert asked.scope == {"what": "program", "sealed": True, "country": False, "location": False}
    assert client.post(f"/export/{asked.pk}/write/", {"passphrase": WORDS}).status_code == 409
    two_persons.answer(acting(Role.ADMINISTRATOR), asked.pk, approve=True)
    assert "Write the file" in client.get("/export/").content.decode()
    written = client.post(f"/export/{asked.pk}/write/", {"passphrase": WORDS})
    assert "plain/children.csv" in opened(written.content, passphrase=WORDS)
    assert written.headers["Content-Disposition"] == 'attachment; filename="program.posada"'
    assert client.post(f"/export/{asked.pk}/write/", {"passphrase": WORDS}).status_code == 409
    other = browser_of(person(Role.PROGRAM_DIRECTOR))
    assert other.post(f"/export/{asked.pk}/write/", {"passphrase": WORDS}).status_code == 404
