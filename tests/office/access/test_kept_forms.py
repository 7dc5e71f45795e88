"""Nothing that was typed is lost when a session ends; it comes back to the same person in the same page only."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from posada.office.access.kept_forms import keep_form, kept_form, waiting_for
from posada.office.access.models import KeptForm, User
from posada.office.access.roles import Role
from tests.office.people import browser_of, person

PAGE = "/people/new/"
TYPED = {"username": "pat", "display_name": "Pat Ñandú", "language": "es"}


def fall_asleep(client: Client, *, minutes: int = 31) -> None:
    session = client.session
    session["seen_at"] = (timezone.now() - timedelta(minutes=minutes)).timestamp()
    session.save()


@pytest.fixture
def ada() -> User:
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def lost(ada: User) -> Any:
    """A form that was sent too late."""
    client = browser_of(ada)
    client.get(PAGE)
    fall_asleep(client)
    return client.post(PAGE, TYPED)


def test_a_form_that_comes_too_late_writes_nothing_and_is_kept(ada: User, lost: Any) -> None:
    assert lost.headers["Location"] == f"/accounts/login/?next={PAGE}"
    assert not User.objects.filter(username="pat").exists()
    kept = kept_form(ada, PAGE)
    assert kept is not None
    assert dict(kept.fields) == {name: [value] for name, value in TYPED.items()}
    assert b"Pat" not in bytes(KeptForm.objects.get().sealed)


def test_after_sign_in_the_filled_form_is_there_and_goes_when_it_is_sent(ada: User, lost: Any) -> None:
    client = browser_of(ada)
    shown = client.get(PAGE).content.decode()
    assert 'id="kept-fields"' in shown and "Pat Ñandú" in shown
    assert "kept-fields" not in client.get("/").content.decode()
    assert client.post(PAGE, TYPED).status_code == 200
    assert User.objects.filter(username="pat").exists()
    assert "kept-fields" not in client.get(PAGE).content.decode()
    assert not KeptForm.objects.exists()


def test_another_person_sees_nothing_of_it(ada: User, lost: Any) -> None:
    other = person(Role.ADMINISTRATOR)
    assert kept_form(other, PAGE) is None
    assert "Pat" not in browser_of(other).get(PAGE).content.decode()


def test_it_can_be_thrown_away(ada: User, lost: Any) -> None:
    client = browser_of(ada)
    client.get(PAGE)
    client.post("/kept/away/", {"next": PAGE})
    assert "kept-fields" not in client.get(PAGE).content.decode()
    assert client.post("/kept/away/", {"next": "https://evil.example/"}).headers["Location"] == "/"


def test_it_comes_back_on_the_page_where_the_form_stands(ada: User) -> None:
    client, user = browser_of(ada), person()
    client.get("/")
    fall_asleep(client)
    page, address = f"/people/{user.pk}/", f"/people/{user.pk}/roles/"
    sent = {"role": "attorney", "reason": "she begins on Monday"}
    answer = client.post(address, sent, headers={"referer": f"http://testserver{page}"})
    assert answer.headers["Location"] == f"/accounts/login/?next={page}"
    assert waiting_for(ada) == {page: address}
    assert "she begins on Monday" in browser_of(ada).get(page).content.decode()


def test_a_page_elsewhere_is_not_believed(ada: User) -> None:
    client = browser_of(ada)
    client.get("/")
    fall_asleep(client)
    answer = client.post(PAGE, TYPED, headers={"referer": "https://evil.example/people/"})
    assert answer.headers["Location"] == f"/accounts/login/?next={PAGE}"


def test_passwords_codes_and_reasons_are_not_kept(ada: User) -> None:
    for path, fields in (
        ("/accounts/password/change/", {"oldpassword": "x", "password1": "y"}),
        ("/sealed/more/", {"reason": "many homes to call"}),
        (PAGE, {"password": "correct horse"}),
        (PAGE, {"username": ""}),
    ):
        client = browser_of(ada)
        client.get("/")
        fall_asleep(client)
        client.post(path, fields)
    assert not KeptForm.objects.exists()


def test_a_forged_form_is_not_kept(ada: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = browser_of(ada).cookies
    client.get("/")
    fall_asleep(client)
    assert client.post(PAGE, TYPED).status_code == 403
    assert not KeptForm.objects.exists()


def test_an_account_that_was_turned_off_keeps_nothing(ada: User) -> None:
    client = browser_of(ada)
    client.get("/")
    fall_asleep(client)
    User.objects.update(is_active=False)
    client.post(PAGE, TYPED)
    assert not KeptForm.objects.exists()


def test_what_is_kept_has_its_bounds(ada: User, rf: Any) -> None:
    assert not keep_form(rf.post(PAGE, {"display_name": "x" * 300_000}), ada.pk)
    KeptForm.objects.create(user=ada, path="/old/", sealed=b"x", key_number="")
    KeptForm.objects.update(kept_at=timezone.now() - timedelta(days=3))
    assert keep_form(rf.post(PAGE, TYPED), ada.pk)
    assert [each.path for each in KeptForm.objects.all()] == [PAGE]
    KeptForm.objects.update(sealed=b"rubbish")
    assert kept_form(ada, PAGE) is None


def test_an_idle_session_ends_and_one_press_puts_it_off(ada: User) -> None:
    client = browser_of(ada)
    client.get("/")
    fall_asleep(client, minutes=29)
    assert client.post("/still-here/").status_code == 204
    fall_asleep(client, minutes=29)
    assert client.get("/").status_code == 200
    fall_asleep(client)
    assert client.post("/still-here/").status_code == 302
    by_hand = browser_of(ada).post("/still-here/", {"next": "/people/"}, headers={"accept": "text/html"})
    assert by_hand.headers["Location"] == "/people/"


def test_the_page_carries_the_warning(ada: User) -> None:
    shown = browser_of(ada).get("/").content.decode()
    assert 'id="session-end"' in shown.split("</main>")[1]
    assert 'data-idle="1800"' in shown


def test_a_busy_session_ends_after_twelve_hours(ada: User) -> None:
    client = browser_of(ada)
    client.get("/")
    session = client.session
    session["began_at"] = (timezone.now() - timedelta(hours=12, minutes=1)).timestamp()
    session.save()
    assert client.get("/").status_code == 302


def test_a_method_that_is_not_taken_has_a_page(ada: User) -> None:
    answer = browser_of(ada).get("/still-here/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "<h1>" in answer.content.decode()
