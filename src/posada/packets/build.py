"""Build a packet from its folder: every exhibit whole, or nothing at all.

Comes in: the folder. Goes out: one PDF at the place asked for, and its parts if it is too large to upload.
The same folder gives the same bytes. Docs: docs/how-to/build-a-packet.md. Tests: tests/packets/test_build.py.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from posada.packets.assemble import Assembled, Cut, Insert, assemble
from posada.packets.errors import ExhibitsUnusable, Problem
from posada.packets.exhibit_files import ExhibitFiles, read_exhibits
from posada.packets.filing_date import timeliness
from posada.packets.folder import PacketRead, read_packet
from posada.packets.outline import ExhibitPages, Kind, Outline, lay_out, made_pieces
from posada.packets.packet import Packet
from posada.packets.page_texts import respondents_of, texts_of
from posada.packets.place import check_place, part_place, put
from posada.packets.recognized import recognize_pictures
from posada.packets.split import PageTooLarge, Range, ranges
from posada.packets.tabs import tab_letters
from posada.packets.typeset import typeset
from posada.packets.workshop import Workshop

_MOST_ROUNDS = 8
Missing = Mapping[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, with the pages it holds and its size in bytes."""

    path: Path
    first: int
    last: int
    size: int


@dataclass(frozen=True, slots=True)
class Built:
    """What was built. `parts` is empty where the packet fits into one upload."""

    packet: Written
    parts: tuple[Written, ...]
    limit_bytes: int | None
    envelope_bytes: int | None
    missing: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    """What the steps share."""

    packet: Packet
    files: ExhibitFiles
    pages: list[ExhibitPages]
    missing: Missing
    space: Path

    @property
    def title(self) -> str:
        title = self.packet.filing_title
        return f"DRAFT: {title}" if self.missing else title


def build_packet(
    folder: Path,
    out: Path,
    *,
    draft: bool = False,
    recognizer: Path | None = None,
    upload_bytes: int | None = None,
    doing: Callable[[str], None] = lambda _: None,
) -> Built:
    """Build the packet of `folder` and put it at `out`.

    `draft`: an exhibit that cannot be used becomes a page that says so. `recognizer`: the program that reads
    pictures (Tesseract). `upload_bytes`: the portal's limit, instead of the folder's or the shipped one.
    Raises PacketFolderBad, ExhibitsUnusable, PacketNotWritten.
    """
    read = read_packet(folder)
    if upload_bytes is not None:
        limits = replace(read.packet.limits, upload_bytes=upload_bytes)
        read = replace(read, packet=replace(read.packet, limits=limits))
    check_place(out, folder=folder, packet=read.packet)
    with tempfile.TemporaryDirectory(prefix="posada-packet-") as held, Workshop() as workshop:
        space = Path(held)
        files = read_exhibits(read, space, workshop=workshop, doing=doing)
        if files.problems and not draft:
            raise ExhibitsUnusable(*files.problems)
        files.notes += recognize_pictures(read, files, workshop=workshop, tool=recognizer, doing=doing)
        return _put_together(read, files, space, out, doing)


def _put_together(
    read: PacketRead, files: ExhibitFiles, space: Path, out: Path, doing: Callable[[str], None]
) -> Built:
    packet, limit = read.packet, read.packet.limits.upload_bytes
    job = _Job(packet, files, files.pages(), files.missing(), space)
    doing("Putting the packet together")
    outline, made = _typeset(job)
    whole = space / "packet.pdf"
    assembled = assemble(made, _inserts(job, outline), outline=outline, title=job.title, out=whole)
    _check_counts(outline, assembled)
    cuts: list[tuple[Path, Range]] = []
    if limit is not None and whole.stat().st_size > limit:
        doing("Cutting the packet into parts")
        cuts = _parts(job, outline, whole, limit)
    written = [Written(out, 1, outline.total, whole.stat().st_size)]
    places = {out: whole}
    for number, (path, cut) in enumerate(cuts, 1):
        places[part_place(out, number)] = path
        written.append(Written(part_place(out, number), cut.first, cut.last, path.stat().st_size))
    put(places, out=out)
    notes = dict.fromkeys((*files.notes, *_notes(packet, assembled)))
    return Built(
        written[0],
        tuple(written[1:]),
        limit,
        packet.limits.envelope_bytes,
        tuple(files.problems),
        tuple(notes),
    )


def _typeset(job: _Job, *, parts: Mapping[int, int] | None = None) -> tuple[Outline, bytes]:
    """Typeset until the numbers that the pages print are those of the pages themselves."""
    pieces = made_pieces(job.pages, service=job.packet.service is not None)
    titles = [each.title for each in job.packet.exhibits]
    counts = tuple(1 for _ in pieces)
    for _ in range(_MOST_ROUNDS):
        outline = lay_out(job.pages, titles=titles, made=dict(zip(pieces, counts, strict=True)))
        texts = texts_of(job.packet, outline, missing=job.missing, parts=parts)
        made = typeset(texts, title=job.title, respondents=respondents_of(job.packet))
        if made.counts == counts:
            return outline, made.pdf
        counts = tuple(max(pair) for pair in zip(made.counts, counts, strict=True))
    raise RuntimeError("the pages of contents did not come to rest")


def _inserts(job: _Job, outline: Outline) -> list[Insert]:
    found = []
    for piece in outline.pieces:
        if piece.kind.is_made_here or piece.exhibit is None:
            continue
        lists = job.files.originals if piece.kind is Kind.ORIGINAL else job.files.translations
        first = piece.first
        for file in lists[piece.exhibit]:
            found.append(Insert(file.path, first, file.pages, piece.exhibit, file.links, file.bookmarks))
            first += file.pages
        if first != piece.last + 1:
            raise RuntimeError(f"Tab {tab_letters(piece.exhibit)}: pages were lost on the way")
    return found


def _check_counts(outline: Outline, assembled: Assembled) -> None:
    """Pages in = pages out: `assemble` compares each file, this the whole."""
    if assembled.pages != outline.total:
        raise RuntimeError(f"{outline.total} pages went in and {assembled.pages} came out")


def _parts(job: _Job, outline: Outline, whole: Path, limit: int) -> list[tuple[Path, Range]]:
    """Write the parts; where one comes out larger than was reckoned, cut again with more to spare."""
    aim = limit
    for _ in range(_MOST_ROUNDS):
        try:
            cuts = ranges(whole, outline.units(), most_bytes=aim)
        except PageTooLarge as found:
            raise ExhibitsUnusable(_too_large(job, outline, found.page, limit)) from None
        files = [job.space / f"part-{number}.pdf" for number in range(1, len(cuts) + 1)]
        by_page = {page: n for n, cut in enumerate(cuts, 1) for page in range(cut.first, cut.last + 1)}
        again, made = _typeset(job, parts=by_page)
        if again.total != outline.total:
            raise RuntimeError("the packet and its parts have other numbers")
        for number, path in enumerate(files, 1):
            title = f"{job.title} (part {number} of {len(cuts)})"
            foot = _foot(number, cuts)
            assemble(made, _inserts(job, again), outline=again, title=title, out=path, cut=foot)
        largest = max(path.stat().st_size for path in files)
        if largest <= limit:
            return list(zip(files, cuts, strict=True))
        aim -= largest - limit + 20_000
    raise RuntimeError("no parts were found that are small enough")


def _foot(number: int, cuts: Sequence[Range]) -> Cut:
    cut, name = cuts[number - 1], f"Part {number} of {len(cuts)}"
    before = "" if number == 1 else f"; pages 1 to {cut.first - 1} are in the parts before"
    return Cut(cut.first, cut.last, name, f"{name}: pages {cut.first} to {cut.last}{before}")


def _too_large(job: _Job, outline: Outline, page: int, limit: int) -> Problem:
    for insert in _inserts(job, outline):
        if insert.first <= page < insert.first + insert.pages:
            lists = (*job.files.originals[insert.exhibit], *job.files.translations[insert.exhibit])
            name = next(each.name for each in lists if each.path == insert.path)
            reason = (
                f"this page alone is larger than an upload may be ({limit / 1_000_000:g} MB); scan it smaller"
            )
            return Problem(name, reason, page=page - insert.first + 1, tab=tab_letters(insert.exhibit))
    return Problem(
        "packet.toml", f"limits.upload_mb: not even page {page} fits into {limit / 1_000_000:g} MB"
    )


def _notes(packet: Packet, assembled: Assembled) -> list[str]:
    hearing = None if packet.hearing is None else (packet.hearing.kind, packet.hearing.date)
    found = timeliness(
        forum=packet.forum, detained=packet.detained, filing_date=packet.filing_date, hearing=hearing
    )
    notes = []
    if packet.forum.is_removal and found.in_time is not True:
        notes.append(f"Filing date: {found.message}." + (f" ({found.citation})" if found.citation else ""))
    for font in assembled.fonts_left_out:
        notes.append(f"The font {font} is only named in an exhibit, and nothing here can stand in for it.")
    return notes
