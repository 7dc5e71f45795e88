"""No page breaks a rule of access or runs out of a phone, in either language; the court’s page prints whole."""

from datetime import date, time

import pytest
from axe_playwright_python.sync_playwright import Axe

from posada.office.access import doors
from posada.office.docket.models import HearingDetail
from posada.office.intake.models import Child
from posada.office.preparation import checklists, declarations, library, official_forms
from posada.office.preparation.declarations import NewDeclaration
from posada.preparation.declaration import Told
from tests.chromium import chromium
from tests.office.docket.cases import hearing_of, record
from tests.office.docket.test_print import printed, styled
from tests.office.people import browser_of
from tests.office.preparation.test_library import new
from tests.preparation.forms import made_form

pytestmark = pytest.mark.browser


def pages_of(child: Child, lawyer: tuple, language: str) -> dict[str, str]:
    """Every page of the room with something on it."""
    user, actor = lawyer
    Child.objects.filter(pk=child.pk).update(given_name="María de los Ángeles Guadalupe")
    doors.seal_fields(child, {"a_number": "000-000-017"})
    record(actor, child, "ij_decision", date(2026, 11, 2))
    mark = checklists.NewMark("done", date(2026, 11, 20), note="from the clerk")
    checklists.mark_item(actor, child, checklists.checklist_named("appeal"), "decision", mark, version=0)
    library.add_exhibit(actor, new(published_on=date(2024, 1, 1)))
    begun = declarations.begin(actor, child, NewDeclaration("asylum", "mam", "Todos Santos", "Ana Ejemplo"))
    declarations.save_answer(actor, begun, "why", Told("Xin txi", "I left"), version=0)
    hearing = hearing_of(child.group, date(2026, 12, 10), kind="master", hearing_time=time(8, 30))
    relay = [
        {"language": "mam", "variant": "Todos Santos", "into": "spa", "is_booked": False},
        {"language": "spa", "variant": "", "into": "eng", "is_booked": False},
    ]
    HearingDetail.objects.create(hearing=hearing, interpreters=relay)
    paper = official_forms.bring(actor, child, made_form(), name="Form X")
    opened = official_forms.open_form(actor, official_forms.one_paper(actor, paper.pk))
    official_forms.confirm(actor, opened, opened.mapping, version=0)
    client = browser_of(user, language=language)
    own, telling = f"/children/{child.pk}", f"/declarations/{begun.pk}"
    addresses = [
        *(f"{own}/preparation/", f"{own}/checklists/appeal/", f"{own}/checklists/appeal/reasons/"),
        *(f"{own}/declarations/", f"{telling}/", f"{telling}/why/", f"{telling}/harm/"),
        *("/library/", f"{own}/library/", f"/hearings/{hearing.pk}/interpreters/"),
        *(f"{own}/forms/", f"/official-forms/{paper.pk}/"),
    ]
    found = {each: client.get(each).content.decode() for each in addresses}
    found["conflict"] = client.post(
        f"{telling}/why/", {"version": "0", "told": "other", "english": ""}
    ).content.decode()
    found["fill"] = client.post(f"/official-forms/{paper.pk}/", {"act": "fill"}).content.decode()
    found["refused"] = client.post(f"{own}/checklists/appeal/fee/", {"state": "done"}).content.decode()
    return found


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_breaks_a_rule_of_access_or_runs_out_of_a_phone(
    child: Child, lawyer: tuple, language: str
) -> None:
    wrong = {}
    pages = pages_of(child, lawyer, language)
    with chromium() as browser:
        for address, html in pages.items():
            page = browser.new_page(viewport={"width": 390, "height": 900})
            page.set_content(styled(html))
            found = Axe().run(page)
            if found.violations_count:
                wrong[address] = found.generate_report()
            if page.evaluate("document.documentElement.scrollWidth") > 390:
                wrong[address + " width"] = "wider than a phone"
            page.close()
    assert wrong == {}


def test_the_request_for_the_court_prints_on_one_letter_page(child: Child, lawyer: tuple) -> None:
    pages = pages_of(child, lawyer, "es")
    html = next(html for address, html in pages.items() if address.endswith("/interpreters/"))
    reader = printed(html)
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert len(reader.pages) == 1
    for words in ("Request for interpreters", "Mam, variant: Todos Santos", "This is a relay", "Signature"):
        assert words in text
    assert "Nada se da por español" not in text
