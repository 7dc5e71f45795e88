"""Bed-nights: every child once a day, by the day on which it happened."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from posada.ledger.bed_nights import Stay, spans

START = date(2014, 6, 1)


def day(number: int) -> date:
    """A day after the first one."""
    return START + timedelta(days=number)


@st.composite
def stays(draw: st.DrawFn) -> list[Stay]:
    """Stays of up to three children in up to three homes, overlapping as they please."""
    found = []
    for _ in range(draw(st.integers(0, 6))):
        first = draw(st.integers(0, 20))
        length = draw(st.one_of(st.none(), st.integers(-2, 15)))
        found.append(
            Stay(
                draw(st.sampled_from("abc")),
                draw(st.sampled_from("xyz")),
                "foster",
                day(first),
                None if length is None else day(first + length),
            )
        )
    return found


def home_on(listed: list[Stay], child: str, on: date) -> str | None:
    """The slow way: of the stays that have the day, the one that began last."""
    having = [
        s for s in listed if s.child == child and s.from_date <= on and (s.to_date is None or s.to_date >= on)
    ]
    having = [s for s in having if s.to_date is None or s.to_date >= s.from_date]
    return max(having, key=lambda s: (s.from_date, s.home)).home if having else None


@given(stays())
def test_each_day_of_a_child_is_counted_once_in_the_home_she_came_to_last(listed: list[Stay]) -> None:
    found = {}
    for span in spans(listed, first=day(5), last=day(18)):
        for number in range(span.nights):
            key = span.stay.child, span.first + timedelta(days=number)
            assert key not in found
            found[key] = span.stay.home
    days = [day(number) for number in range(5, 19)]
    assert found == {
        (child, on): home
        for child in "abc"
        for on in days
        if (home := home_on(listed, child, on)) is not None
    }


def test_a_stay_lasts_through_its_last_day() -> None:
    (span,) = spans([Stay("a", "x", "kin", day(0), day(2))], first=day(0), last=day(9))
    assert span.nights == 3


def test_a_back_dated_move_changes_the_count_of_its_own_days() -> None:
    stayed = [Stay("a", "x", "group", day(0))]
    moved = [Stay("a", "x", "group", day(0), day(3)), Stay("a", "y", "kin", day(4))]
    before = {s.stay.kind: s.nights for s in spans(stayed, first=day(0), last=day(9))}
    after = {s.stay.kind: s.nights for s in spans(moved, first=day(0), last=day(9))}
    assert (before, after) == ({"group": 10}, {"group": 4, "kin": 6})
