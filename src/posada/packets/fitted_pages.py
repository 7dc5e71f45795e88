"""Set every page of an exhibit's PDF on a Letter page: upright, whole, flat, clear of the number's band.

Comes in: the path of a PDF. Goes out: a PDF of Letter pages without annotations, fields or properties, and
what the packet needs to know of it: links, bookmarks, and what was changed, in words.
Runs in a process of its own with bounded memory and time (`worker.py`).
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_fitted_pages.py.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from posada.packets.annotations import Drawing, OnTop, named_destinations, on_top, rectangle, resolve
from posada.packets.drawn_fields import draw_fields
from posada.packets.finding import page_list
from posada.packets.form_fields import Filled, default_look, drawn_field
from posada.packets.layers import drop_hidden_layers, hidden_layers
from posada.packets.located import NotUsable
from posada.packets.page_space import HEIGHT, WIDTH, Box, Fit, fit, written
from posada.packets.pdf_opening import DAMAGED, opened
from posada.packets.program_words import drop_words_of_programs
from posada.packets.scrub import scrub

MOST_BOOKMARKS = 5_000
MOST_LINKS = 50_000
_BROKEN = (
    *(pikepdf.PdfError, pikepdf.models.outlines.OutlineStructureError, RuntimeError, ValueError, TypeError),
    *(AttributeError, IndexError, KeyError, RecursionError, NotImplementedError),
)
"""What the library raises where a file is not what it says."""


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link on page `page` (from 0) of the exhibit. `target`: page and height, or None for `address`."""

    page: int
    box: Box
    target: tuple[int, float] | None
    address: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark of the exhibit itself; `depth` 0 is its top level."""

    title: str
    page: int
    top: float
    depth: int


@dataclass(slots=True)
class Fitted:
    """What is known of an exhibit's pages after they were set."""

    pages: int = 0
    links: list[PlacedLink] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def fit_pdf(path: Path, out: Path) -> Fitted:
    """Write the exhibit's pages, set on Letter pages, to `out`. Raises NotUsable."""
    try:
        return _fitted(path, out)
    except _BROKEN:
        raise NotUsable(DAMAGED) from None


def _fitted(path: Path, out: Path) -> Fitted:
    with opened(path) as pdf:
        found = Fitted(pages=len(pdf.pages))
        fits = [_fit_of(page, number=index) for index, page in enumerate(pdf.pages, 1)]
        cropped = [index for index, page in enumerate(pdf.pages, 1) if _is_cropped(page, fits[index - 1])]
        if cropped:
            pages = page_list(cropped)
            found.notes.append(
                f"cropped pages ({pages}): what was cut away is not seen, but is still in the file"
            )
        places = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        found.notes += _beside_the_pages(pdf)
        destinations = named_destinations(pdf)
        hidden = hidden_layers(pdf)
        found.bookmarks = _bookmarks(pdf, places, fits, destinations)
        if count := drop_hidden_layers(pdf):
            found.notes.append(f"{count} hidden layer{'s' if count > 1 else ''} left out")
        tops = [on_top(page.obj, destinations=destinations, hidden=hidden) for page in pdf.pages]
        drawings = _drawings(pdf, tops)
        _links_and_notes(found, tops, fits, places)
        _trim_resources(pdf)
        for index, page in enumerate(pdf.pages):
            _set_page(pdf, page, fits[index], drawings[index], number=index + 1)
        scrub(pdf)
        drop_words_of_programs(pdf)
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return found


def _fit_of(page: pikepdf.Page, *, number: int) -> Fit:
    media = rectangle(_inherited(page.obj, Name.MediaBox))
    crop = rectangle(_inherited(page.obj, Name.CropBox))
    if media is None:
        raise NotUsable("the page has no size that can be read", page=number)
    box = media
    if crop is not None:
        cut = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
        box = cut if cut[2] - cut[0] >= 1 and cut[3] - cut[1] >= 1 else media
    if box[2] - box[0] < 1 or box[3] - box[1] < 1:
        raise NotUsable("the page has no size", page=number)
    turn = _inherited(page.obj, Name.Rotate)
    try:
        rotation = round(float(turn or 0) / 90) * 90 % 360
    except (TypeError, ValueError):
        rotation = 0
    return fit(box, rotation=rotation)


def _is_cropped(page: pikepdf.Page, fitted: Fit) -> bool:
    """Whether more than the edge of a print shop's sheet is cut away."""
    media = rectangle(_inherited(page.obj, Name.MediaBox)) or fitted.box
    return any(abs(edge - whole) > 40 for edge, whole in zip(fitted.box, media, strict=True))


def _inherited(page: Any, key: Any) -> Any:
    node, depth = page, 0
    while isinstance(node, Dictionary) and depth < 64:
        value = node.get(key)
        if value is not None:
            return value
        node, depth = node.get(Name.Parent), depth + 1
    return None


def _beside_the_pages(pdf: pikepdf.Pdf) -> list[str]:
    """What stands beside the pages and is left behind, for the notes."""
    names = pdf.Root.get(Name.Names)
    notes = []
    if isinstance(names, Dictionary) and Name.EmbeddedFiles in names:
        notes.append("files attached to it were left out; give each as an exhibit if it is needed")
    opening: Any = pdf.Root.get(Name.OpenAction)
    starts = isinstance(opening, Dictionary) and opening.get(Name.S) != Name.GoTo
    if (isinstance(names, Dictionary) and Name.JavaScript in names) or starts:
        notes.append("scripts and actions were left out")
    form = pdf.Root.get(Name.AcroForm)
    if isinstance(form, Dictionary):
        notes.append("form fields were turned into plain print")
        if Name.SigFlags in form:
            notes.append("digital signatures became pictures of themselves; keep the signed original")
    return notes


def _bookmarks(
    pdf: pikepdf.Pdf, places: dict[tuple[int, int], int], fits: list[Fit], destinations: dict[str, Any]
) -> list[Bookmark]:
    found: list[Bookmark] = []

    def visit(items: Any, depth: int) -> None:
        for item in items:
            if len(found) >= MOST_BOOKMARKS:
                return
            target = item.destination
            action = item.action
            if target is None and isinstance(action, Dictionary) and action.get(Name.S) == Name.GoTo:
                target = action.get(Name.D)
            place = _place(resolve(_as_object(target), destinations), places, fits)
            title = "".join(each for each in str(item.title) if each.isprintable())[:300]
            if place is not None and title.strip():
                found.append(Bookmark(title, place[0], place[1], depth))
            if depth < 8:
                visit(item.children, depth + 1)

    try:
        with pdf.open_outline(max_depth=9) as outline:
            visit(outline.root, 0)
    except _BROKEN:
        return []
    return found


def _as_object(target: Any) -> Any:
    return pikepdf.String(target) if isinstance(target, str) else target


def _place(target: Any, places: dict[tuple[int, int], int], fits: list[Fit]) -> tuple[int, float] | None:
    """The page and the height on the Letter page that a destination means."""
    if target is None or not isinstance(target[0], Dictionary):
        return None
    index = places.get(target[0].objgen)
    if index is None:
        return None
    kind = str(target[1]) if len(target) > 1 else "/Fit"
    at = {"/XYZ": (2, 3), "/FitH": (None, 2), "/FitBH": (None, 2), "/FitR": (2, 5)}.get(kind)
    if at is None or len(target) <= at[1]:
        return index, HEIGHT
    box = fits[index].box
    try:
        x = float(target[at[0]]) if at[0] is not None else box[0]
        return index, min(max(fits[index].point(x, float(target[at[1]]))[1], 0.0), HEIGHT)
    except (TypeError, ValueError):
        return index, HEIGHT


def _drawings(pdf: pikepdf.Pdf, tops: list[OnTop]) -> list[list[Drawing]]:
    """What is to be drawn on top of each page, fields of forms among it."""
    _, draw_anew = default_look(pdf)
    drawings = [list(top.drawings) for top in tops]
    anew: list[tuple[int, Filled, Box]] = []
    for index, top in enumerate(tops):
        for widget in top.widgets:
            shown = drawn_field(widget, draw_anew=draw_anew)
            if isinstance(shown, Drawing):
                drawings[index].append(shown)
            elif shown is not None:
                anew.append((index, *shown))
    for index, drawing in draw_fields(pdf, anew):
        drawings[index].append(drawing)
    return drawings


def _links_and_notes(
    found: Fitted, tops: list[OnTop], fits: list[Fit], places: dict[tuple[int, int], int]
) -> None:
    for index, top in enumerate(tops):
        for link in top.links[: MOST_LINKS - len(found.links)]:
            target = _place(link.target, places, fits)
            if target is not None or link.address:
                found.links.append(PlacedLink(index, fits[index].rectangle(link.box), target, link.address))
        for what in dict.fromkeys(top.left_out):
            found.notes.append(
                f"page {index + 1}: {what} was left out"
                if "black" not in what
                else f"page {index + 1}: {what}"
            )


def _trim_resources(pdf: pikepdf.Pdf) -> None:
    """Forget pictures and fonts that a page lists and does not draw: nobody sees them, a program would."""
    try:
        pdf.remove_unreferenced_resources()
    except _BROKEN:
        return


def _set_page(
    pdf: pikepdf.Pdf, page: pikepdf.Page, fitted: Fit, drawings: list[Drawing], *, number: int
) -> None:
    try:
        whole = _as_form(pdf, page.obj, fitted.box)
    except _BROKEN:
        raise NotUsable(DAMAGED, page=number) from None
    forms = {"/E": whole}
    drawn = [f"q {written(fitted.matrix)} /E Do"]
    for index, each in enumerate(drawings):
        forms[f"/D{index}"] = each.form
        drawn.append(f"q {written(each.matrix)} /D{index} Do Q")
    for each in drawings:
        each.form[Name.Type], each.form[Name.Subtype] = Name.XObject, Name.Form
    for key in [key for key in page.obj.keys() if key not in ("/Type", "/Parent")]:  # noqa: SIM118
        del page.obj[key]
    page.obj[Name.MediaBox] = Array([0, 0, WIDTH, HEIGHT])
    page.obj[Name.Resources] = Dictionary(XObject=Dictionary(forms))
    page.obj[Name.Contents] = pdf.make_stream(" ".join([*drawn, "Q"]).encode("ascii"))


def _as_form(pdf: pikepdf.Pdf, page: Any, box: Box) -> pikepdf.Stream:
    """The page's content as one drawing, cut at its visible part; the content itself is not touched."""
    contents = page.get(Name.Contents)
    listed = list(contents) if isinstance(contents, Array) else [contents]
    streams = [each for each in listed if isinstance(each, pikepdf.Stream)]
    if len(streams) == 1:
        packed = {key: streams[0][key] for key in ("/Filter", "/DecodeParms") if key in streams[0]}
        form = pdf.make_stream(streams[0].read_raw_bytes(), packed)
    else:
        form = pdf.make_stream(b"\n".join(each.read_bytes() for each in streams))
    form[Name.Type], form[Name.Subtype] = Name.XObject, Name.Form
    form[Name.BBox] = Array([round(each, 4) for each in box])
    resources = _inherited(page, Name.Resources)
    form[Name.Resources] = resources if isinstance(resources, Dictionary) else Dictionary()
    if isinstance(page.get(Name.Group), Dictionary):
        form[Name.Group] = page[Name.Group]
    return form
