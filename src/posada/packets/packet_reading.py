"""Read a packet as a court's clerk would: words, sizes, bookmarks, labels – not as the builder left it.

Comes in: a PDF. Goes out: `Reading`. The words come from another library (PDFium) than the one that writes.
Docs: docs/explanation/packets.md. Tests: tests/packets/test_check.py.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pypdfium2

from posada.packets.errors import PacketUnreadable
from posada.packets.page_space import BAND, HEIGHT, WIDTH
from posada.packets.tabs import tab_index, tab_letters

MOST_PAGES = 20_000
_STAMP = re.compile(r"Page (\d+) of (\d+)")
_PART = re.compile(
    r"Part (\d+) of (\d+)(?:: pages (\d+) to (\d+)(?:; pages 1 to \d+ are in the parts before)?)?"
)
_TAB_BOOKMARK = re.compile(r"Tab ([A-Z]{1,27}) – (.+)", re.DOTALL)
_TAB_LINE = re.compile(r"Tab ([A-Z]{1,27})")
_INK = 200
"""Gray values below are ink."""
_STAMP_FOOT, _STAMP_TOP = 13.0, 28.0
"""Between these heights, in points, stands the line of the number."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page as it is seen. `foot`: what the band of the number says; `label`: what a reader shows."""

    width: float
    height: float
    rotation: int
    text: str
    foot: str
    label: str

    @property
    def stamp(self) -> tuple[int, int] | None:
        """The number and the total that are stamped."""
        found = _STAMP.search(self.foot)
        return (int(found[1]), int(found[2])) if found else None

    @property
    def part(self) -> re.Match[str] | None:
        """What the foot says of the part."""
        return _PART.search(self.foot)

    @property
    def beside_the_stamp(self) -> str:
        """What else the foot says."""
        return _PART.sub("", _STAMP.sub("", self.foot)).strip()

    @property
    def lines(self) -> list[str]:
        """The page's lines, without those that are empty."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]

    @property
    def words(self) -> str:
        """The page's text on one line, as it may be compared."""
        return plain(self.text)


@dataclass(frozen=True, slots=True)
class ExhibitRead:
    """A tab as it was found: its letters, its title, its first page (from 1), and how it was found."""

    tab: str
    title: str
    first: int
    from_bookmark: bool


@dataclass
class Reading:
    """A packet as it was read."""

    path: Path
    pages: list[PageRead]
    bookmarks: list[tuple[str, int | None]]
    inked: list[int] = field(default_factory=list)
    """Pages (from 1) on which something is drawn across the band of the number."""

    @property
    def first_number(self) -> int:
        """The number of the file's first page: 1, or more in a later part."""
        stamp = self.pages[0].stamp
        return stamp[0] if stamp else 1

    @property
    def total(self) -> int | None:
        """How many pages the whole packet has, as stamped."""
        stamp = self.pages[0].stamp
        return stamp[1] if stamp else None

    @property
    def is_part(self) -> bool:
        """Whether the file is one part of a packet that was split."""
        return self.pages[0].part is not None

    @property
    def has_cover(self) -> bool:
        """Whether the file holds the packet's beginning."""
        return self.first_number == 1

    @property
    def has_end(self) -> bool:
        """Whether the file holds the packet's end."""
        return not self.is_part or self.total == self.first_number + len(self.pages) - 1

    @cached_property
    def exhibits(self) -> list[ExhibitRead]:
        """The tabs, from the bookmarks; where these name none, from the tab sheets."""
        marked = []
        for title, page in self.bookmarks:
            found = _TAB_BOOKMARK.fullmatch(title)
            if found and page is not None:
                marked.append(ExhibitRead(found[1], found[2], page, True))
        return marked or self._from_sheets()

    def _from_sheets(self) -> list[ExhibitRead]:
        found: list[ExhibitRead] = []
        for number, page in enumerate(self.pages, 1):
            lines = page.lines
            sheet = _TAB_LINE.fullmatch(lines[0]) if lines and len(lines) <= 40 else None
            if sheet is None or tab_index(sheet[1]) is None:
                continue
            expected = tab_letters((tab_index(found[-1].tab) or 0) + 1) if found else None
            if (expected is None and (self.is_part or sheet[1] == "A")) or sheet[1] == expected:
                found.append(ExhibitRead(sheet[1], lines[1] if len(lines) > 1 else "", number, False))
        return found

    def last_page(self, exhibit: ExhibitRead) -> int:
        """The last page of a tab: the one before the next part or tab."""
        starts = sorted({page for _, page in self.bookmarks if page is not None})
        starts = starts or sorted(
            [each.first for each in self.exhibits] + self.pages_headed("proof of service")
        )
        later = [page for page in starts if page > exhibit.first]
        return later[0] - 1 if later else len(self.pages)

    def pages_headed(self, heading: str) -> list[int]:
        """Pages whose first line is this heading, whatever its case."""
        return [
            number
            for number, page in enumerate(self.pages, 1)
            if page.lines and page.lines[0].casefold() == heading
        ]

    @cached_property
    def contents(self) -> tuple[int, str]:
        """The first page of the table of contents (0: there is none), and its words."""
        starts = [page for title, page in self.bookmarks if title == "Table of contents" and page is not None]
        start = (starts or self.pages_headed("table of contents") or [0])[0]
        if start == 0:
            return 0, ""
        end = min([each.first for each in self.exhibits if each.first > start], default=start + 1)
        return start, " ".join(page.words for page in self.pages[start - 1 : end - 1])


def plain(text: str) -> str:
    """Text on one line, without the marks at which a long word may break.

    >>> plain("a\\u200bb\\r\\n c")
    'ab c'
    """
    return " ".join(text.replace("\u200b", "").replace("\ufffe", "-").replace("\x02", "-").split())


def read_file(path: Path) -> Reading:
    """Read a packet. Raises PacketUnreadable, in one line."""
    try:
        with path.open("rb") as stream:
            start = stream.read(1024)
    except FileNotFoundError:
        raise PacketUnreadable(f"{path}: there is no such file.") from None
    except OSError as error:
        raise PacketUnreadable(f"{path}: it cannot be read ({error.strerror}).") from None
    if b"%PDF-" not in start:
        raise PacketUnreadable(f"{path}: it is not a PDF.")
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise PacketUnreadable(
            f"{path}: it is {'locked with a password' if locked else 'damaged'}."
        ) from None
    with document:
        if not 0 < len(document) <= MOST_PAGES:
            raise PacketUnreadable(
                f"{path}: it has {'no pages' if len(document) == 0 else 'too many pages'}."
            )
        try:
            reading = Reading(path, [], _bookmarks(document))
            for number in range(len(document)):
                page = document[number]
                reading.pages.append(_page(document, page, number))
                if _is_inked(page):
                    reading.inked.append(number + 1)
                page.close()
        except pypdfium2.PdfiumError:
            raise PacketUnreadable(f"{path}: page {len(reading.pages) + 1} is damaged.") from None
    return reading


def _page(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, index: int) -> PageRead:
    width, height = page.get_size()
    words = page.get_textpage()
    try:
        text = words.get_text_bounded(left=0, bottom=BAND, right=width, top=height)
        foot = plain(words.get_text_bounded(left=0, bottom=0, right=width, top=BAND))
    finally:
        words.close()
    return PageRead(width, height, page.get_rotation(), text, foot, document.get_page_label(index))


def _is_inked(page: pypdfium2.PdfPage) -> bool:
    """Whether anything but the line of the number is drawn in the band at the foot."""
    width, height = page.get_size()
    if abs(width - WIDTH) > 1 or abs(height - HEIGHT) > 1:
        return False
    cut = height - BAND + 1  # a picture that ends at the band's edge may blur into its first row
    band = page.render(scale=1, grayscale=True, crop=(0, 0, 0, cut)).to_pil()
    dark = band.point(lambda value: 255 if value < _INK else 0)
    above = dark.crop((0, 0, dark.width, dark.height - round(_STAMP_TOP)))
    below = dark.crop((0, dark.height - round(_STAMP_FOOT), dark.width, dark.height))
    return above.getbbox() is not None or below.getbbox() is not None


def _bookmarks(document: pypdfium2.PdfDocument) -> list[tuple[str, int | None]]:
    """The top-level bookmarks, with their page from 1."""
    found: list[tuple[str, int | None]] = []
    for each in document.get_toc(max_depth=1):
        target = each.get_dest()
        index = target.get_index() if target is not None else None
        found.append((plain(each.get_title()), None if index is None or index < 0 else index + 1))
    return found
