"""Show what was found in a cell: short, on one line, nothing that a terminal or a file could trip over.

Docs: docs/reference/program-folder.md. Tests: tests/programme/test_printable.py.
"""

MAX_SHOWN = 60
"""Characters shown of a cell: enough to recognize it, little enough for one line of a report."""

_UNDECODED = range(0xDC80, 0xDD00)
"""Where Python's surrogateescape puts the bytes that are not UTF-8."""


def shown(text: str) -> str:
    r"""A cell made printable: control characters and bytes that are not UTF-8 escaped, long text cut.

    >>> shown("Pe\udcf1a\n")
    'Pe\\xf1a\\n'
    """
    cut = text[:MAX_SHOWN]
    if not cut.isprintable():
        cut = "".join(character if character.isprintable() else _escaped(character) for character in cut)
    return cut if len(text) <= MAX_SHOWN else f"{cut}… ({len(text)} characters)"


def is_undecoded(text: str) -> bool:
    """Whether a text holds bytes that are not UTF-8."""
    return not text.isascii() and any(ord(character) in _UNDECODED for character in text)


def _escaped(character: str) -> str:
    if ord(character) in _UNDECODED:
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")
