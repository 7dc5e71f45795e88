"""Signing out tells the browser to forget, and takes the key of this device away."""

from django.test import Client
from django.urls import reverse

from posada.office.away.models import AwayDevice
from posada.office.away.signing_out import COOKIE
from tests.office.away.devices_at_hand import due, worker
from tests.office.people import browser_of


def signed_in(of: object, row: object) -> Client:
    client = browser_of(of.user)  # type: ignore[attr-defined]
    client.post(reverse("away_take"), {"take": str(row.pk)})  # type: ignore[attr-defined]
    return client


def test_signing_out_clears_the_browser_and_the_key() -> None:
    of, row = worker(), due()
    client = signed_in(of, row)
    here = AwayDevice.objects.exclude(pk=of.device.pk).get()
    assert client.cookies[COOKIE].value == str(here.pk)
    assert client.cookies[COOKIE]["httponly"] and client.cookies[COOKIE]["samesite"] == "Strict"
    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    here.refresh_from_db()
    assert here.erased_at is not None and not bytes(here.private)
    of.device.refresh_from_db()
    assert of.device.erased_at is None  # another device keeps its own


def test_the_page_that_asks_clears_nothing() -> None:
    of, row = worker(), due()
    answer = signed_in(of, row).get(reverse("account_logout"))
    assert "Clear-Site-Data" not in answer.headers
    assert not AwayDevice.objects.filter(erased_at__isnull=False).exists()
