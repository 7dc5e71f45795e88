"""A form whose token no longer holds gets a page in plain words, and nothing is written."""

from django.test import Client

from posada.office.access.models import User
from posada.office.access.roles import Role
from tests.office.people import browser_of, person


def test_a_form_without_its_token_is_refused_in_plain_words() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = browser_of(person(Role.ADMINISTRATOR)).cookies
    answer = client.post("/people/new/", {"username": "pat", "display_name": "Pat", "language": "en"})
    assert answer.status_code == 403
    shown = answer.content.decode()
    assert "This form has been open too long" in shown
    assert "csrf" not in shown.lower().replace("csrfmiddlewaretoken", "").replace("x-csrftoken", "")
    assert not User.objects.filter(username="pat").exists()
