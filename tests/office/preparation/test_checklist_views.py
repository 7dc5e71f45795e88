"""Pages of checklists: what is late comes first, each item has its days and source, a tick goes through the page."""

from datetime import date
from html import unescape

import pytest

from posada.office.intake.models import Child
from posada.office.preparation.models import ChecklistMark
from posada.preparation.checklist import shipped_checklists
from tests.office.docket.cases import record
from tests.office.people import browser_of


def test_the_checklist_shows_days_source_and_that_nobody_signed_it_off(child: Child, lawyer: tuple) -> None:
    user, actor = lawyer
    record(actor, child, "ij_decision", date(2026, 11, 16))
    client = browser_of(user)
    page = unescape(client.get(f"/children/{child.pk}/preparation/").content.decode())
    assert "Appeal to the Board" in page
    text = unescape(client.get(f"/children/{child.pk}/checklists/appeal/").content.decode())
    assert "counted back in working days from" in text
    assert "8 CFR 1003.38" in text
    assert "not signed off" in text
    assert "begin by" in text
    assert client.get(f"/children/{child.pk}/checklists/magic/").status_code == 404
    assert client.get(f"/children/{child.pk}/checklists/appeal/magic/").status_code == 404


def test_the_docket_leads_to_the_preparation(child: Child, lawyer: tuple) -> None:
    text = browser_of(lawyer[0]).get(f"/children/{child.pk}/docket/").content.decode()
    assert f"/children/{child.pk}/preparation/" in text


def test_an_item_is_ticked_through_its_page_and_a_second_window_is_told(child: Child, lawyer: tuple) -> None:
    client = browser_of(lawyer[0])
    address = f"/children/{child.pk}/checklists/appeal/fee/"
    assert "Fee, or request for a waiver: open, without a date</h1>" in client.get(address).content.decode()
    assert client.post(address, {"version": "0", "state": "done", "on": ""}).status_code == 422
    done = client.post(address, {"version": "0", "state": "done", "on": "2026-11-23", "note": "paid online"})
    assert done.headers["Location"] == f"/children/{child.pk}/checklists/appeal/"
    assert "paid online" in client.get(done.headers["Location"]).content.decode()
    late = client.post(address, {"version": "0", "state": "not_needed", "reason": "waived"})
    assert late.status_code == 409
    assert "waived" in late.content.decode()
    assert ChecklistMark.objects.get().state == "done"


def test_the_pages_ask_few_queries(
    child: Child, lawyer: tuple, django_assert_max_num_queries: object
) -> None:
    client = browser_of(lawyer[0])
    for page in ("preparation/", "checklists/asylum-court/", "checklists/asylum-court/fee/"):
        with django_assert_max_num_queries(30):  # type: ignore[operator]
            assert client.get(f"/children/{child.pk}/{page}").status_code == 200


@pytest.mark.parametrize("checklist", [each.checklist_id for each in shipped_checklists().lists])
def test_each_checklist_opens_in_spanish(child: Child, lawyer: tuple, checklist: str) -> None:
    text = browser_of(lawyer[0], language="es").get(f"/children/{child.pk}/checklists/{checklist}/")
    assert text.status_code == 200
    found = shipped_checklists().one(checklist)
    assert found is not None
    assert all(each.titles["es"] in unescape(text.content.decode()) for each in found.items)
