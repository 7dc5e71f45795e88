"""A muted office says so on every page, and one administrator's word ends it."""

from collections.abc import Iterator

import pytest

from posada.office.access.roles import Role
from posada.office.audit.models import Entry
from posada.office.intake.models import ProgramSettings
from posada.office.refusals import NotThere
from posada.web import going_live
from tests.office.people import acting, browser_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    going_live._seen_live.clear()
    yield
    going_live._seen_live.clear()


@pytest.fixture
def muted() -> None:
    ProgramSettings.objects.update_or_create(pk=1, defaults={"is_muted": True})


@pytest.mark.usefixtures("muted")
def test_every_page_says_that_the_office_is_muted() -> None:
    assert "Muted" in browser_of(person(Role.INTAKE_WORKER)).get("/").content.decode()


@pytest.mark.usefixtures("muted")
def test_an_administrator_ends_it_by_one_press_and_the_log_has_it() -> None:
    browser = browser_of(person(Role.ADMINISTRATOR))
    assert "live one" in browser.get("/going-live/").content.decode()
    assert ProgramSettings.objects.get().is_muted, "looking changes nothing"
    browser.post("/going-live/")
    assert not ProgramSettings.objects.get().is_muted
    assert Entry.objects.filter(act="office.live").count() == 1
    assert "Muted" not in browser.get("/").content.decode()


@pytest.mark.usefixtures("muted")
def test_nobody_else_can_end_it() -> None:
    assert browser_of(person(Role.PROGRAM_DIRECTOR)).post("/going-live/").status_code == 404
    with pytest.raises(NotThere):
        going_live.say_it_is_live(acting(Role.PROGRAM_DIRECTOR))


def test_saying_it_twice_is_logged_once() -> None:
    ProgramSettings.objects.update_or_create(pk=1, defaults={"is_muted": True})
    actor = acting(Role.ADMINISTRATOR)
    assert going_live.say_it_is_live(actor)
    assert not going_live.say_it_is_live(actor)
