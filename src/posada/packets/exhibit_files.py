"""Have every file of every exhibit made into Letter pages, and keep what stops each that cannot be.

Comes in: the packet. Goes out: where the pages are, how many, their links and bookmarks; problems and notes.
Docs: docs/explanation/packets.md. Tests: tests/packets/test_build.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from posada.packets.errors import Problem
from posada.packets.fitted_pages import Bookmark, PlacedLink
from posada.packets.folder import PacketRead
from posada.packets.located import NotUsable
from posada.packets.outline import ExhibitPages
from posada.packets.packet import ENGLISH, Source
from posada.packets.tabs import tab_letters
from posada.packets.workshop import Workshop


@dataclass(frozen=True, slots=True)
class ExhibitFile:
    """A file after its Letter pages were made."""

    name: str
    path: Path
    pages: int
    links: tuple[PlacedLink, ...]
    bookmarks: tuple[Bookmark, ...]


@dataclass(slots=True)
class ExhibitFiles:
    """What came of the files, by exhibit."""

    originals: list[list[ExhibitFile]] = field(default_factory=list)
    translations: list[list[ExhibitFile]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def missing(self) -> dict[int, list[str]]:
        """The reasons for each exhibit that cannot be used, by its place."""
        found: dict[int, list[str]] = {}
        for index in range(len(self.originals)):
            reasons = [each.sentence() for each in self.problems if each.tab == tab_letters(index)]
            if reasons:
                found[index] = reasons
        return found

    def pages(self) -> list[ExhibitPages]:
        """How many pages each exhibit has."""
        missing, found = self.missing(), []
        for index, (original, translation) in enumerate(zip(self.originals, self.translations, strict=True)):
            if index in missing:
                found.append(ExhibitPages(None))
            else:
                translated = sum(each.pages for each in translation) if translation else None
                found.append(ExhibitPages(sum(each.pages for each in original), translated))
        return found


def read_exhibits(
    read: PacketRead, space: Path, *, workshop: Workshop, doing: Callable[[str], None]
) -> ExhibitFiles:
    """Make the pages of every file, in `space`; a file that cannot be used is a problem, not an error."""
    found = ExhibitFiles(problems=list(read.problems), notes=list(read.notes))
    for index, exhibit in enumerate(read.packet.exhibits):
        tab = tab_letters(index)
        doing(f"Reading Tab {tab}")
        lists = (("o", exhibit.sources, found.originals), ("t", exhibit.translation, found.translations))
        for kind, sources, kept in lists:
            made = [
                _read(workshop, source, space / f"{index}-{kind}-{number}.pdf", tab, found)
                for number, source in enumerate(sources)
            ]
            kept.append([each for each in made if each is not None])
    return found


def languages(read: PacketRead, files: ExhibitFiles) -> list[tuple[ExhibitFile, str, str]]:
    """Each file with its language and its tab."""
    found = []
    for index, exhibit in enumerate(read.packet.exhibits):
        found += [(each, exhibit.language, tab_letters(index)) for each in files.originals[index]]
        found += [(each, ENGLISH, tab_letters(index)) for each in files.translations[index]]
    return found


def _read(workshop: Workshop, source: Source, out: Path, tab: str, found: ExhibitFiles) -> ExhibitFile | None:
    job = {"do": "normalize", "path": str(source.path), "out": str(out), "name": source.name}
    try:
        answer = workshop.ask(job)
    except NotUsable as refused:
        found.problems.append(Problem(source.name, refused.reason, page=refused.page, tab=tab))
        return None
    found.notes += [Problem(source.name, note, tab=tab).sentence() for note in answer["notes"]]
    links = tuple(_link(each) for each in answer["links"])
    bookmarks = tuple(Bookmark(**each) for each in answer["bookmarks"])
    return ExhibitFile(source.name, out, answer["pages"], links, bookmarks)


def _link(values: Mapping[str, Any]) -> PlacedLink:
    left, bottom, right, top = values["box"]
    target = None if values["target"] is None else (values["target"][0], values["target"][1])
    return PlacedLink(values["page"], (left, bottom, right, top), target, values["address"])
