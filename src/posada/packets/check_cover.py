"""Rules of the cover: who files what, where, for whom, for which hearing, and whether in time.

Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_check.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from posada.packets.filing_date import timeliness
from posada.packets.finding import Finding, finding
from posada.packets.packet import Forum, HearingKind
from posada.packets.packet_reading import Reading
from posada.packets.wording import AUTHORITIES, HEARINGS, day_of_words

_A_NUMBER = re.compile(r"\bA[- ]?(?:\d[- ]?){7,8}\d\b")
_PHONE = re.compile(r"\d{3}[-. ]?\d{4}")
_DAY = r"([A-Z][a-z]+ \d{1,2}, \d{4})"


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first page says. `filer`: the lines above the authority or the custody."""

    lines: tuple[str, ...]
    forum: Forum
    filer: tuple[str, ...]
    custody: str
    names: tuple[str, ...]
    hearing: tuple[HearingKind, date] | None
    filing_date: date | None

    @property
    def text(self) -> str:
        """The whole page on one line."""
        return " ".join(self.lines)

    def after(self, label: str) -> str:
        """What follows a label on its line; empty without it."""
        return next(
            (line[len(label) + 1 :].strip() for line in self.lines if line.startswith(f"{label}:")), ""
        )


def read_cover(reading: Reading) -> Cover:
    """The cover of a packet, as its first page shows it."""
    end = reading.contents[0] or 2
    lines = tuple(line for page in reading.pages[: max(end - 1, 1)] for line in page.lines)
    text = " ".join(lines)
    forum = _forum(text)
    custody = next((line for line in lines if line in ("DETAINED", "NON-DETAINED")), "")
    first = next((at for at, line in enumerate(lines) if line == custody or line in AUTHORITIES[forum]), 0)
    hearing_day = re.search(rf"Next hearing: {_DAY}", text)
    kinds = [kind for kind, words in HEARINGS.items() if f"Type: {words}" in text]
    day = day_of_words(hearing_day[1]) if hearing_day else None
    filed = re.search(rf"Date of filing: {_DAY}", text)
    return Cover(
        lines,
        forum,
        lines[:first],
        custody,
        _names(lines),
        (kinds[0], day) if kinds and day else None,
        day_of_words(filed[1]) if filed else None,
    )


def _forum(text: str) -> Forum:
    capitals = text.upper()
    if "BOARD OF IMMIGRATION APPEALS" in capitals:
        return Forum.BIA
    if "IMMIGRATION COURT" in capitals:
        return Forum.IMMIGRATION_COURT
    return Forum.USCIS if "CITIZENSHIP AND IMMIGRATION SERVICES" in capitals else Forum.STATE_COURT


def _names(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The people between “In the Matter of” and what follows."""
    start = next((at for at, line in enumerate(lines) if line.startswith("In the Matter of")), None)
    found: list[str] = []
    for line in lines[start + 1 :] if start is not None else ():
        if line.startswith(("In removal proceedings", "Judge:", "Next hearing:", "Date of filing:")):
            break
        if not _A_NUMBER.search(line):
            found.append(line)
    return tuple(found)


def cover_findings(reading: Reading, cover: Cover) -> Iterator[Finding]:
    """What the rules of the cover say."""
    if not reading.has_cover:
        for rule in ("cover_caption", "cover_custody", "cover_hearing"):
            yield finding(rule, None, "the cover is in part 1")
        return
    yield _caption(cover)
    yield _custody(cover)
    yield _hearing(cover)


def _caption(cover: Cover) -> Finding:
    lacking = []
    if len(cover.filer) < 3 or not _PHONE.search(" ".join(cover.filer)):
        lacking.append("the filer with address and telephone")
    if cover.forum.is_removal and "EOIR ID" not in cover.text and "pro se" not in cover.text.casefold():
        lacking.append("the filer's EOIR ID, or “pro se”")
    lacking += [each for each in AUTHORITIES[cover.forum] if each not in cover.text.upper()]
    if not cover.names:
        lacking.append("“In the Matter of” with a name")
    if cover.forum.is_removal:
        if not _A_NUMBER.search(cover.text):
            lacking.append("an A-number")
        if "in removal proceedings" not in cover.text.casefold():
            lacking.append("“In removal proceedings”")
    after = cover.text.partition("Date of filing:")[2]
    if not re.search(r"[A-Z]{4,}", after):
        lacking.append("the title of the filing in capitals")
    if lacking:
        return finding("cover_caption", False, f"the cover lacks {'; '.join(lacking)}", page=1)
    if cover.forum is Forum.IMMIGRATION_COURT and not _names_a_state(cover):
        return finding(
            "cover_caption", None, "the cover names the court's city; look whether its state is named", page=1
        )
    return finding("cover_caption", True, "the cover has filer, authority, person and title", page=1)


def _names_a_state(cover: Cover) -> bool:
    """Whether the line under the authority holds a place and, after a comma, a state."""
    start = next((at for at, line in enumerate(cover.lines) if line.upper() == "IMMIGRATION COURT"), None)
    return start is not None and "," in " ".join(cover.lines[start + 1 : start + 2])


def _custody(cover: Cover) -> Finding:
    if not cover.forum.is_removal:
        return finding("cover_custody", True, "this forum asks for no such mark", page=1)
    if not cover.custody:
        return finding(
            "cover_custody", False, "neither DETAINED nor NON-DETAINED stands on the cover", page=1
        )
    return finding("cover_custody", True, f"the cover says {cover.custody}", page=1)


def _hearing(cover: Cover) -> Finding:
    if cover.forum is not Forum.IMMIGRATION_COURT:
        return finding("cover_hearing", True, "this forum asks for no hearing on the cover", page=1)
    if "Next hearing: none scheduled" in cover.text:
        return finding("cover_hearing", None, "the cover says that no hearing is scheduled", page=1)
    lacking = [each for each in ("Judge", "Next hearing", "Time", "Type") if not cover.after(each)]
    if cover.hearing is None and not lacking:
        lacking.append("a date and a type that can be read")
    if lacking:
        return finding("cover_hearing", False, f"the cover lacks {', '.join(lacking)}", page=1)
    open_ends = [each for each in ("Judge", "Time") if cover.after(each) in ("not assigned", "not set")]
    if open_ends:
        return finding("cover_hearing", None, f"the cover leaves open: {', '.join(open_ends)}", page=1)
    return finding("cover_hearing", True, "the cover names judge, date, time and type of the hearing", page=1)


def filing_date_findings(reading: Reading, cover: Cover) -> Iterator[Finding]:
    """Whether the date of filing on the cover is in time for the hearing on the cover."""
    if not reading.has_cover:
        yield finding("filing_date", None, "the cover is in part 1")
        return
    found = timeliness(
        forum=cover.forum,
        detained={"DETAINED": True, "NON-DETAINED": False}.get(cover.custody),
        filing_date=cover.filing_date,
        hearing=cover.hearing,
    )
    yield finding("filing_date", found.in_time, found.message, page=1, citation=found.citation)
