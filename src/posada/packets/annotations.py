"""What lies on top of a page: draw into the page what is seen, keep links as links, leave the rest behind.

Comes in: a page of an exhibit. Goes out: drawings to put on it, links, and what was left out, in words.
Source: ISO 32000-1, 12.5.5 (how an appearance is set into its rectangle).
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_fitted_pages.py.
"""

from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from posada.packets.layers import Hidden, is_on_hidden_layer
from posada.packets.page_space import Box, Matrix, bounds

MOST_ANNOTATIONS = 20_000
"""Of one page."""

_HIDDEN, _NO_VIEW, _INVISIBLE = 2, 32, 1
_LEFT_OUT = {
    "/Popup": "",
    "/Text": "a comment",
    "/FileAttachment": "an attached file",
    "/Sound": "a sound",
    "/Movie": "a film",
    "/Screen": "a film or sound",
    "/RichMedia": "a film or drawing that moves",
    "/3D": "a drawing in three dimensions",
    "/PrinterMark": "",
    "/TrapNet": "",
}
_SAFE_SCHEMES = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Drawing:
    """An appearance and the matrix that sets it on its page."""

    form: Any  # pikepdf.Stream
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle that leads to a place in the same exhibit, or to an address on the web."""

    box: Box
    target: Any = None  # a destination array of the exhibit
    address: str = ""


@dataclass(slots=True)
class OnTop:
    """What was found on a page."""

    drawings: list[Drawing] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    widgets: list[Any] = field(default_factory=list)
    """Fields of forms, and texts without a drawing, which `form_fields.py` draws."""


def on_top(page: Any, *, destinations: dict[str, Any], hidden: Hidden = frozenset()) -> OnTop:
    """Sort the annotations of a page. `destinations`: those that have a name; `hidden`: layers not seen."""
    found = OnTop()
    listed = page.get(Name.Annots)
    if not isinstance(listed, Array):
        return found
    for each in list(listed)[:MOST_ANNOTATIONS]:
        if isinstance(each, Dictionary) and not is_on_hidden_layer(each, hidden):
            _sort(each, found, destinations)
    return found


def _sort(annotation: Any, found: OnTop, destinations: dict[str, Any]) -> None:
    kind, box = str(annotation.get(Name.Subtype, "")), rectangle(annotation.get(Name.Rect))
    if box is None:
        return
    if kind == "/Link":
        link = _link(annotation, box, destinations)
        if link is None:
            found.left_out.append("a link that does not lead to a page or an address on the web")
        else:
            found.links.append(link)
        return
    if kind == "/Widget":
        found.widgets.append(annotation)
        return
    if kind == "/Redact":
        found.left_out.append(
            "a mark to black something out, which was never done; what is under it can be read"
        )
        return
    if kind in _LEFT_OUT:
        if _LEFT_OUT[kind]:
            found.left_out.append(_LEFT_OUT[kind])
        return
    if is_hidden(annotation):
        return
    form = appearance(annotation)
    if form is None and kind == "/FreeText":
        found.widgets.append(annotation)
    elif form is not None and box[2] > box[0] and box[3] > box[1]:
        found.drawings.append(Drawing(form, placed(form, box)))
    else:
        found.left_out.append("a mark without a drawing of it")


def is_hidden(annotation: Any) -> bool:
    """Whether the annotation is not to be seen on the page."""
    flags = annotation.get(Name.F, 0)
    return isinstance(flags, int) and bool(flags & (_HIDDEN | _NO_VIEW))


def appearance(annotation: Any, *, state: str | None = None) -> Any:
    """The stream that draws an annotation in its state, or in the one asked for; None without one."""
    drawn = annotation.get(Name.AP)
    normal = drawn.get(Name.N) if isinstance(drawn, Dictionary) else None
    if isinstance(normal, Stream):
        return normal
    if not isinstance(normal, Dictionary):
        return None
    chosen = state or str(annotation.get(Name.AS, ""))
    stream = normal.get(chosen) if chosen.startswith("/") else None
    return stream if isinstance(stream, Stream) else None


def placed(form: Any, box: Box) -> Matrix:
    """The matrix that sets an appearance into its rectangle (ISO 32000-1, 12.5.5, algorithm 8.1)."""
    inner = rectangle(form.get(Name.BBox)) or (0.0, 0.0, box[2] - box[0], box[3] - box[1])
    left, bottom, right, top = bounds(matrix_of(form), inner)
    across = (box[2] - box[0]) / (right - left) if right > left else 1.0
    up = (box[3] - box[1]) / (top - bottom) if top > bottom else 1.0
    return (across, 0.0, 0.0, up, box[0] - left * across, box[1] - bottom * up)


def matrix_of(form: Any) -> Matrix:
    """The matrix that a form has of its own."""
    given = form.get(Name.Matrix)
    numbers = _numbers(given, 6)
    return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0) if numbers is None else numbers  # type: ignore[return-value]


def rectangle(value: Any) -> Box | None:
    """Four numbers as left, bottom, right, top; None where they are none."""
    numbers = _numbers(value, 4)
    if numbers is None:
        return None
    x0, y0, x1, y1 = numbers
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _numbers(value: Any, count: int) -> tuple[float, ...] | None:
    if not isinstance(value, Array) or len(value) != count:
        return None
    try:
        numbers = tuple(float(each) for each in value)
    except (TypeError, ValueError):
        return None
    return numbers if all(abs(each) < 1e9 for each in numbers) else None


def _link(annotation: Any, box: Box, destinations: dict[str, Any]) -> Link | None:
    action = annotation.get(Name.A)
    target = annotation.get(Name.Dest)
    if isinstance(action, Dictionary):
        if action.get(Name.S) == Name.URI:
            address = str(action.get(Name.URI, ""))
            safe = (
                address.isprintable() and len(address) < 2_000 and address.lower().startswith(_SAFE_SCHEMES)
            )
            return Link(box, address=address) if safe else None
        target = action.get(Name.D) if action.get(Name.S) == Name.GoTo else None
    resolved = resolve(target, destinations)
    return None if resolved is None else Link(box, target=resolved)


def resolve(target: Any, destinations: dict[str, Any]) -> Any:
    """The array of a destination that is given by itself or by name; None if it leads nowhere."""
    if isinstance(target, pikepdf.String | Name):
        target = destinations.get(str(target).removeprefix("/"))
    if isinstance(target, Dictionary):
        target = target.get(Name.D)
    return target if isinstance(target, Array) and len(target) > 0 else None


def named_destinations(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """All destinations of an exhibit that have a name."""
    found: dict[str, Any] = {}
    old = pdf.Root.get(Name.Dests)
    if isinstance(old, Dictionary):
        found.update({str(key).removeprefix("/"): old[key] for key in old.keys()})  # noqa: SIM118
    names = pdf.Root.get(Name.Names)
    tree = names.get(Name.Dests) if isinstance(names, Dictionary) else None
    if isinstance(tree, Dictionary):
        try:
            found.update({str(key): value for key, value in pikepdf.NameTree(tree).items()})
        except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
            return found
    return found
