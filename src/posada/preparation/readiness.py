"""When each item of a checklist must be ready so that the deadline holds, counted back in working days.

Comes in: a checklist, the last day, today, and what is done. Goes out: `Line`s, late ones and those at risk first.
The days are those of the docket's calendar: weekends and federal holidays do not count.
Docs: docs/how-to/prepare-a-case.md. Tests: tests/preparation/test_readiness.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from posada.docket.calendar import business_days_between, business_days_from, next_open, previous_open
from posada.preparation.checklist import AIM, ALL, IF, NEED, Checklist, Item, waits_for

DONE, NOT_NEEDED = "done", "not_needed"
LATE, AT_RISK, NOW, WAITS, LATER, UNDATED = "late", "at_risk", "now", "waits", "later", "undated"
ORDER = (LATE, AT_RISK, NOW, WAITS, LATER, UNDATED, DONE, NOT_NEEDED)
"""What is shown first."""
HOLDS = (NEED, IF)
"""What holds back what it waits for; an aim never does."""
SOON = 5
"""Working days before its last day to begin, from which on an item stands under "now"."""


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it stands. `ready_by`: the last day on which it may be done; `begin_by`: the last to begin it.

    `earliest`: the day it can be done at the soonest, if everything before it is begun today. `waits_for`: items
    that are not done yet. Days are None where the docket has no last day.
    """

    item: Item
    state: str
    ready_by: date | None
    begin_by: date | None
    earliest: date | None
    waits_for: tuple[str, ...]

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in (DONE, NOT_NEEDED)


def lines_of(
    checklist: Checklist, *, last_day: date | None, today: date, marks: Mapping[str, str]
) -> tuple[Line, ...]:
    """Every item that a filing needs, late ones first, then by the day. `marks`: item id → DONE or NOT_NEEDED.

    Raises posada.docket.calendar.CalendarGap for days that the calendar does not know.
    """
    items = checklist.on(last_day or today)
    order = waits_for(items)
    by_id = {each.item_id: each for each in items}
    ready = _ready_days(order, by_id, last_day=last_day, marks=marks)
    earliest = _earliest_days(order, by_id, today=today, marks=marks)
    lines = []
    for name in order:
        item, by = by_id[name], ready[name]
        left = tuple(each for each in order[name] if each not in marks)
        begin = None if by is None else business_days_from(by, count=-item.days)
        state = marks.get(name) or _state(by, begin, earliest=earliest[name], today=today, left=left)
        lines.append(Line(item, state, by, begin, earliest[name], left))
    return tuple(
        sorted(lines, key=lambda each: (ORDER.index(each.state), each.ready_by or date.max, each.item.need))
    )


def _ready_days(
    order: Mapping[str, tuple[str, ...]],
    items: Mapping[str, Item],
    *,
    last_day: date | None,
    marks: Mapping[str, str],
) -> dict[str, date | None]:
    """From the last item back to the first: each is ready before what waits for it has to begin."""
    if last_day is None:
        return dict.fromkeys(order)
    days: dict[str, date | None] = {}
    final = previous_open(last_day)
    for name in reversed(list(order)):
        waiting = [
            each
            for each, after in order.items()
            if name in after and each not in marks and items[each].need in (items[name].need, *HOLDS)
        ]
        begins = [
            business_days_from(by, count=-items[each].days)
            for each in waiting
            if (by := days[each]) is not None
        ]
        days[name] = min(begins, default=_last_of(order, items, name, days, final=final))
    return days


def _last_of(
    order: Mapping[str, tuple[str, ...]],
    items: Mapping[str, Item],
    name: str,
    days: Mapping[str, date | None],
    *,
    final: date,
) -> date:
    """Of what nothing waits for: the last day; good practice is wanted when the filing begins."""
    if items[name].need != AIM:
        return final
    filing = [each for each in order if ALL in items[each].after]
    begins = [business_days_from(days.get(each) or final, count=-items[each].days) for each in filing]
    return min(begins, default=final)


def _earliest_days(
    order: Mapping[str, tuple[str, ...]],
    items: Mapping[str, Item],
    *,
    today: date,
    marks: Mapping[str, str],
) -> dict[str, date]:
    days: dict[str, date] = {}
    for name, after in order.items():
        if name in marks:
            continue
        begins = max((days[each] for each in after if each in days), default=today)
        days[name] = (
            business_days_from(begins, count=items[name].days) if items[name].days else next_open(begins)
        )
    return {name: days.get(name, today) for name in order}


def _state(by: date | None, begin: date | None, *, earliest: date, today: date, left: tuple[str, ...]) -> str:
    if by is None or begin is None:
        return UNDATED
    if today > by:
        return LATE
    if earliest > by:
        return AT_RISK
    if left:
        return WAITS
    return NOW if business_days_between(today, begin) <= SOON else LATER
