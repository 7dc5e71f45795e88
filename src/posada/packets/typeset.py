"""Typeset the pages that the builder itself makes, as one tagged PDF with its fonts inside (Typst).

Comes in: what stands on each page (`page_texts.py`). Goes out: the PDF, and how many pages each piece took.
The template is `pages.typ`; no font of the machine is used, and no clock is read.
Docs: docs/explanation/packets.md. Tests: tests/packets/test_page_texts.py.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from io import BytesIO
from typing import Any

import pikepdf
import typst

from posada.packets.errors import PacketFolderBad, Problem

_UNSHOWABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
_LONGEST_WORD = 36
"""Characters of a word; a longer one may be broken, so that it stays on the page."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF of the generated pages; `counts[i]`: the pages of the i-th piece."""

    pdf: bytes
    counts: tuple[int, ...]


def typeset(
    parts: Sequence[Mapping[str, Any]], *, title: str, respondents: Sequence[Mapping[str, str]]
) -> Typeset:
    """Typeset the parts, each from a page of its own.

    Raises PacketFolderBad, naming the letter, where no font at hand has it.
    """
    given = json.dumps({"title": title, "respondents": respondents, "parts": parts}, default=str)
    try:
        made = typst.compile(
            _template(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"given": _breakable(given)},
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError as error:
        raise _explained(str(error), given) from None
    return Typeset(made, _counts(made, pieces=len(parts)))


@lru_cache
def _template() -> bytes:
    return resources.files("posada.packets").joinpath("pages.typ").read_bytes()


def _breakable(text: str) -> str:
    """A place to break after every so many letters of a word that no line would hold."""
    long_word = re.compile(rf'[^\s"\\]{{{_LONGEST_WORD}}}(?=[^\s"\\])')
    return long_word.sub(lambda found: f"{found[0]}\\u200b", text)


def _counts(made: bytes, *, pieces: int) -> tuple[int, ...]:
    """From the headings: each piece has one, on its first page (the cover on any)."""
    with pikepdf.open(BytesIO(made)) as pdf:
        places = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        with pdf.open_outline() as outline:
            starts = [places[_page_of(item).objgen] for item in outline.root]
        if len(starts) != pieces:
            raise RuntimeError("the typesetter made other pieces than were asked for")
        starts[0] = 0  # the heading of a long cover may stand on a later page of it
        ends = [*starts[1:], len(pdf.pages)]
    return tuple(end - start for start, end in zip(starts, ends, strict=True))


def _page_of(item: pikepdf.OutlineItem) -> Any:
    destination: Any = item.destination
    if destination is None and item.action is not None:
        destination = item.action.D
    return destination[0]


def _explained(message: str, given: str) -> Exception:
    found = _UNSHOWABLE.search(message)
    if found is None:
        return RuntimeError(f"typesetting failed: {message}")
    letters = "".join(dict.fromkeys(found[1]))
    entries = sorted({text for text in _texts(json.loads(given)) if any(each in text for each in letters)})
    where = f" in {entries[0]!r}" if entries else ""
    reason = f"no font at hand has the letter {letters!r}{where}; write this entry in Latin letters"
    return PacketFolderBad(Problem("packet.toml", reason))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return []
