"""Files lie sealed under names that say nothing, whole or not at all."""

import os
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from posada.office.access.key_ring import key_number, newest_number, sealing_keys
from posada.office.casefile import vault
from tests.office.casefile.papers import PDF


def test_what_is_put_away_comes_out_and_lies_sealed(vault_folder: Path) -> None:
    name = vault.put_away(PDF)
    assert vault.take_out(name) == PDF
    assert [each.name for each in vault_folder.iterdir()] == [name]
    assert b"PDF" not in (vault_folder / name).read_bytes()
    assert (vault_folder / name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "name",
    [
        *(
            "../keys.toml",
            "/etc/passwd",
            "a" * 63,
            "A" * 64,
            "a" * 64 + "/..",
            "",
            "\0",
            "..",
            "a" * 64 + "\n",
        ),
        *("%2e%2e%2fkeys", "..\\keys", "con", "a" * 63 + "．"),
    ],
)
def test_no_name_leads_out_of_the_folder(vault_folder: Path, name: str) -> None:
    with pytest.raises(vault.FileUnreadable):
        vault.take_out(name)


def test_a_file_that_was_changed_is_not_given_out(vault_folder: Path) -> None:
    name = vault.put_away(PDF)
    sealed = bytearray((vault_folder / name).read_bytes())
    sealed[len(sealed) // 2] ^= 1
    (vault_folder / name).write_bytes(bytes(sealed))
    with pytest.raises(vault.FileUnreadable):
        vault.take_out(name)


def test_a_write_that_fails_leaves_nothing(vault_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(vault.DiskFull):
        vault.put_away(PDF)
    assert list(vault_folder.iterdir()) == []


def test_a_link_in_the_folder_is_not_a_stored_file(vault_folder: Path, tmp_path: Path) -> None:
    vault.put_away(PDF)
    (tmp_path / "secret").write_text("x")
    (vault_folder / ("b" * 64)).symlink_to(tmp_path / "secret")
    assert len(list(vault.stored_names())) == 1


@pytest.fixture
def second_key(settings: Any) -> str:
    """A newer key that the office has from now on; its number."""
    held = replace(settings.DEPLOYMENT.keys, sealing=(b"2" * 32, *settings.DEPLOYMENT.keys.sealing))
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, keys=held, key_file=None)
    return key_number(b"2" * 32)


def test_a_file_is_sealed_again_in_place_once(vault_folder: Path, second_key: str) -> None:
    name = vault.put_away(PDF)
    assert vault.seal_file_again(name, newest=second_key) is False, "it was sealed with the newest"
    held = replace_first_key(vault_folder / name)
    assert vault.sealed_by_key(name) == held
    assert vault.seal_file_again(name, newest=second_key) is True
    assert (vault.sealed_by_key(name), vault.take_out(name)) == (second_key, PDF)
    assert [(each.name, each.stat().st_mode & 0o777) for each in vault_folder.iterdir()] == [(name, 0o600)]


def replace_first_key(path: Path) -> str:
    """Put the same content there as the older key of the two seals it. Returns the key's number."""
    old = sealing_keys()[1]
    path.write_bytes(urlsafe_b64decode(Fernet(urlsafe_b64encode(old)).encrypt(PDF)))
    return key_number(old)


def test_a_file_that_nobody_can_open_stays_and_one_that_is_gone_stays_gone(
    vault_folder: Path, second_key: str
) -> None:
    name = vault.put_away(PDF)
    (vault_folder / name).write_bytes(b"\x80 something else")
    with pytest.raises(vault.FileUnreadable):
        vault.seal_file_again(name, newest=second_key)
    assert (vault_folder / name).read_bytes() == b"\x80 something else"
    vault.throw_out(name)
    assert vault.seal_file_again(name, newest=second_key) is False
    assert (vault.sealed_by_key(name), list(vault_folder.iterdir())) == (None, [])


@pytest.mark.usefixtures("second_key")
def test_what_is_thrown_out_while_it_is_sealed_again_never_comes_back(
    vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is thrown out, in a thread, in the moment in which its other version is written."""
    name = vault.put_away(PDF)
    replace_first_key(vault_folder / name)
    throwing = threading.Thread(target=vault.throw_out, args=(name,))
    seal_again = vault.seal_again

    def meanwhile(hidden: bytes) -> bytes:
        throwing.start()
        throwing.join(0.3)
        assert throwing.is_alive(), "it waits"
        return seal_again(hidden)

    monkeypatch.setattr(vault, "seal_again", meanwhile)
    assert vault.seal_file_again(name, newest=newest_number()) is True
    throwing.join(60)
    assert list(vault_folder.iterdir()) == []


@pytest.mark.usefixtures("second_key")
def test_a_full_disk_leaves_the_file_as_it_was(vault_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = vault.put_away(PDF)
    held = replace_first_key(vault_folder / name)

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(vault.DiskFull):
        vault.seal_file_again(name, newest=newest_number())
    assert (vault.sealed_by_key(name), [each.name for each in vault_folder.iterdir()]) == (held, [name])


def test_a_folder_that_is_gone_is_said_to_be_one(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_bytes(b"")
    settings.MEDIA_ROOT = str(tmp_path / "a-file" / "documents")
    with pytest.raises(vault.DiskFull):
        vault.put_away(b"a paper")
