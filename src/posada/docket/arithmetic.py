"""Tell how a date was counted, so that a person can count it again: in English or Spanish.

Comes in: `Counted`. Goes out: one line, such as
`20 May 2025 + 30 days = Thursday 19 June 2025, Juneteenth → Friday 20 June 2025`.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_arithmetic.py.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from posada.docket.calendar import WEEKEND, CalendarGap, closed_because, is_open
from posada.docket.counting import AFTER, Counted, shifted
from posada.docket.wording import amount_in_words, day_in_words, holiday_in_words, words_in

_SATURDAY = 5


def told(counted: Counted, *, language: str = "en") -> str:
    """The arithmetic of a date in one line.

    >>> from posada.docket.counting import count
    >>> from posada.rulebook.legal_rule import Period
    >>> told(count(date(2026, 11, 25), period=Period(10, "calendar_days")))
    '25 November 2026 + 10 days = Saturday 5 December 2026, which does not roll'
    """
    if counted.base is not None:
        return "; ".join((told(counted.base, language=language), *_moves(counted, language=language)))
    if counted.start_at is not None and counted.end_at is not None:
        length = amount_in_words(counted.period.number, "hours", language=language)
        start = _instant(counted.start_at, language=language, weekday=False)
        return f"{start} + {length} = {_instant(counted.end_at, language=language, weekday=True)}"
    return " = ".join((_sum(counted, language=language), _way(counted, language=language)))


def _sum(counted: Counted, *, language: str) -> str:
    words = words_in(language)
    period = counted.period
    sign = "+" if counted.direction == AFTER else "−"
    text = (
        f"{day_in_words(counted.start, language=language, weekday=False)} {sign} "
        f"{amount_in_words(period.number, period.unit, language=language)}"
    )
    if period.unit == "business_days":
        passed = [_closed(day, language=language) for day in _holidays_passed(counted)]
        if passed:
            joined = f" {words['form.and']} ".join(passed)
            text += f" ({words['form.passed'].format(days=joined)})"
    if counted.added_days:
        length = amount_in_words(counted.added_days, "calendar_days", language=language)
        text += f" + {words['form.added'].format(n=length)}"
    if counted.minus_days:
        landed = counted.raw + timedelta(days=counted.minus_days)
        length = amount_in_words(counted.minus_days, "calendar_days", language=language)
        text += f" = {day_in_words(landed, language=language)} − {length}"
    return text


def _moves(counted: Counted, *, language: str) -> Iterator[str]:
    words = words_in(language)
    for each in counted.moves:
        day = day_in_words(each.since, language=language)
        days = amount_in_words(each.days, "calendar_days", language=language)
        yield words[f"move.{each.kind}"].format(day=day, days=days)
    yield words["move.so"].format(way=_way(counted, language=language))


def _way(counted: Counted, *, language: str) -> str:
    if counted.roll == "none":
        end = day_in_words(counted.end, language=language)
        return f"{end}, {words_in(language)['form.stays']}" if _is_closed(counted.end) else end
    steps = [_closed(day, language=language) for day in _closed_steps(counted)]
    return " → ".join([*steps, day_in_words(counted.end, language=language)])


def _closed_steps(counted: Counted) -> Iterator[date]:
    """The closed days of a roll: the first, and each later one that is closed for more than a weekend."""
    step = timedelta(days=1 if counted.end >= counted.raw else -1)
    day = counted.raw
    while day != counted.end:
        if day == counted.raw or day.weekday() < _SATURDAY:
            yield day
        day += step


def _holidays_passed(counted: Counted) -> Iterator[date]:
    end = shifted(counted.start, counted.period, direction=counted.direction)
    first, last = min(counted.start, end), max(counted.start, end)
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day != counted.start and day.weekday() < _SATURDAY and not is_open(day):
            yield day


def _closed(day: date, *, language: str) -> str:
    text = day_in_words(day, language=language)
    reason = closed_because(day)
    if reason is None or reason == WEEKEND:
        return text
    return f"{text}, {holiday_in_words(reason, language=language)}"


def _is_closed(day: date) -> bool:
    try:
        return closed_because(day) is not None
    except CalendarGap:  # a birthday may lie outside the calendar; it does not roll, so nothing is lost
        return day.weekday() >= _SATURDAY


def _instant(at: datetime, *, language: str, weekday: bool) -> str:
    day = day_in_words(at.date(), language=language, weekday=weekday)
    return words_in(language)["form.time"].format(date=day, time=f"{at:%H:%M}")
