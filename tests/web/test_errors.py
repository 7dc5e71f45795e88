"""Pages for what went wrong outside a room."""

import pytest
from django.test import Client, RequestFactory

from posada.web.errors import broken, not_understood

pytestmark = pytest.mark.django_db


def test_what_does_not_exist_gets_a_page_of_plain_words() -> None:
    answer = Client().get("/no-such-page/")
    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize(("page", "status"), [(broken, 500), (not_understood, 400)])
def test_a_failure_tells_an_attacker_nothing(page: object, status: int) -> None:
    answer = page(RequestFactory().get("/"))  # type: ignore[operator]
    assert answer.status_code == status
    for word in ("Traceback", "Django", "posada/web"):
        assert word not in answer.content.decode()
