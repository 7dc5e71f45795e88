"""Cut a packet that is too large for one upload into parts, at tabs where that is possible.

Comes in: the packet as one PDF, its outline, the limit. Goes out: ranges of pages, the last page of each.
Docs: docs/how-to/build-a-packet.md. Tests: tests/packets/test_build.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from posada.packets.outline import Unit

_PAGE_BYTES = 600
"""What a page takes beside its streams."""
_PART_BYTES = 40_000
"""What a part takes beside its pages: fonts of the stamp, bookmarks, the table of objects."""
_NOT_FOLLOWED = {"/Parent", "/StructParents", "/Annots", "/B", "/Dest"}


@dataclass(frozen=True, slots=True)
class Range:
    """Pages of one part, from 1."""

    first: int
    last: int


class PageTooLarge(Exception):  # noqa: N818
    """A single page is larger than an upload may be; `page` counts from 1."""

    def __init__(self, page: int, size: int) -> None:
        self.page, self.size = page, size
        super().__init__(f"page {page} alone takes {size:,} bytes")


def ranges(packet: Path, units: Sequence[Unit], *, most_bytes: int) -> list[Range]:
    """The parts, as few as the tabs allow. Raises PageTooLarge."""
    with pikepdf.open(packet) as pdf:
        weights = [_streams(page.obj) for page in pdf.pages]
    found: list[Range] = []
    start, held = 1, _Load()
    for unit in _whole_units(units):
        pages = range(unit.first, unit.last + 1)
        if held.with_pages(weights, pages) <= most_bytes:
            held.take(weights, pages)
            continue
        if start < unit.first:
            found.append(Range(start, unit.first - 1))
            start, held = unit.first, _Load()
        for page in pages:  # an exhibit too large for one part is cut between two of its pages
            alone = range(page, page + 1)
            if start < page and held.with_pages(weights, alone) > most_bytes:
                found.append(Range(start, page - 1))
                start, held = page, _Load()
            held.take(weights, alone)
            if start == page and held.size > most_bytes:
                raise PageTooLarge(page, held.size)
    found.append(Range(start, len(weights)))
    return found


def _whole_units(units: Sequence[Unit]) -> list[Unit]:
    """Cover and contents stay together."""
    first, second, *rest = units
    return [Unit(first.label, first.first, second.last), *rest]


class _Load:
    """The streams of the pages that a part holds, each counted once."""

    def __init__(self) -> None:
        self._held: dict[tuple[int, int], int] = {}
        self.size = _PART_BYTES

    def with_pages(self, weights: Sequence[dict[tuple[int, int], int]], pages: range) -> int:
        """How many bytes it would be with these pages as well."""
        new: dict[tuple[int, int], int] = {}
        for page in pages:
            new.update({key: size for key, size in weights[page - 1].items() if key not in self._held})
        return self.size + sum(new.values()) + _PAGE_BYTES * len(pages)

    def take(self, weights: Sequence[dict[tuple[int, int], int]], pages: range) -> None:
        """Hold these pages too."""
        self.size = self.with_pages(weights, pages)
        for page in pages:
            self._held.update(weights[page - 1])


def _streams(page: Any) -> dict[tuple[int, int], int]:
    """The size of each stream that a page needs, by its object number."""
    found: dict[tuple[int, int], int] = {}
    seen: set[tuple[int, int]] = set()
    waiting = [page]
    while waiting:
        value = waiting.pop()
        if value.is_indirect:
            if value.objgen in seen:
                continue
            seen.add(value.objgen)
        if isinstance(value, Stream):
            found[value.objgen] = int(value.get("/Length", 0)) + 200
        if isinstance(value, Dictionary | Stream):
            inside = [value.get(key) for key in value.keys() if key not in _NOT_FOLLOWED]  # noqa: SIM118
        else:
            inside = list(value)
        waiting += [each for each in inside if isinstance(each, Dictionary | Array | Stream)]
    return found
