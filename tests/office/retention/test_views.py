"""The page shows opaque ids; a name only behind the person's own doors. It asks, erases, holds and lifts."""

import pytest

from posada.office.access import two_persons
from posada.office.access.actor import actor_of
from posada.office.access.models import Approval
from posada.office.access.roles import Role
from posada.office.intake.models import SiblingGroup
from posada.office.retention.models import LegalHold
from tests.office.people import assign, browser_of, person
from tests.office.retention.gone import director, gone_group, late_day


@pytest.fixture(autouse=True)
def _late(monkeypatch: pytest.MonkeyPatch) -> None:
    late_day(monkeypatch)


def test_an_administrator_sees_ids_and_a_director_the_names_of_ones_own_groups() -> None:
    mine, other = gone_group(), gone_group()
    one = person(Role.PROGRAM_DIRECTOR)
    assign(one, Role.PROGRAM_DIRECTOR, group=mine)
    names = [group.children.get().name for group in (mine, other)]
    page = browser_of(one).get("/retention/").content.decode()
    assert names[0] in page
    assert names[1] not in page
    blind = browser_of(person(Role.ADMINISTRATOR)).get("/retention/").content.decode()
    assert str(mine.pk) in blind
    assert not any(name in blind for name in names)
    assert "Hold something" not in blind


def test_asked_agreed_and_erased_on_the_page() -> None:
    group, one = gone_group(), person(Role.PROGRAM_DIRECTOR)
    browser = browser_of(one)
    assert browser.post("/retention/", {"reason": "past its time"}).status_code >= 400
    browser.post("/retention/", {"chosen": str(group.pk), "reason": "past its time"})
    asked = Approval.objects.get()
    two_persons.answer(director(), asked.pk, approve=True)
    assert "Erase now" in browser.get("/retention/").content.decode()
    browser.post(f"/retention/erase/{asked.pk}/")
    assert not SiblingGroup.objects.filter(pk=group.pk).exists()
    assert actor_of(one).user_id == asked.asked_by_id


def test_a_director_holds_and_lifts_and_a_hold_is_read_in_spanish_too() -> None:
    group, browser = gone_group(), browser_of(person(Role.PROGRAM_DIRECTOR), language="es")
    assert browser.post("/retention/hold/", {"kind": "group", "subject": "Ana"}).status_code >= 400
    browser.post("/retention/hold/", {"kind": "group", "subject": str(group.pk), "reason": "a court said so"})
    held = LegalHold.objects.get()
    page = browser.get("/retention/", headers={"accept-language": "es"}).content.decode()
    assert "a court said so" in page
    browser.post(f"/retention/holds/{held.pk}/lift/", {"version": held.version})
    held.refresh_from_db()
    assert held.lifted_on is not None
