"""The app's own files: whoever asks gets the same, and nobody is in them."""

import json

from django.conf import settings
from django.test import Client
from django.urls import reverse

from posada.office.access.roles import Role
from tests.office.away.devices_at_hand import due
from tests.office.people import browser_of, person


def test_the_manifest_names_icons_shortcuts_and_nobody() -> None:
    told = json.loads(Client().get(reverse("app_manifest")).content)
    assert (told["display"], told["scope"], told["start_url"]) == ("standalone", "/", "/away/start/")
    assert {each.get("purpose", "any") for each in told["icons"]} == {"any", "maskable"}
    assert [each["url"] for each in told["shortcuts"]] == ["/away/", "/tasks/", "/"]
    spanish = json.loads(Client(headers={"accept-language": "es"}).get(reverse("app_manifest")).content)
    assert spanish["name"] == "Oficina de Posada"


def test_the_page_that_opens_offline_is_the_same_for_everybody() -> None:
    row = due()
    user = person(Role.PLACEMENT_WORKER)
    for code, _name in settings.LANGUAGES:
        address = reverse("away_shell", args=[code])
        alone, signed_in = Client().get(address), browser_of(user).get(address)
        assert alone.content == signed_in.content
        assert user.display_name not in alone.content.decode() and str(row.pk) not in alone.content.decode()
        assert "csrf" not in alone.content.decode()
        assert "unsafe" not in alone.headers["Content-Security-Policy"]
    assert Client().get("/away/offline/fr/").status_code == 404


def test_the_worker_answers_under_its_own_folder_alone() -> None:
    answer = Client().get(reverse("away_worker"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers
    assert "/away/offline/es/" in answer.content.decode()


def test_the_app_begins_at_the_desk() -> None:
    assert browser_of(person(Role.AUDITOR)).get("/away/start/").headers["Location"] == "/"
