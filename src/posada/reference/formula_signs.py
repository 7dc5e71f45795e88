"""What a spreadsheet takes for the beginning of a formula, and the mark that makes it a text; exactly undone.

A spreadsheet passes over invisible signs and quotation marks, and where a semicolon or a tab parts its cells (as in
much of the world) a formula may begin in the middle of ours. Source: OWASP, "CSV Injection".
Docs: docs/how-to/export-a-program.md. Tests: tests/reference/test_formula_signs.py.
"""

import re
import unicodedata

MARK = "'"
FORMULA = frozenset("=+-@\t\r\n|%\u2212")
_PARTS = re.compile(r"([;\t\r\n])")
_UNSEEN = ("Cc", "Cf", "Mn", "Zl", "Zp", "Zs")
_FILLERS = '"\u115f\u1160\u3164\uffa0'  # a quotation mark, and letters that are drawn as nothing


def begins_formula(text: str) -> bool:
    """Whether what is first seen of a text is a sign that a spreadsheet runs, in any width.

    >>> begins_formula("=1"), begins_formula(" ＝1"), begins_formula("Ana")
    (True, True, False)
    """
    if text[:1].isalnum() and text[0] not in _FILLERS:
        return False  # nearly every cell
    if text[:1] in FORMULA:
        return True
    first = next((each for each in text if not _is_unseen(each)), "")
    return unicodedata.normalize("NFKC", first)[:1] in FORMULA


def inert(text: str, *, marked: bool = False) -> str:
    """The text with a mark before each place where a formula could begin. `marked`: one at its beginning anyhow.

    >>> inert("=1+1"), inert("a;=1"), inert("'Aisha"), inert("Ana")
    ("'=1+1", "a;'=1", "''Aisha", 'Ana')
    """
    if not text:
        return text
    first, *others = _PARTS.split(text)
    own = marked or text[0] == MARK or begins_formula(text)
    return (MARK if own else "") + first + "".join(map(_inert_part, others))


def not_inert(text: str) -> str:
    """The text without the marks after its separators; the one at its beginning is the caller's.

    >>> not_inert("a;'=1"), not_inert("a;'b")
    ('a;=1', "a;'b")
    """
    first, *others = _PARTS.split(text)
    return first + "".join(map(_bare_part, others))


def _inert_part(part: str) -> str:
    is_text = part and part not in ";\t\r\n"
    return MARK + part if is_text and (part[0] == MARK or begins_formula(part)) else part


def _bare_part(part: str) -> str:
    return part[1:] if part[:1] == MARK and _inert_part(part[1:]) == part else part


def _is_unseen(sign: str) -> bool:
    return sign in _FILLERS or unicodedata.category(sign) in _UNSEEN
