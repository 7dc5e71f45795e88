"""How far enquiries came, by source, language or county, and how long people waited for an answer.

Comes in: enquiries as plain counts and instants, and the function that hides small cells. Goes out: tables
with None for a hidden figure. Docs: docs/reference/checks.md. Tests: tests/licensing/test_funnel.py.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from posada.licensing.enquiry import PATH, Ending, Stage

Counts = Mapping[str, Mapping[str, int]]
Shown = Mapping[str, Mapping[str, int | None]]
Hide = Callable[[Counts], Shown]
"""Such as `ledger.figures.hide_small_table`."""
BY = ("source", "language", "county_fips")
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Course:
    """How one enquiry went. `furthest`: the furthest stage of `enquiry.PATH` that it reached."""

    enquiry_id: str
    furthest: Stage
    source: str
    language: str  # the first language
    county_fips: str
    received_at: datetime
    first_answer_at: datetime | None = None
    ending: str = ""  # a code of `enquiry.Ending`, or empty


def funnel(courses: Iterable[Course], *, by: str, hide: Hide) -> Shown:
    """Enquiries by `by` (source, language, county_fips) and furthest stage reached; each is counted once.

    Every row has every stage of `PATH`, so that a stage that is left out tells nothing. Raises ValueError for
    another `by`.
    """
    rows: dict[str, dict[str, int]] = {}
    for course in courses:
        row = rows.setdefault(_group(course, by=by), dict.fromkeys(map(str, PATH), 0))
        row[course.furthest.value] += 1
    return hide(dict(sorted(rows.items())))


def endings(courses: Iterable[Course], *, by: str, hide: Hide) -> Shown:
    """Ended enquiries by `by` and coded reason; one with an unknown code stands under `unknown`.

    An enquiry is ended where `ending` is filled. Raises ValueError for another `by`.
    """
    columns = [*(each.value for each in Ending), UNKNOWN]
    rows: dict[str, dict[str, int]] = {}
    for course in courses:
        if course.ending:
            row = rows.setdefault(_group(course, by=by), dict.fromkeys(columns, 0))
            row[course.ending if course.ending in columns else UNKNOWN] += 1
    return hide(dict(sorted(rows.items())))


def median_hours_to_answer(courses: Iterable[Course]) -> float | None:
    """The median hours from enquiry to first answer, of those that were answered; None if none was."""
    hours = [
        (course.first_answer_at - course.received_at).total_seconds() / 3600
        for course in courses
        if course.first_answer_at is not None
    ]
    return median(hours) if hours else None


def oldest_unanswered(courses: Iterable[Course]) -> Course | None:
    """The enquiry that has waited longest for its first answer, ended ones aside."""
    waiting = [course for course in courses if course.first_answer_at is None and not course.ending]
    return min(waiting, key=lambda course: (course.received_at, course.enquiry_id), default=None)


def _group(course: Course, *, by: str) -> str:
    if by not in BY:
        raise ValueError(f"a funnel is by {', '.join(BY)}, not by {by!r}")
    found: str = getattr(course, by)
    return found or UNKNOWN
