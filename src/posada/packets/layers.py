"""Layers that are switched off: take their drawings and words out, so that what is sent is what is seen.

Comes in: an open PDF. Goes out: the same without optional content that its default view hides.
Source: ISO 32000-1, 8.11. Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_fitted_pages.py.
"""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Stream

from posada.packets.located import NotUsable
from posada.packets.pdf_opening import DAMAGED

_PAINTS_PATH = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
_PAINTS = {"sh", "Do", "Tj", "TJ", "INLINE IMAGE"}
_NEXT_LINE_AND_PAINT = {"'", '"'}
_DEEPEST = 12

Hidden = frozenset[tuple[int, int]]


def hidden_layers(pdf: pikepdf.Pdf) -> Hidden:
    """The layers that the default view hides, by object number."""
    properties: Any = pdf.Root.get(Name.OCProperties)
    view = properties.get(Name.D) if isinstance(properties, Dictionary) else None
    if not isinstance(view, Dictionary):
        return frozenset()
    listed = properties.get(Name.OCGs)
    everything = {each.objgen for each in _each(listed)}
    hidden = everything if view.get(Name.BaseState) == Name.OFF else set()
    hidden = (hidden | {each.objgen for each in _each(view.get(Name.OFF))}) - {
        each.objgen for each in _each(view.get(Name.ON)) if view.get(Name.BaseState) == Name.OFF
    }
    return frozenset(hidden)


def drop_hidden_layers(pdf: pikepdf.Pdf) -> int:
    """Take out what hidden layers draw; how many layers were hidden."""
    hidden = hidden_layers(pdf)
    if hidden:
        done: set[tuple[int, int]] = set()
        for number, page in enumerate(pdf.pages, 1):
            try:
                _clean(pdf, page.obj, page.obj.get(Name.Resources), hidden, done, depth=0)
            except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
                raise NotUsable(DAMAGED, page=number) from None
    return len(hidden)


def is_on_hidden_layer(value: Any, hidden: Hidden) -> bool:
    """Whether an annotation or a form belongs to a layer that is not seen."""
    return bool(hidden) and _is_hidden(value.get(Name.OC), hidden)


def _each(value: Any) -> list[Any]:
    return [each for each in value if isinstance(each, Dictionary)] if isinstance(value, Array) else []


def _is_hidden(layer: Any, hidden: Hidden) -> bool:
    if not isinstance(layer, Dictionary):
        return False
    if layer.get(Name.Type) != Name.OCMD:
        return layer.objgen in hidden
    members = layer.get(Name.OCGs)
    listed = [members] if isinstance(members, Dictionary) else _each(members)
    off = [each.objgen in hidden for each in listed]
    if not off:
        return False
    match str(layer.get(Name.P, Name.AnyOn)):
        case "/AllOn":
            return any(off)
        case "/AnyOff":
            return not any(off)
        case "/AllOff":
            return not all(off)
    return all(off)


def _clean(
    pdf: pikepdf.Pdf, holder: Any, resources: Any, hidden: Hidden, done: set[tuple[int, int]], *, depth: int
) -> None:
    if depth > _DEEPEST or not isinstance(resources, Dictionary):
        return
    forms: Any = resources.get(Name.XObject)
    for key in list(forms.keys()) if isinstance(forms, Dictionary) else []:
        form = forms[key]
        if not isinstance(form, Stream):
            continue
        if _is_hidden(form.get(Name.OC), hidden):
            empty = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 0, 0]))
            forms[key] = empty
        elif form.get(Name.Subtype) == Name.Form and form.objgen not in done:
            done.add(form.objgen)
            _clean(pdf, form, form.get(Name.Resources), hidden, done, depth=depth + 1)
    marked: Any = resources.get(Name.Properties)
    names = {
        str(key)
        for key in (marked.keys() if isinstance(marked, Dictionary) else [])
        if _is_hidden(marked[key], hidden)
    }
    if names:
        _clean_content(pdf, holder, names)


def _clean_content(pdf: pikepdf.Pdf, holder: Any, names: set[str]) -> None:
    is_form = isinstance(holder, Stream)
    kept: list[Any] = []
    open_marks: list[bool] = []
    for instruction in pikepdf.parse_content_stream(holder if is_form else pikepdf.Page(holder)):
        operator, operands = str(instruction.operator), instruction.operands
        if operator in ("BDC", "BMC"):
            is_layer = operator == "BDC" and len(operands) == 2 and operands[0] == Name.OC
            open_marks.append(is_layer and str(operands[1]) in names)
        elif operator == "EMC" and open_marks:
            open_marks.pop()
        elif any(open_marks):
            if operator in _PAINTS:
                continue
            if operator in _PAINTS_PATH:
                instruction = pikepdf.ContentStreamInstruction([], Operator("n"))
            elif operator in _NEXT_LINE_AND_PAINT:
                instruction = pikepdf.ContentStreamInstruction([], Operator("T*"))
        kept.append(instruction)
    data = pikepdf.unparse_content_stream(kept)
    if is_form:
        holder.write(data)
    else:
        holder[Name.Contents] = pdf.make_stream(data)
