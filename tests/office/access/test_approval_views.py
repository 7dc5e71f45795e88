"""What waits for me, answered with a reason, and never by the human being who asked."""

from datetime import timedelta

from django.utils import timezone

from posada.office.access import two_persons
from posada.office.access.actor import actor_of
from posada.office.access.models import Approval
from posada.office.access.roles import Role
from tests.office.people import browser_of, person


def asked_by(user: object, act: str = "export.program") -> Approval:
    return two_persons.ask(actor_of(user), act, scope={"x": 1}, reason="for the state's audit")  # type: ignore[arg-type]


def test_a_request_waits_for_others_and_not_for_who_asked() -> None:
    dora, dan = person(Role.PROGRAM_DIRECTOR), person(Role.PROGRAM_DIRECTOR)
    twin = person(Role.PROGRAM_DIRECTOR, person_key=dora.person_key)
    asked = asked_by(dora)
    assert "0 requests wait" in browser_of(dora).get("/approvals/").content.decode()
    assert "0 requests wait" in browser_of(twin).get("/approvals/").content.decode()
    assert "1 request waits" in browser_of(dan).get("/approvals/").content.decode()
    for same in (dora, twin):
        answer = browser_of(same).post(f"/approvals/{asked.pk}/", {"answer": "approve"})
        assert answer.status_code == 422
        assert "same_person" in answer.content.decode()


def test_a_refusal_says_why_and_the_asker_reads_it() -> None:
    dora, dan = person(Role.PROGRAM_DIRECTOR), person(Role.PROGRAM_DIRECTOR)
    asked, client = asked_by(dora), browser_of(dan)
    assert client.post(f"/approvals/{asked.pk}/", {"answer": "refuse"}).status_code == 422
    client.post(f"/approvals/{asked.pk}/", {"answer": "refuse", "reason": "not before the board met"})
    assert "not before the board met" in browser_of(dora).get("/approvals/").content.decode()
    assert client.post(f"/approvals/{asked.pk}/", {"answer": "approve"}).status_code == 409


def test_a_lapsed_request_is_gone() -> None:
    dora, dan = person(Role.PROGRAM_DIRECTOR), person(Role.PROGRAM_DIRECTOR)
    asked = asked_by(dora)
    Approval.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "0 requests wait" in browser_of(dan).get("/approvals/").content.decode()
    assert browser_of(dan).post(f"/approvals/{asked.pk}/", {"answer": "approve"}).status_code == 409
    assert "lapsed" in browser_of(dora).get("/approvals/").content.decode()


def test_requests_of_other_roles_are_not_there() -> None:
    asked = asked_by(person(Role.PROGRAM_DIRECTOR))
    answer = browser_of(person(Role.ATTORNEY)).post(f"/approvals/{asked.pk}/", {"answer": "approve"})
    assert answer.status_code == 404
