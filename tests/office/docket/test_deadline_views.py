"""Closing a deadline in the browser: proof, reason, steps, and who comes second learns of the first."""

from datetime import date

from posada.office.docket.models import Deadline
from tests.office.docket.cases import attorney_of, child_of, deadline_of, record
from tests.office.people import browser_of, group_of


def start(*births: date):  # type: ignore[no-untyped-def]
    group = group_of(*births)
    user, actor = attorney_of(group)
    child = child_of(group)
    record(actor, child, "ij_decision", date(2026, 11, 16), siblings=True)
    return browser_of(user), deadline_of(child, "eoir.bia_appeal")


def test_it_was_done_and_the_docket_shows_the_proof() -> None:
    client, row = start()
    address = f"/deadlines/{row.pk}/"
    assert client.post(address + "met/", {"version": 1, "on": "2026-11-23", "words": ""}).status_code == 422
    done = client.post(address + "met/", {"version": 1, "on": "2026-11-23", "words": "receipt 5"})
    assert done.status_code == 302
    assert "Proof: receipt 5." in client.get(address).content.decode()
    again = client.post(address + "excused/", {"version": 2, "words": "moot"})
    assert again.status_code == 409


def test_one_filing_for_brothers_and_sisters() -> None:
    client, row = start(date(2012, 1, 1), date(2014, 1, 1))
    other = Deadline.objects.filter(rule_id=row.rule_id).exclude(pk=row.pk).get()
    form = {"version": 1, "on": "2026-11-23", "words": "receipts", "also": [str(other.pk)]}
    assert client.post(f"/deadlines/{row.pk}/met/", form).status_code == 302
    assert set(Deadline.objects.filter(rule_id=row.rule_id).values_list("state", flat=True)) == {"met"}


def test_a_step_is_done_by_one_button_and_a_stale_page_says_so() -> None:
    client, row = start()
    address = f"/deadlines/{row.pk}/step/"
    assert client.post(address, {"version": 1, "step": "interview"}).status_code == 302
    assert client.post(address, {"version": 1, "step": "filing"}).status_code == 409
    assert list(Deadline.objects.get(pk=row.pk).steps_done) == ["interview"]


def test_what_moves_a_date_shows_the_date_that_it_was() -> None:
    client, row = start()
    form = {"kind": "order", "authority": "Board", "evidence": "order", "end": "2026-12-18"}
    assert client.post(f"/deadlines/{row.pk}/adjust/", form).status_code == 302
    text = client.get(f"/deadlines/{row.pk}/").content.decode()
    assert "What it was before" in text
    assert "Fri 27 Nov 2026" in text
    assert "a judge or a schedule set Friday 18 December 2026" in text


def test_the_page_of_a_deadline_in_spanish() -> None:
    group = group_of()
    user, actor = attorney_of(group)
    record(actor, child_of(group), "ij_decision", date(2026, 11, 16))
    row = Deadline.objects.get(rule_id="eoir.bia_appeal")
    text = browser_of(user, language="es").get(f"/deadlines/{row.pk}/").content.decode()
    assert "Apelación ante la Junta (EOIR-26)" in text
    assert "16 de noviembre de 2026 + 10 días" in text
