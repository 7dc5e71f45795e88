"""The director looks at what readers would see, and publishes it."""

from posada.office.access.roles import Role
from posada.office.ledger import publishing
from posada.office.ledger.models import Publication
from tests.office.ledger.test_publishing import program
from tests.office.people import browser_of, person


def test_what_is_hidden_is_told_with_the_reason_before_it_is_published() -> None:
    program(homes=1, waiting=2, represented=0)
    told = browser_of(person(Role.PROGRAM_DIRECTOR)).get("/ledger/publish/").content.decode()
    assert "figures would be published without a number" in told
    assert "fewer than 11, or it would tell a figure that is" in told
    assert "24 counties are hidden" in told, "one of them alone would tell that somebody lives there"
    assert "Nothing has been published yet" in told
    assert not Publication.objects.exists()


def test_one_button_publishes_and_one_switch_does_each_day() -> None:
    program()
    browser = browser_of(person(Role.PROGRAM_DIRECTOR))
    assert browser.post("/ledger/publish/now/").status_code == 302
    assert "Last: edition 1" in browser.get("/ledger/publish/").content.decode()
    browser.post("/ledger/publish/daily/", {"daily": "on"})
    assert publishing.is_daily()
    browser.post("/ledger/publish/daily/", {"daily": "off"})
    assert not publishing.is_daily()


def test_in_spanish_the_definitions_are_spanish() -> None:
    program()
    told = browser_of(person(Role.PROGRAM_DIRECTOR), language="es").get("/ledger/publish/").content.decode()
    assert "Niños del programa que ese día no tienen hogar" in told
