"""The funnel of enquiries, and how long people wait."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.ledger.figures import hide_small_table, shown_count
from posada.licensing.enquiry import PATH, Ending, Stage
from posada.licensing.funnel import (
    Counts,
    Course,
    Shown,
    endings,
    funnel,
    median_hours_to_answer,
    oldest_unanswered,
)

START = datetime(2026, 11, 1, 9, tzinfo=UTC)


def course(enquiry_id: str, **facts: object) -> Course:
    sound = {"furthest": Stage.ENQUIRY, "source": "radio", "language": "spa", "county_fips": "24033"}
    return Course(enquiry_id, **(sound | {"received_at": START} | facts))  # type: ignore[arg-type]


def each_on_its_own(rows: Counts) -> Shown:
    return {name: {column: shown_count(n) for column, n in row.items()} for name, row in rows.items()}


def shown(rows: object) -> object:
    return rows


def test_each_enquiry_is_counted_once_at_the_furthest_stage_it_reached() -> None:
    courses = [course("1"), course("2", furthest=Stage.OPEN), course("3", source="church")]
    found = funnel(courses, by="source", hide=shown)  # type: ignore[arg-type]
    assert list(found) == ["church", "radio"]
    assert sum(n or 0 for row in found.values() for n in row.values()) == 3
    assert found["radio"]["open"] == 1
    assert list(found["radio"]) == [each.value for each in PATH]


def test_small_cells_are_hidden_by_the_function_that_is_given() -> None:
    many = [course(str(n)) for n in range(20)] + [course("one", furthest=Stage.OPEN)]
    found = funnel(many, by="source", hide=each_on_its_own)
    assert found["radio"]["enquiry"] == 20
    assert found["radio"]["open"] is None
    # Where totals stand beside the cells, more has to be hidden.
    assert funnel(many, by="source", hide=hide_small_table)["radio"]["enquiry"] is None


def test_every_ending_has_a_code_or_stands_under_unknown() -> None:
    courses = [course("1", ending=Ending.NOT_REACHED.value), course("2", ending="?"), course("3")]
    found = endings(courses, by="language", hide=shown)  # type: ignore[arg-type]
    counted = {code: n for code, n in found["spa"].items() if n}
    assert counted == {"not_reached": 1, "unknown": 1}


def test_an_enquiry_without_a_source_stands_under_unknown() -> None:
    found = funnel([course("1", source="")], by="source", hide=shown)  # type: ignore[arg-type]
    assert list(found) == ["unknown"]


def test_a_funnel_by_anything_else_is_refused() -> None:
    with pytest.raises(ValueError, match="not by 'first_answer_at'"):
        funnel([course("1")], by="first_answer_at", hide=shown)  # type: ignore[arg-type]


def test_the_median_counts_hours_of_answered_enquiries_only() -> None:
    answered = [course(str(n), first_answer_at=START + timedelta(hours=n)) for n in (1, 2, 30)]
    assert median_hours_to_answer([*answered, course("waits")]) == 2
    assert median_hours_to_answer([course("waits")]) is None


def test_the_oldest_unanswered_enquiry_is_named_and_ended_ones_are_not() -> None:
    late = course("late", received_at=START - timedelta(days=1))
    ended = course("ended", received_at=START - timedelta(days=9), ending=Ending.NOT_REACHED.value)
    assert oldest_unanswered([course("new"), late, ended]) == late
    assert oldest_unanswered([ended]) is None


@given(st.lists(st.tuples(st.sampled_from(["radio", "church", ""]), st.sampled_from(PATH)), max_size=60))
def test_what_is_shown_is_the_true_count_or_nothing(pairs: list[tuple[str, Stage]]) -> None:
    courses = [course(str(n), source=source, furthest=stage) for n, (source, stage) in enumerate(pairs)]
    true = Counter((source or "unknown", stage.value) for source, stage in pairs)
    for source, row in funnel(courses, by="source", hide=hide_small_table).items():
        assert all(n is None or n == true[source, stage] >= 11 for stage, n in row.items())
