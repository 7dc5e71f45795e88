"""What is shown of a cell fits one line, whatever was in it."""

from hypothesis import given
from hypothesis import strategies as st

from posada.programme.printable import MAX_SHOWN, is_undecoded, shown


@given(st.binary())
def test_any_bytes_are_shown_printable_short_and_encodable(content: bytes) -> None:
    text = content.decode("utf-8", errors="surrogateescape")
    found = shown(text)
    assert found.isprintable()
    assert len(found) <= MAX_SHOWN * 10 + 40
    found.encode("utf-8")


def test_plain_text_is_shown_as_it_is_and_long_text_is_cut() -> None:
    assert shown("Peña, José") == "Peña, José"
    assert shown("x" * 1_000_000).endswith("(1000000 characters)")
    assert len(shown("x" * 1_000_000)) < 100


def test_bytes_that_are_not_utf_8_are_shown_as_bytes() -> None:
    text = b"Pe\xf1a\x00".decode("utf-8", errors="surrogateescape")
    assert is_undecoded(text)
    assert shown(text) == "Pe\\xf1a\\x00"
    assert not is_undecoded("Peña")
