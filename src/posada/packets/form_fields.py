"""Fields of filled forms: which drawing shows their value, and what must be drawn anew.

Comes in: a field's widget. Goes out: its own drawing where that shows the value, else a `Filled` to typeset.
The value counts, not the drawing: programs fill fields and forget to draw them (pikepdf/pikepdf#670).
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_fitted_pages.py.
"""

import re
from dataclasses import asdict, dataclass, replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from posada.packets.annotations import Drawing, appearance, is_hidden, placed, rectangle
from posada.packets.page_space import Box

_MULTILINE, _PASSWORD, _COMB = 1 << 12, 1 << 13, 1 << 24
_PUSH_BUTTON = 1 << 16
_DEEPEST = 32
_MOST_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Filled:
    """A field to be drawn anew. Lengths in points; `size` 0: as large as fits."""

    text: str
    width: float
    height: float
    size: float
    alignment: str  # "left", "center", "right"
    multiline: bool
    comb: int  # number of cells, 0 for none
    turn: int  # counterclockwise, in degrees
    color: tuple[float, ...]
    background: tuple[float, ...]
    is_tick: bool

    def values(self) -> dict[str, Any]:
        """As the typesetter takes it."""
        return asdict(self)


def drawn_field(widget: Any, *, draw_anew: bool) -> Drawing | tuple[Filled, Box] | None:
    """How a field, or a text laid on the page, is shown; None where there is nothing to show.

    `draw_anew`: the form says that its drawings are not up to date.
    """
    box = rectangle(widget.get(Name.Rect))
    if box is None or is_hidden(widget):
        return None
    if box[2] <= box[0] or box[3] <= box[1]:
        return None
    if widget.get(Name.Subtype) == Name.FreeText:
        text = _text(widget.get(Name.Contents)).replace("\r\n", "\n").replace("\r", "\n")
        return (replace(_filled(widget, text, box), multiline=True), box) if text else None
    kind = str(_inherited(widget, Name.FT) or "")
    if kind == "/Btn":
        return _button(widget, box)
    form = appearance(widget)
    if kind in ("/Tx", "/Ch"):
        text = _value_text(widget, is_choice=kind == "/Ch")
        if text and (draw_anew or form is None or not _shows(form, text)):
            return _filled(widget, text, box), box
        if not text and (draw_anew or form is None):
            return None
    return None if form is None else Drawing(form, placed(form, box))


def _button(widget: Any, box: Box) -> Drawing | tuple[Filled, Box] | None:
    if _flags(widget) & _PUSH_BUTTON:
        form = appearance(widget)
        return None if form is None else Drawing(form, placed(form, box))
    value = _inherited(widget, Name.V)
    own = str(widget.get(Name.AS, "/Off"))
    states = _states(widget)
    wanted = str(value) if isinstance(value, Name) else own
    state = wanted if wanted in states or not states else "/Off"
    form = appearance(widget, state=state)
    if form is not None:
        return Drawing(form, placed(form, box))
    is_on = state != "/Off" and state.startswith("/") and len(state) > 1
    return (_filled(widget, "", box, is_tick=True), box) if is_on else None


def _states(widget: Any) -> set[str]:
    drawn = widget.get(Name.AP)
    normal = drawn.get(Name.N) if isinstance(drawn, Dictionary) else None
    if not isinstance(normal, Dictionary) or isinstance(normal, pikepdf.Stream):
        return set()
    return {str(key) for key in normal.keys()}  # noqa: SIM118


def _value_text(widget: Any, *, is_choice: bool) -> str:
    value = _inherited(widget, Name.V)
    listed = list(value) if isinstance(value, Array) else [value]
    texts = [_text(each) for each in listed]
    if is_choice:
        shown = _choices(widget)
        texts = [shown.get(each, each) for each in texts]
    text = "\n".join(each for each in texts if each)[:_MOST_CHARACTERS]
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return "*" * len(text) if _flags(widget) & _PASSWORD else text


def _text(value: Any) -> str:
    if isinstance(value, pikepdf.Stream):
        return pikepdf.String(value.read_bytes()).__str__()
    if isinstance(value, pikepdf.String | Name):
        return str(value).removeprefix("/") if isinstance(value, Name) else str(value)
    return ""


def _choices(widget: Any) -> dict[str, str]:
    """What a choice is called on the form, by what it is called inside."""
    options = _inherited(widget, Name.Opt)
    found = {}
    for each in list(options) if isinstance(options, Array) else []:
        if isinstance(each, Array) and len(each) == 2:
            found[_text(each[0])] = _text(each[1])
    return found


_STRINGS = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)


def _shows(form: Any, text: str) -> bool:
    """Whether a drawing holds this text in one-byte letters. Where it cannot be told, it is drawn anew."""
    try:
        data = form.read_bytes()
    except (pikepdf.PdfError, RuntimeError):
        return False
    shown = b"".join(_letters(found[0]) for found in _STRINGS.finditer(data)).decode("cp1252", "replace")
    return "".join(shown.split()) == "".join(text.split())


def _letters(literal: bytes) -> bytes:
    if literal.startswith(b"<"):
        digits = bytes(each for each in literal[1:-1] if chr(each).isalnum())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    plain = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b""}

    def character(found: re.Match[bytes]) -> bytes:
        code: bytes = found[1]
        return bytes([int(code, 8) & 255]) if code.isdigit() else plain.get(code, code)

    return _ESCAPED.sub(character, literal[1:-1])


def _filled(widget: Any, text: str, box: Box, *, is_tick: bool = False) -> Filled:
    look = _text(_inherited(widget, Name.DA))
    marks = widget.get(Name.MK)
    turn = marks.get(Name.R, 0) if isinstance(marks, Dictionary) else 0
    turn = int(turn) % 360 if isinstance(turn, int) and turn % 90 == 0 else 0
    width, height = box[2] - box[0], box[3] - box[1]
    if turn % 180:
        width, height = height, width
    flags, most = _flags(widget), _inherited(widget, Name.MaxLen)
    size = re.search(r"([\d.]+)\s+Tf", look)
    return Filled(
        text=text,
        width=max(width, 1.0),
        height=max(height, 1.0),
        size=_number(size[1]) if size else 0.0,
        alignment=("left", "center", "right")[_alignment(widget)],
        multiline=bool(flags & _MULTILINE),
        comb=int(most) if flags & _COMB and isinstance(most, int) and 0 < most <= 200 else 0,
        turn=turn,
        color=_color_of(look),
        background=_background(marks),
        is_tick=is_tick,
    )


def _alignment(widget: Any) -> int:
    given = _inherited(widget, Name.Q)
    return given if isinstance(given, int) and 0 <= given <= 2 else 0


def _color_of(look: str) -> tuple[float, ...]:
    found = re.search(r"((?:[\d.]+\s+){1,4})(?:g|rg|k)\b", look)
    numbers = tuple(_number(each) for each in found[1].split()) if found else ()
    return numbers if len(numbers) in (1, 3, 4) else (0.0,)


def _background(marks: Any) -> tuple[float, ...]:
    given = marks.get(Name.BG) if isinstance(marks, Dictionary) else None
    if not isinstance(given, Array) or len(given) not in (1, 3, 4):
        return ()
    return tuple(_number(str(each)) for each in given)


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 200.0)
    except ValueError:
        return 0.0


def _flags(widget: Any) -> int:
    flags = _inherited(widget, Name.Ff)
    return int(flags) if isinstance(flags, int) else 0


def _inherited(widget: Any, key: Any) -> Any:
    """The value of an entry here or at the nearest field above; None if there is none."""
    field, depth = widget, 0
    while isinstance(field, Dictionary) and depth < _DEEPEST:
        value = field.get(key)
        if value is not None:
            return value
        field, depth = field.get(Name.Parent), depth + 1
    return None


def default_look(pdf: pikepdf.Pdf) -> tuple[bool, bool]:
    """Whether a document has a form, and whether the form says that its drawings are out of date."""
    form = pdf.Root.get(Name.AcroForm)
    if not isinstance(form, Dictionary):
        return False, False
    return True, form.get(Name.NeedAppearances, False) is True
