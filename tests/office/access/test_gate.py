"""Nobody gets through a door that does not name them."""

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from posada.office.access.actor import NOBODY
from posada.office.access.gate import GateMiddleware, opened_to, opens_to
from posada.office.access.models import RoleGrant, User
from posada.office.access.roles import Role
from posada.office.licensing.models import Enquiry
from tests.office.people import browser_of, person


def test_a_stranger_is_asked_to_sign_in() -> None:
    answer = Client().get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/accounts/login/?next=/"


@pytest.mark.parametrize("role", Role)
def test_everybody_with_a_role_has_a_first_page_that_no_cache_keeps(role: Role) -> None:
    answer = browser_of(person(role)).get("/")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


def test_a_role_without_a_second_factor_opens_nothing_but_setting_one_up() -> None:
    user = person(Role.PLACEMENT_WORKER)
    user.authenticator_set.all().delete()
    answer = browser_of(user).get("/")
    assert answer.headers["Location"] == "/accounts/2fa/totp/activate/"


def test_a_role_that_was_taken_away_is_gone_on_the_next_request() -> None:
    user = person(Role.PLACEMENT_WORKER)
    client = browser_of(user)
    assert "placement" in client.get("/").content.decode().lower()
    RoleGrant.objects.filter(user=user).update(until_at="2020-01-01T00:00Z")
    assert client.get("/").context["role_names"] == []


def test_another_host_is_not_answered() -> None:
    answer = Client().get("/accounts/login/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


def test_a_view_that_names_nobody_opens_to_nobody() -> None:
    def view(_request: object) -> None:
        return None

    assert opened_to(view, "no_such_route") == frozenset()
    assert opened_to(opens_to(Role.AUDITOR)(view), "no_such_route") == {Role.AUDITOR}


def test_what_a_stranger_sends_is_not_kept_and_leads_to_the_sign_in_page() -> None:
    answer = Client().post("/people/new/", {"username": "pat"})
    assert answer.headers["Location"] == "/accounts/login/?next=/people/new/"


def test_a_deactivated_account_is_out_on_the_next_request() -> None:
    user = person(Role.AUDITOR)
    client = browser_of(user)
    assert client.get("/log/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/log/").status_code == 302


def test_a_body_that_is_no_form_is_not_understood() -> None:
    body, kind = b'--x\r\nContent-Disposition: form-data; name="\r\n', "multipart/form-data; boundary="
    for boundary in ("", "x" * 300, "\u00e9"):
        answer = browser_of(person(Role.INTAKE_WORKER)).post("/arrivals/upload/", body, kind + boundary)
        assert answer.status_code == 400


@pytest.mark.postgresql_too
@pytest.mark.parametrize("typed", ["\x00", "Ana\x00Example", "x" * 100_000])
def test_a_text_that_no_database_takes_is_no_failure(typed: str) -> None:
    client = browser_of(person(Role.PLACEMENT_WORKER))
    client.raise_request_exception = False
    assert client.post("/children/", {"q": typed}).status_code in (200, 422)
    assert client.post("/sealed/more/", {"reason": "because " + typed}).status_code in (302, 422)


@pytest.mark.postgresql_too
def test_a_word_that_can_be_no_id_is_nowhere_looked_for() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(Enquiry.objects.filter(owner_id="' or 1=1").count())

    request = RequestFactory().get("/")
    request.actor = NOBODY  # type: ignore[attr-defined]
    with pytest.raises(ValidationError) as raised:
        view(request)
    answer = GateMiddleware(view).process_exception(request, raised.value)
    assert answer is not None
    assert answer.status_code == 404
