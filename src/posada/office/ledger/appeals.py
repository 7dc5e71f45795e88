"""What is short, as the public site may say it: homes by language and counsel by court, in coarse classes.

Comes in: the newest plan. Goes out: the contents of `appeals.json`, not yet signed. A number is the lower bound of a
class of 39 or more sibling groups (`posada.ledger.classes`), never a count; what fewer than 11 groups wait for is
not said.
Docs: docs/explanation/published-figures.md. Tests: tests/office/ledger/test_appeals.py.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from posada.ledger.classes import class_of
from posada.ledger.figures import SMALL_CELL
from posada.office.day import today
from posada.office.placement.models import PlannedGroup, PlanRun

HOME, COUNSEL = "home", "counsel"
ANYWHERE = ""
"""The place of an appeal to the whole program."""


def what_is_short() -> dict[str, Any]:
    """What the newest plan finds short. `place`: a county's code, a court's, or empty for the whole program."""
    run = PlanRun.objects.filter(state__in=("ready", "approved")).order_by("-number").first()
    appeals = [*_homes(run), *_counsel(run)] if run else []
    return {"schema": 1, "as_of": today().isoformat(), "appeals": appeals}


def _homes(run: PlanRun) -> Iterator[dict[str, Any]]:
    """Groups without a home, in all and by language; for the counties in which the plan wants such a home, too."""
    rows = list(run.groups.filter(home__isnull=True).values_list("languages", flat=True))
    groups: Counter[str] = Counter({ANYWHERE: len(rows)})
    for row in rows:
        groups.update({code for code in row.split(";") if code})
    wanted = {
        (str(row["county_fips"]), code)
        for row in run.shortages
        if row["kind"] == HOME and row["county_fips"]
        for code in (row["languages"] or [ANYWHERE])
    }
    for code, n in sorted(groups.items()):
        places = [ANYWHERE, *sorted(place for place, language in wanted if language == code)]
        yield from _told(HOME, places, code, n)


def _counsel(run: PlanRun) -> Iterator[dict[str, Any]]:
    """Groups that nobody represents, by the court that hears them."""
    rows = PlannedGroup.objects.filter(run=run, counsel__isnull=True).exclude(unrepresented_reason="")
    courts = Counter(rows.values_list("court_code", flat=True))
    yield from _told(COUNSEL, [ANYWHERE], "", sum(courts.values()))
    for court, n in sorted(courts.items()):
        if court:
            yield from _told(COUNSEL, [court], "", n)


def _told(kind: str, places: list[str], language: str, groups: int) -> Iterator[dict[str, Any]]:
    if groups < SMALL_CELL.threshold:
        return
    languages = [language] if language else []
    for place in places:
        yield {"kind": kind, "place": place, "languages": languages, "at_least": class_of(groups)[0]}
