"""Which page of the packet is what: the pieces in order, each with its first page and how many it has.

Comes in: how many pages each generated and each exhibit's piece has. Goes out: an `Outline`; numbers from 1.
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_page_texts.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from posada.packets.tabs import tab_letters


class Kind(StrEnum):
    """What a piece is."""

    COVER = "cover"
    CONTENTS = "contents"
    TAB_SHEET = "tab"
    ORIGINAL = "original"
    TRANSLATION = "translation"
    CERTIFICATE = "certificate"
    MISSING = "missing"
    SERVICE = "service"

    @property
    def is_made_here(self) -> bool:
        """Whether the builder typesets it; the rest come from the exhibits' files."""
        return self not in (Kind.ORIGINAL, Kind.TRANSLATION)


@dataclass(frozen=True, slots=True)
class Piece:
    """Pages that belong together."""

    kind: Kind
    first: int
    count: int
    exhibit: int | None = None  # counted from 0

    @property
    def last(self) -> int:
        """The last page."""
        return self.first + self.count - 1


@dataclass(frozen=True, slots=True)
class ExhibitPages:
    """How many pages an exhibit's files have; None: it is missing (a draft)."""

    original: int | None
    translation: int | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """What a top-level bookmark stands for, and what is never torn apart if it can be helped."""

    label: str
    first: int
    last: int
    exhibit: int | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """All pieces of a packet, in order."""

    pieces: tuple[Piece, ...]
    titles: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many pages there are."""
        return self.pieces[-1].last

    def of(self, exhibit: int) -> list[Piece]:
        """The pieces of an exhibit."""
        return [each for each in self.pieces if each.exhibit == exhibit]

    def units(self) -> list[Unit]:
        """The parts and exhibits, as the bookmarks name them."""
        found: list[Unit] = []
        for piece in self.pieces:
            if piece.exhibit is None:
                found.append(Unit(_PART_LABELS[piece.kind], piece.first, piece.last))
            elif piece.kind is Kind.TAB_SHEET:
                label = bookmark_label(piece.exhibit, self.titles[piece.exhibit])
                found.append(Unit(label, piece.first, self.of(piece.exhibit)[-1].last, piece.exhibit))
        return found


_PART_LABELS = {
    Kind.COVER: "Cover",
    Kind.CONTENTS: "Table of contents",
    Kind.SERVICE: "Proof of service",
}


def bookmark_label(exhibit: int, title: str) -> str:
    """The bookmark of an exhibit.

    >>> bookmark_label(0, "Birth certificate")
    'Tab A – Birth certificate'
    """
    return f"Tab {tab_letters(exhibit)} – {title}"


def made_pieces(exhibits: Sequence[ExhibitPages], *, service: bool) -> list[tuple[Kind, int | None]]:
    """The pieces that are typeset, in the order in which the typesetter makes them."""
    found: list[tuple[Kind, int | None]] = [(Kind.COVER, None), (Kind.CONTENTS, None)]
    for index, pages in enumerate(exhibits):
        found.append((Kind.TAB_SHEET, index))
        if pages.original is None:
            found.append((Kind.MISSING, index))
        elif pages.translation is not None:
            found.append((Kind.CERTIFICATE, index))
    if service:
        found.append((Kind.SERVICE, None))
    return found


def lay_out(
    exhibits: Sequence[ExhibitPages],
    *,
    titles: Sequence[str],
    made: Mapping[tuple[Kind, int | None], int],
) -> Outline:
    """Number all pieces. `made`: pages of each typeset piece, in the order of `made_pieces`."""
    pieces: list[Piece] = []
    following = 1

    def add(kind: Kind, count: int, exhibit: int | None) -> None:
        nonlocal following
        pieces.append(Piece(kind, following, count, exhibit))
        following += count

    for (kind, index), count in made.items():
        if kind is Kind.CERTIFICATE and index is not None:
            add(Kind.TRANSLATION, exhibits[index].translation or 0, index)
        add(kind, count, index)
        if kind is Kind.TAB_SHEET and index is not None and exhibits[index].original is not None:
            add(Kind.ORIGINAL, exhibits[index].original or 0, index)
    return Outline(tuple(pieces), tuple(titles))
