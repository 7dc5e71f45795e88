"""An address is believed from the proxy next door, and from nobody else."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import RequestFactory

from posada.office.access.client_address import client_address


@pytest.mark.parametrize(
    ("behind", "peer", "told", "wanted"),
    [
        (False, "127.0.0.1", "203.0.113.9", "127.0.0.1"),
        (True, "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (True, "172.18.0.3", "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (True, "93.184.216.34", "203.0.113.9", "93.184.216.34"),
        (True, "127.0.0.1", "<script>", "127.0.0.1"),
        (True, "", "203.0.113.9", "203.0.113.9"),
        (False, "", "", "0.0.0.0"),
        (False, "2001:db8::1", "", "2001:db8::1"),
    ],
)
def test_where_a_request_came_from(
    behind: bool, peer: str, told: str, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DEPLOYMENT", replace(settings.DEPLOYMENT, behind_tls=behind))
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=told)
    assert client_address(request) == wanted
