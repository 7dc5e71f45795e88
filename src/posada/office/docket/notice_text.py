"""What a hearing notice seems to say: proposals from its text layer, of which a person confirms each one.

Comes in: the bytes of a PDF, and the courts that the office knows. Goes out: `Proposed`, each field or empty, and the
line that it was read from. Two dates in the text give no date: nothing is guessed.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_notice_text.py.
"""

import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from posada.office.docket.notice_reader import MOST_SECONDS
from posada.office.intake.models import Court

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_WORDED = re.compile(
    rf"\b({'|'.join(each[:3] for each in MONTHS)})[a-z]*\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b",
    re.I,
)
_FIGURES = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_HOUR = re.compile(r"\b(\d{1,2}):(\d{2})\s*([ap])\.?\s?m\b\.?|\b(\d{1,2}):(\d{2})\s*(?:hours|hrs)\b", re.I)
_HEARING_LINE = re.compile(r"hearing|appear|scheduled|calendar", re.I)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was read. `has_text` False: a picture of a paper, or a file that cannot be read; type it in."""

    has_text: bool = False
    kind: str = ""
    day_typed: str = ""
    time_typed: str = ""
    court_code: str = ""
    lines: dict[str, str] = field(default_factory=dict)  # field → the line that it was read from

    def as_json(self) -> dict[str, object]:
        """As the notice's record keeps it."""
        return asdict(self)


def read_pdf(content: bytes) -> str:
    """The text layer, read in a process of its own; empty where there is none or the file cannot be read."""
    command = [sys.executable, "-m", "posada.office.docket.notice_reader"]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, timeout=MOST_SECONDS + 1.5, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else ""


def proposed(text: str, *, courts: Iterable[Court]) -> Proposed:
    """What a notice's text proposes. A field that could be two things is left empty."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not lines:
        return Proposed()
    near = _near_hearing(lines)
    found: dict[str, str] = {}
    told: dict[str, str] = {}
    for name, values in (
        ("day_typed", _days(near) or _days(lines)),
        ("time_typed", _hours(near) or _hours(lines)),
        ("kind", _kinds(lines)),
        ("court_code", _courts(lines, courts)),
    ):
        if len(values) == 1:
            found[name], told[name] = next(iter(values.items()))
    return Proposed(has_text=True, lines=told, **found)


def _near_hearing(lines: list[str]) -> list[str]:
    """The lines that speak of the hearing, and those after them."""
    kept: list[str] = []
    for place, line in enumerate(lines):
        if _HEARING_LINE.search(line):
            kept += lines[place : place + 2]
    return kept


def _days(lines: Iterable[str]) -> dict[str, str]:
    """YYYY-MM-DD as typed, even of a day that no calendar has → its line."""
    found: dict[str, str] = {}
    for line in lines:
        for month, day, year in _WORDED.findall(line):
            number = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(month.lower()[:3]))
            found.setdefault(f"{year}-{number:02}-{int(day):02}", line)
        for month, day, year in _FIGURES.findall(line):
            found.setdefault(f"{year}-{int(month):02}-{int(day):02}", line)
    return found


def _hours(lines: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        for hour, minute, half, hour_24, minute_24 in _HOUR.findall(line):
            if half:
                number = int(hour) % 12 + (12 if half.lower() == "p" else 0)
                found.setdefault(f"{number:02}:{minute}", line)
            else:
                found.setdefault(f"{int(hour_24):02}:{minute_24}", line)
    return found


def _kinds(lines: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        low = line.lower()
        for kind, words in (("master", ("master",)), ("individual", ("individual", "merits"))):
            if any(word in low for word in words) and ("hearing" in low or "calendar" in low):
                found.setdefault(kind, line)
    return found


def _courts(lines: Iterable[str], courts: Iterable[Court]) -> dict[str, str]:
    listed = [(each.court_code, each.city.lower()) for each in courts if each.city]
    found: dict[str, str] = {}
    for line in lines:
        low = line.lower()
        for code, city in listed:
            if re.search(rf"\b{re.escape(city)}\b", low):
                found.setdefault(code, line)
    return found
