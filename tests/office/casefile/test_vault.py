"""Files lie sealed under names that say nothing, whole or not at all."""

import os
from pathlib import Path

import pytest

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
