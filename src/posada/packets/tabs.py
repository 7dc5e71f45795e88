"""The letters of tabs: A, B … Z, AA, BB … ZZ, AAA …, as courts write them.

Source: EOIR Policy Manual, Part II, ch. 3.3 (recalled). Docs: docs/reference/packet-folder.md.
Tests: tests/packets/test_page_texts.py.
"""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def tab_letters(index: int) -> str:
    """The letters of the tab at `index`, counted from 0.

    >>> tab_letters(0), tab_letters(25), tab_letters(26), tab_letters(27)
    ('A', 'Z', 'AA', 'BB')
    """
    return _LETTERS[index % 26] * (index // 26 + 1)


def tab_index(letters: str) -> int | None:
    """The place of a tab, counted from 0; None where these are no letters of a tab.

    >>> tab_index("BB"), tab_index("AB")
    (27, None)
    """
    if not letters or letters[0] not in _LETTERS or len(set(letters)) > 1:
        return None
    return _LETTERS.index(letters[0]) + 26 * (len(letters) - 1)
