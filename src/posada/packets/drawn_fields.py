"""Typeset the values of form fields that have no drawing of their own, with the font inside.

Comes in: fields and where they stand. Goes out: drawings. A letter that no font has is an error.
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_fitted_pages.py.
"""

import json
import re
from collections.abc import Iterator, Sequence
from importlib import resources
from io import BytesIO

import pikepdf
from pikepdf import Name

from posada.packets.annotations import Drawing
from posada.packets.form_fields import Filled
from posada.packets.located import NotUsable
from posada.packets.page_space import Box, Matrix, times

MOST_FIELDS = 20_000
_UNSHOWABLE = re.compile(r'the text `"(.+?)"` could not be displayed')


def draw_fields(pdf: pikepdf.Pdf, fields: Sequence[tuple[int, Filled, Box]]) -> Iterator[tuple[int, Drawing]]:
    """The drawing of each field, with its page. Raises NotUsable, naming the letter that no font has."""
    if not fields:
        return
    if len(fields) > MOST_FIELDS:
        raise NotUsable(
            f"it has more than {MOST_FIELDS:,} filled fields; print it to a new PDF, and use that one"
        )
    with pikepdf.open(BytesIO(_typeset([filled for _, filled, _ in fields]))) as made:
        if len(made.pages) != len(fields):
            raise NotUsable("its form fields cannot be drawn; print it to a new PDF, and use that one")
        for (page, filled, box), drawn in zip(fields, made.pages, strict=True):
            form = pdf.copy_foreign(drawn.as_form_xobject())
            for key in (Name.StructParents, Name.Group):
                if key in form:
                    del form[key]
            yield page, Drawing(form, _turned(filled, box))


def _typeset(fields: Sequence[Filled]) -> bytes:
    import typst  # only here: most exhibits have no such field, and it is large

    template = resources.files("posada.packets").joinpath("fields.typ").read_bytes()
    given = json.dumps({"fields": [each.values() for each in fields]})
    try:
        return typst.compile(
            template,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"given": given},
            pdf_standards=["a-2b"],
            timestamp=0,
            pdf_tags=False,
        )
    except typst.TypstError as error:
        found = _UNSHOWABLE.search(str(error))
        if found is None:
            raise NotUsable(
                "its form fields cannot be drawn; print it to a new PDF, and use that one"
            ) from None
        reason = (
            f"a form field holds the letter {found[1]!r}, which no font at hand has; print it to a new PDF"
        )
        raise NotUsable(reason) from None


def _turned(filled: Filled, box: Box) -> Matrix:
    """Set a field's drawing into its rectangle, turned as the form says."""
    left, bottom, right, top = box
    turn: Matrix = {
        0: (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
        90: (0.0, 1.0, -1.0, 0.0, right - left, 0.0),
        180: (-1.0, 0.0, 0.0, -1.0, right - left, top - bottom),
        270: (0.0, -1.0, 1.0, 0.0, 0.0, top - bottom),
    }[filled.turn]
    return times(turn, (1.0, 0.0, 0.0, 1.0, left, bottom))
