"""Put the packet together: pages in order, numbers stamped, bookmarks, labels, links, nothing unseen.

Comes in: the typeset pages and the exhibits' Letter pages. Goes out: one PDF for a range of pages.
Docs: docs/explanation/packets.md. Tests: tests/packets/test_build.py.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from posada.packets.annotations import named_destinations, resolve
from posada.packets.fitted_pages import Bookmark, PlacedLink
from posada.packets.fonts_inside import StandIns, put_fonts_inside, text_width
from posada.packets.outline import Outline, Unit
from posada.packets.page_space import HEIGHT, WIDTH, number
from posada.packets.scrub import scrub

STAMP_SIZE = 9.0
STAMP_HEIGHT = 18.0
"""Of the stamped line above the lower edge, in points."""
_STAMP_EDGE = 36.0
_HELD_BYTES = 256_000
"""A file no larger is read into memory, so that a thousand small ones need no thousand open files."""


@dataclass(frozen=True, slots=True)
class Insert:
    """A file's Letter pages, and the page of the packet at which they begin (from 1)."""

    path: Path
    first: int
    pages: int
    exhibit: int
    links: tuple[PlacedLink, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """The pages of one part of a split packet, and what its foot says beside the number."""

    first: int
    last: int
    name: str = ""
    first_page_name: str = ""


@dataclass(frozen=True, slots=True)
class Assembled:
    """What is known of a packet after it was put together."""

    pages: int
    fonts_left_out: tuple[str, ...]


def assemble(
    made: bytes,
    inserts: Sequence[Insert],
    *,
    outline: Outline,
    title: str,
    out: Path,
    cut: Cut | None = None,
) -> Assembled:
    """Write pages `cut` of the packet to `out`; all of them without a `cut`.

    `made`: the typeset pages, in the packet's order. Raises OSError where the disk refuses.
    """
    cut = cut or Cut(1, outline.total)
    with ExitStack() as open_files, pikepdf.open(BytesIO(made)) as pdf:
        _insert(pdf, inserts, cut, open_files)
        _resolve_names(pdf)
        _keep_only(pdf, outline, inserts, cut)
        scrub(pdf)
        stand_ins = StandIns(pdf)
        left = put_fonts_inside(pdf, stand_ins)
        _stamp(pdf, cut, total=outline.total, font=stand_ins.plain())
        _drop_lost_links(pdf)
        _link(pdf, inserts, cut)
        _mark(pdf, outline.units(), inserts, cut)
        _describe(pdf, title, first=cut.first)
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
        return Assembled(len(pdf.pages), tuple(sorted(left)))


def _insert(pdf: pikepdf.Pdf, inserts: Sequence[Insert], cut: Cut, open_files: ExitStack) -> None:
    for each in sorted(inserts, key=lambda one: one.first):
        if each.first > cut.last or each.first + each.pages - 1 < cut.first:
            continue
        small = each.path.stat().st_size <= _HELD_BYTES
        source = open_files.enter_context(
            pikepdf.open(BytesIO(each.path.read_bytes()) if small else each.path)
        )
        if len(source.pages) != each.pages:
            raise RuntimeError(f"{each.pages} pages went in and {len(source.pages)} came out")
        for offset, page in enumerate(source.pages):
            if cut.first <= each.first + offset <= cut.last:
                pdf.pages.append(page)


def _keep_only(pdf: pikepdf.Pdf, outline: Outline, inserts: Sequence[Insert], cut: Cut) -> None:
    """Set the pages in their order, and forget those that are not of this part."""
    inserted = {each.first + offset for each in inserts for offset in range(each.pages)}
    made = [page for page in range(1, outline.total + 1) if page not in inserted]
    held = list(pdf.pages)
    by_number = dict(zip(made, held[: len(made)], strict=True))
    following = [page for page in sorted(inserted) if cut.first <= page <= cut.last]
    by_number.update(zip(following, held[len(made) :], strict=True))
    while len(pdf.pages):
        del pdf.pages[-1]
    for page in range(cut.first, cut.last + 1):
        pdf.pages.append(by_number[page])
    if cut.first > 1 or cut.last < outline.total:
        for key in (Name.StructTreeRoot, Name.MarkInfo):  # it would hold on to pages of the other parts
            if key in pdf.Root:
                del pdf.Root[key]
    elif len(made) < outline.total and Name.MarkInfo in pdf.Root:
        pdf.Root[Name.MarkInfo] = Dictionary(Marked=True, Suspects=True)


def _stamp(pdf: pikepdf.Pdf, cut: Cut, *, total: int, font: Any) -> None:
    for index, page in enumerate(pdf.pages):
        stamps = [_stamped(f"Page {cut.first + index} of {total}", right=True)]
        name = cut.first_page_name if index == 0 else cut.name
        if name:
            stamps.append(_stamped(name, right=False))
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q /Artifact BMC q 0 g {' '.join(stamps)} Q EMC".encode("cp1252"))
        _font_resource(page)[Name("/PosadaStamp")] = font


def _stamped(text: str, *, right: bool) -> str:
    x = WIDTH - _STAMP_EDGE - text_width(text, size=STAMP_SIZE) if right else _STAMP_EDGE
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /PosadaStamp {number(STAMP_SIZE)} Tf {number(x)} {number(STAMP_HEIGHT)} Td ({escaped}) Tj ET"


def _font_resource(page: pikepdf.Page) -> Any:
    resources = page.obj.get(Name.Resources)
    if not isinstance(resources, Dictionary):
        page.obj[Name.Resources] = resources = Dictionary()
    fonts = resources.get(Name.Font)
    if not isinstance(fonts, Dictionary):
        resources[Name.Font] = Dictionary()
    return resources[Name.Font]


def _resolve_names(pdf: pikepdf.Pdf) -> None:
    """Let the links of the typeset pages lead to their pages by themselves, not by names kept elsewhere."""
    names = named_destinations(pdf)
    for page in pdf.pages:
        listed = page.obj.get(Name.Annots)
        for link in listed if isinstance(listed, Array) else []:
            action = link.get(Name.A)
            target = resolve(link.get(Name.Dest) if action is None else action.get(Name.D), names)
            if target is not None:
                link[Name.Dest] = Array(list(target))
                if Name.A in link:
                    del link[Name.A]


def _drop_lost_links(pdf: pikepdf.Pdf) -> None:
    """Take out links of the typeset pages that lead to another part."""
    here = {page.obj.objgen for page in pdf.pages}
    for page in pdf.pages:
        listed = page.obj.get(Name.Annots)
        if not isinstance(listed, Array):
            continue
        kept = [each for each in listed if _leads_to(each) in here]
        if len(kept) == len(listed):
            continue
        if kept:
            page.obj[Name.Annots] = Array(kept)
        else:
            del page.obj[Name.Annots]


def _leads_to(link: Any) -> tuple[int, int] | None:
    action = link.get(Name.A)
    target = link.get(Name.Dest) if action is None else action.get(Name.D)
    return target[0].objgen if isinstance(target, Array) and isinstance(target[0], Dictionary) else None


def _link(pdf: pikepdf.Pdf, inserts: Sequence[Insert], cut: Cut) -> None:
    for each in inserts:
        for link in each.links:
            page = each.first + link.page
            target = None if link.target is None else (each.first + link.target[0], link.target[1])
            if not cut.first <= page <= cut.last:
                continue
            if target is not None and not cut.first <= target[0] <= cut.last:
                continue
            annotation = Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([round(edge, 3) for edge in link.box]),
                Border=Array([0, 0, 0]),
                F=4,
            )
            if target is None:
                annotation[Name.A] = Dictionary(S=Name.URI, URI=String(link.address))
            else:
                annotation[Name.Dest] = _destination(pdf, target[0] - cut.first, target[1])
            holder = pdf.pages[page - cut.first].obj
            if Name.Annots not in holder:
                holder[Name.Annots] = Array()
            holder[Name.Annots].append(pdf.make_indirect(annotation))


def _destination(pdf: pikepdf.Pdf, index: int, top: float) -> Any:
    return Array([pdf.pages[index].obj, Name.XYZ, None, round(top, 2), None])


def _mark(pdf: pikepdf.Pdf, units: Sequence[Unit], inserts: Sequence[Insert], cut: Cut) -> None:
    """Bookmarks: one for each part and exhibit, the exhibit's own below it."""
    if Name.Outlines in pdf.Root:
        del pdf.Root[Name.Outlines]
    with pdf.open_outline() as bookmarks:
        for unit in units:
            first = max(unit.first, cut.first)
            if unit.last < cut.first or first > cut.last:
                continue
            item = OutlineItem(unit.label, _destination(pdf, first - cut.first, HEIGHT))
            item.is_closed = True
            own = (
                [each for each in inserts if each.exhibit == unit.exhibit] if unit.exhibit is not None else []
            )
            for each in own:
                _nest(pdf, item, each, cut)
            bookmarks.root.append(item)
    pdf.Root[Name.PageMode] = Name.UseOutlines


def _nest(pdf: pikepdf.Pdf, item: OutlineItem, insert: Insert, cut: Cut) -> None:
    above = [item]
    for bookmark in insert.bookmarks:
        page = insert.first + bookmark.page
        if not cut.first <= page <= cut.last:
            continue
        child = OutlineItem(bookmark.title, _destination(pdf, page - cut.first, bookmark.top))
        del above[bookmark.depth + 1 :]
        above[-1].children.append(child)
        above.append(child)


def _describe(pdf: pikepdf.Pdf, title: str, *, first: int) -> None:
    """Page labels that say what is stamped, the title and the language; no other property."""
    pdf.Root[Name.PageLabels] = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=first)]))
    pdf.Root[Name.Lang] = String("en-US")
    pdf.Root[Name.ViewerPreferences] = Dictionary(DisplayDocTitle=True)
    pdf.trailer[Name.Info] = pdf.make_indirect(Dictionary(Title=String(title)))
