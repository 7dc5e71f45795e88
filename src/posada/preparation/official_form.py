"""An official PDF form that a person brings: its fields, what is too long for them, and the filled form.

Comes in: the bytes of a form, and values for its fields. Goes out: the form with its values drawn, and an addendum
for what does not fit. No official form ships; the same names of fields are the same edition.
Docs: docs/how-to/prepare-a-case.md. Tests: tests/preparation/test_official_form.py.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from io import BytesIO
from typing import Any

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name
from PIL import ImageFont

from posada.packets.drawn_fields import draw_fields
from posada.packets.form_fields import Filled, drawn_field
from posada.packets.located import NotUsable
from posada.preparation.form_shape import TEXT, TICK, FormField, FormNotUsable, OfficialForm, TooLong

SEE_ADDENDUM = "See addendum"
SMALLEST = 8.0
"""Points: a value that would have to be smaller does not fit."""
MOST_FIELDS = 5_000
_REQUIRED, _MULTILINE, _COMB, _PUSH, _RADIO = 1 << 1, 1 << 12, 1 << 24, 1 << 16, 1 << 15
_DEEPEST = 32
_LINE = 1.2  # height of a line, in sizes of its letters


def read_form(content: bytes) -> OfficialForm:
    """The fields of a form. Raises FormNotUsable."""
    with _opened(content) as pdf:
        found: dict[str, FormField] = {}
        for page, widget in _widgets(pdf):
            made = _field(widget, page=page)
            if made is not None:
                found.setdefault(made.name, made)
    if not found:
        raise FormNotUsable("no_fields")
    if len(found) > MOST_FIELDS:
        raise FormNotUsable("too_many")
    names = sorted((each.name, each.kind) for each in found.values())
    return OfficialForm(tuple(found.values()), hashlib.sha256(json.dumps(names).encode()).hexdigest())


def overflowing(form: OfficialForm, values: Mapping[str, str]) -> tuple[TooLong, ...]:
    """The values that do not fit their fields at a size that can be read, in the order of the form."""
    return tuple(
        TooLong(each, values[each.name])
        for each in form.fields
        if each.kind == TEXT and values.get(each.name) and not fits(each, values[each.name])
    )


def fits(field: FormField, text: str) -> bool:
    """Whether a text fits a field: by its number of characters, and at a size that can be read."""
    if field.most and len(unicodedata.normalize("NFC", text)) > field.most:
        return False
    size = field.size or SMALLEST
    room = field.width - 4
    if not field.multiline:
        return "\n" not in text and _width(text, size) <= room
    lines = sum(_lines(part, size=size, room=room) for part in text.split("\n"))
    return lines * size * _LINE <= field.height


def _lines(text: str, *, size: float, room: float) -> int:
    count, line = 1, ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and _width(longer, size) > room:
            count, line = count + 1, word
        else:
            line = longer
        if _width(line, size) > room:  # one word that no line holds
            count += int(_width(line, size) // room)
    return count


def _width(text: str, size: float) -> float:
    return _face().getlength(unicodedata.normalize("NFC", text)) * size / 100


@lru_cache
def _face() -> ImageFont.FreeTypeFont:
    file = resources.files("posada.packets").joinpath("fonts", "Arimo-Regular.ttf")
    return ImageFont.truetype(BytesIO(file.read_bytes()), 100)


def fill(content: bytes, values: Mapping[str, str], *, title: str) -> bytes:
    """The form with its values, each drawn with a font inside; what does not fit stands on addendum pages behind it.

    `values`: field → text; of a tick, any text sets it. Raises FormNotUsable.
    """
    form = read_form(content)
    long = overflowing(form, values)
    short = {**values, **{each.field.name: SEE_ADDENDUM for each in long}}
    with _opened(content) as pdf:
        _set_values(pdf, short)
        if long:
            with pikepdf.open(BytesIO(_addendum(long, title=title))) as added:
                pdf.pages.extend(added.pages)
        out = BytesIO()
        pdf.save(out, encryption=False, deterministic_id=True)
    return out.getvalue()


def _set_values(pdf: pikepdf.Pdf, values: Mapping[str, str]) -> None:
    drawn: list[tuple[int, Filled, Any]] = []
    widgets = []
    for page, widget in _widgets(pdf):
        name, kind = _full_name(widget), str(_inherited(widget, Name.FT) or "")
        text = values.get(name)
        if not text:
            continue
        if kind == "/Btn":
            _tick(widget)
            continue
        _owner(widget)[Name.V] = pikepdf.String(text)
        if Name.AP in widget:
            del widget[Name.AP]
        made = drawn_field(widget, draw_anew=True)
        if isinstance(made, tuple):
            drawn.append((page, *made))
            widgets.append(widget)
    try:
        for widget, (_page, drawing) in zip(widgets, draw_fields(pdf, drawn), strict=True):
            widget[Name.AP] = Dictionary(N=drawing.form)
    except NotUsable as refused:
        raise FormNotUsable("letters", str(refused).partition("letter ")[2].partition(",")[0]) from None
    form = pdf.Root.AcroForm
    if Name.XFA in form:
        del form[Name.XFA]  # a second copy of the form, which would show in place of these values
    form[Name.NeedAppearances] = False


def _tick(widget: Any) -> None:
    drawn = widget.get(Name.AP)
    normal = drawn.get(Name.N) if isinstance(drawn, Dictionary) else None
    states = [key for key in normal.keys() if key != "/Off"] if isinstance(normal, Dictionary) else []  # noqa: SIM118
    state = Name(states[0]) if states else Name.Yes
    widget[Name.AS] = state
    _owner(widget)[Name.V] = state


def _addendum(long: Sequence[TooLong], *, title: str) -> bytes:
    given = json.dumps(
        {
            "title": title,
            "entries": [
                {"page": each.field.page + 1, "label": each.field.label, "text": each.text} for each in long
            ],
        }
    )
    template = resources.files("posada.preparation").joinpath("addendum.typ").read_bytes()
    try:
        return typst.compile(
            template, ignore_system_fonts=True, format="pdf", sys_inputs={"given": given}, timestamp=0
        )
    except typst.TypstError:
        raise FormNotUsable("letters") from None


def _opened(content: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(BytesIO(content), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise FormNotUsable("locked") from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, RecursionError):
        raise FormNotUsable("damaged") from None


def _widgets(pdf: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    if not isinstance(pdf.Root.get(Name.AcroForm), Dictionary):
        return
    for number, page in enumerate(pdf.pages):
        listed = page.obj.get(Name.Annots)
        for each in list(listed) if isinstance(listed, Array) else []:
            if isinstance(each, Dictionary) and each.get(Name.Subtype) == Name.Widget:
                yield number, each


def _field(widget: Any, *, page: int) -> FormField | None:
    kind, flags = str(_inherited(widget, Name.FT) or ""), _whole(_inherited(widget, Name.Ff))
    name, rect = _full_name(widget), widget.get(Name.Rect)
    if not name or kind not in ("/Tx", "/Btn") or not isinstance(rect, Array) or len(rect) != 4:
        return None
    if kind == "/Btn" and flags & (_PUSH | _RADIO):
        return None
    left, bottom, right, top = (float(each) for each in rect)
    label = " ".join(str(_inherited(widget, Name.TU) or name).split())
    look = str(_inherited(widget, Name.DA) or "").split()
    size = float(look[look.index("Tf") - 1]) if "Tf" in look[1:] else 0.0
    return FormField(
        name=name,
        label=label[:300],
        kind=TICK if kind == "/Btn" else TEXT,
        page=page,
        width=abs(right - left),
        height=abs(top - bottom),
        size=min(max(size, 0.0), 200.0),
        multiline=bool(flags & _MULTILINE),
        most=_whole(_inherited(widget, Name.MaxLen)),
        required=bool(flags & _REQUIRED),
    )


def _whole(value: Any) -> int:
    return int(value) if isinstance(value, int) and value > 0 else 0


def _full_name(widget: Any) -> str:
    parts, field, depth = [], widget, 0
    while isinstance(field, Dictionary) and depth < _DEEPEST:
        if Name.T in field:
            parts.append(str(field[Name.T]))
        field, depth = field.get(Name.Parent), depth + 1
    return ".".join(reversed(parts))


def _owner(widget: Any) -> Any:
    """The field that a widget shows: itself if it has a name, else what it belongs to."""
    field, depth = widget, 0
    while Name.T not in field and isinstance(field.get(Name.Parent), Dictionary) and depth < _DEEPEST:
        field, depth = field[Name.Parent], depth + 1
    return field


def _inherited(widget: Any, key: Any) -> Any:
    field, depth = widget, 0
    while isinstance(field, Dictionary) and depth < _DEEPEST:
        if key in field:
            return field[key]
        field, depth = field.get(Name.Parent), depth + 1
    return None
