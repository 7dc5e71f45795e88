"""Secrets of factors are sealed at rest, an address behind a proxy is the visitor's, and nobody signs up."""

import base64
import sqlite3

from tests.newsroom.desk_visitor import account
from tests.newsroom.newsroom_site import Site


def test_the_database_alone_gives_no_second_factor_away(site: Site) -> None:
    secret = account(site, "reader")["totp_secret"]
    with sqlite3.connect(site.folder / "newsroom.sqlite3") as opened:
        (kept,) = next(opened.execute("SELECT group_concat(data) FROM mfa_authenticator"))
    assert kept and secret not in kept
    assert base64.b32decode(secret).hex() not in kept


def test_an_address_is_believed_only_from_a_proxy_beside_it_and_only_the_last(site: Site) -> None:
    told = site.run(
        "from types import SimpleNamespace as Some\n"
        "from django.test import RequestFactory, override_settings\n"
        "from posada.newsroom.desk_accounts import client_address\n"
        "def seen(peer, said, tls):\n"
        "    request = RequestFactory().get('/', REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=said)\n"
        "    with override_settings(NEWSROOM=Some(behind_tls=tls)):\n"
        "        return client_address(request)\n"
        "print(seen('10.0.0.2', '6.6.6.6, 8.8.8.8', True), seen('9.9.9.9', '8.8.8.8', True))\n"
        "print(seen('10.0.0.2', '8.8.8.8', False), seen('', 'nonsense', True))\n"
    )
    assert told.split() == ["8.8.8.8", "9.9.9.9", "10.0.0.2", "0.0.0.0"]
