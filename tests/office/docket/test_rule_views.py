"""The rules in the browser: what nobody signed off comes first, a lawyer signs, and a change shows what it moves."""

from datetime import date

from posada.office.access.roles import Role
from posada.office.day import today
from posada.office.docket.models import RuleSignOff
from posada.office.docket.sign_offs import version_of
from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.sign_off import version_digest
from tests.office.docket.cases import child_of, coordinator, deadline_of, record
from tests.office.people import browser_of, person

PAGE = "/agenda/rules/"
ONE = "/agenda/rules/eoir-vd_bond-1/"


def test_counsel_signs_a_version_off_and_every_page_takes_it_into_account() -> None:
    child, browser = child_of(), browser_of(person(Role.LEGAL_COORDINATOR))
    record(coordinator(), child, "vd_order", date(2026, 11, 23))
    count = len(load_legal_rules().rules)
    assert f"{count} rules are not signed off by counsel" in browser.get(PAGE).content.decode()
    typed = {
        "digest": version_digest(*version_of("eoir-vd_bond-1")),
        "name": "Dana Example",
        "bar": "Maryland 12345",
        "on": today().isoformat(),
    }
    assert browser.post(ONE, {**typed, "name": ""}).status_code == 422
    assert browser.post(ONE, typed).status_code == 302
    page = browser.get(PAGE).content.decode()
    assert f"{count - 1} rules are not signed off by counsel" in page
    assert "Dana Example (Maryland 12345)" in page
    told = browser.get(f"/deadlines/{deadline_of(child, 'eoir.vd_bond').pk}/").content.decode()
    assert "not signed off by counsel" not in told


def test_a_director_reads_the_rules_and_signs_nothing() -> None:
    browser = browser_of(person(Role.PROGRAM_DIRECTOR))
    assert "sign off</a>" not in browser.get(PAGE).content.decode()
    assert browser.post(ONE).status_code in (403, 404)
    assert not RuleSignOff.objects.exists()


def test_what_moved_can_be_asked_for_any_two_days() -> None:
    browser = browser_of(person(Role.LEGAL_COORDINATOR))
    assert browser.get(f"{PAGE}moved/").status_code == 200
    page = browser.get(f"{PAGE}moved/?start=2025-01-01&end=2026-11-25").content.decode()
    assert "0 open dates differ" in page
    assert "eoir.bia_appeal#" in page
    assert browser.get(f"{PAGE}moved/?start=nonsense&end=").status_code == 200
