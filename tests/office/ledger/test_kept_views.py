"""Rates and hours as people enter them."""

from posada.office.access.roles import Role
from posada.office.ledger.models import DatedRate, HoursGiven
from tests.office.people import browser_of, counsel_of, person


def test_a_rate_is_typed_in_dollars_and_kept_in_whole_cents() -> None:
    browser = browser_of(person(Role.PROGRAM_DIRECTOR))
    assert "of 6 rates are missing" in browser.get("/ledger/rates/").content.decode()
    sent = {
        "kind": "kin",
        "since": "2026-07-01",
        "dollars": "17.05",
        "payer": "state",
        "source": "letter of 2 May",
    }
    assert browser.post("/ledger/rates/new/", sent).status_code == 302
    rate = DatedRate.objects.get()
    assert rate.cents == 1_705
    assert "$17.05" in browser.get("/ledger/rates/").content.decode()
    browser.post(f"/ledger/rates/{rate.pk}/out/", {"version": "1", "reason": "read wrongly"})
    assert "$17.05" not in browser.get("/ledger/rates/").content.decode()


def test_a_rate_that_cannot_be_taken_is_shown_again_with_its_fault() -> None:
    browser = browser_of(person(Role.PROGRAM_DIRECTOR))
    sent = {"kind": "kin", "since": "2026-07-01", "dollars": "-1", "payer": "state", "source": "x"}
    answer = browser.post("/ledger/rates/new/", sent)
    assert answer.status_code == 422
    assert not DatedRate.objects.exists()


def test_the_auditor_reads_rates_and_has_no_button() -> None:
    told = browser_of(person(Role.AUDITOR)).get("/ledger/rates/").content.decode()
    assert "Enter a rate" not in told


def test_counsel_writes_hours_and_takes_a_mistake_out() -> None:
    user = person(Role.ATTORNEY)
    mine = counsel_of(user=user, display_name="A. Abogada")
    browser = browser_of(user)
    assert "No hours are written down yet" in browser.get("/ledger/hours/").content.decode()
    sent = {"counsel": str(mine.pk), "given_on": "2026-11-20", "hours": "1.5"}
    assert browser.post("/ledger/hours/", sent).status_code == 302
    row = HoursGiven.objects.get()
    assert row.minutes == 90
    assert browser.post("/ledger/hours/", {**sent, "hours": "23"}).status_code == 422
    browser.post(f"/ledger/hours/{row.pk}/out/", {"version": "1", "reason": "entered twice"})
    assert "No hours are written down yet" in browser.get("/ledger/hours/").content.decode()
