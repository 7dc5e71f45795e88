"""The public site's push keys lie in a file of their own that others cannot read."""

from pathlib import Path

import pytest

from posada.newsroom.notifications.site_keys import (
    HERE,
    KeysAreThere,
    change_contact,
    keys_of,
    make_keys,
    may_send_to,
)
from posada.push.keys import KeysUnusable

CONTACT = "mailto:press@posada-maryland.gov"


def test_keys_are_drawn_once_and_another_contact_keeps_the_key(tmp_path: Path) -> None:
    assert keys_of(tmp_path, demonstration=False) is None
    assert change_contact(tmp_path, contact=CONTACT, demonstration=False) is None
    made = make_keys(tmp_path, contact=CONTACT, demonstration=False)
    assert (tmp_path / "push.toml").stat().st_mode & 0o777 == 0o600
    with pytest.raises(KeysAreThere):
        make_keys(tmp_path, contact=CONTACT, demonstration=False)
    changed = change_contact(tmp_path, contact="https://posada-maryland.gov", demonstration=False)
    read = keys_of(tmp_path, demonstration=False)
    assert changed and read and read.public == made.public and read.contact == "https://posada-maryland.gov"
    again = make_keys(tmp_path, contact=CONTACT, demonstration=False, again=True)
    assert again.public != made.public


def test_a_contact_for_examples_is_refused_in_a_real_newsroom(tmp_path: Path) -> None:
    with pytest.raises(KeysUnusable):
        make_keys(tmp_path, contact="mailto:press@example.org", demonstration=False)
    assert not (tmp_path / "push.toml").exists()


def test_the_operator_may_name_a_service_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HERE, "http://127.0.0.1:9000, ")
    assert may_send_to().here == {"http://127.0.0.1:9000"}
