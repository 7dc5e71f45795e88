"""An archive opens with its passphrase and not otherwise."""

import pytest

from posada.office.intake.archive import CannotOpenArchive, locked, opened

WORDS = "a long enough passphrase"


def test_an_archive_opens_with_its_passphrase_only() -> None:
    kept = locked({"plain/children.csv": b"C1"}, passphrase=WORDS)
    assert b"children" not in kept
    assert opened(kept, passphrase=WORDS) == {"plain/children.csv": b"C1"}
    with pytest.raises(CannotOpenArchive):
        opened(kept, passphrase=WORDS + "!")


def test_one_flipped_byte_and_another_file_are_refused() -> None:
    kept = bytearray(locked({"a": b"b"}, passphrase=WORDS))
    kept[-1] ^= 1
    for content in (bytes(kept), b"PK\x03\x04", b""):
        with pytest.raises(CannotOpenArchive):
            opened(content, passphrase=WORDS)


def test_a_short_passphrase_and_a_path_that_escapes_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 16"):
        locked({}, passphrase="short")
    with pytest.raises(CannotOpenArchive):
        opened(locked({"../a": b""}, passphrase=WORDS), passphrase=WORDS)


@pytest.mark.parametrize("name", ["/a", "a/../b", "a//b", "./a", "a\\b", "C:a", "a\nb", "a\u202eb", "a/"])
def test_a_name_that_is_no_plain_path_is_refused(name: str) -> None:
    with pytest.raises(CannotOpenArchive):
        opened(locked({name: b""}, passphrase=WORDS), passphrase=WORDS)
