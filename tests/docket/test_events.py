"""Events and adjustments are records with evidence."""

import pytest

from posada.docket.events import NotEnoughRecorded
from tests.docket.made import adjustment, case, day, event


@pytest.mark.parametrize(
    ("kind", "more", "message"),
    [
        ("tolling", {}, "its first and its last day"),
        ("tolling", {"start": day("2026-02-01"), "end": day("2026-01-01")}, "in this order"),
        ("addition", {}, "at least one day"),
        ("extension", {"days": 0}, "at least one day"),
        ("order", {}, "the day that was set"),
        ("grace", {}, "the day that was set"),
        ("mercy", {}, "An adjustment is one of"),
    ],
)
def test_an_adjustment_without_its_parts_is_refused(kind: str, more: dict[str, object], message: str) -> None:
    with pytest.raises(NotEnoughRecorded, match=message):
        adjustment(kind, "eoir.bia_appeal", "e1", **more)


def test_both_ends_of_a_stopped_clock_count() -> None:
    stopped = adjustment("tolling", "asylum.ead_apply", "e", start=day("2026-03-01"), end=day("2026-03-21"))
    assert stopped.stopped_days == 21


def test_an_event_counts_from_the_earliest_day_that_it_may_have_been() -> None:
    from dataclasses import replace

    stated = event("birth", "2010-06-15")
    assert stated.counts_from == day("2010-06-15")
    assert replace(stated, earliest=day("2010-01-01")).counts_from == day("2010-01-01")
    assert replace(stated, earliest=day("2011-01-01")).counts_from == day("2010-06-15")


def test_what_took_the_place_of_an_event_is_found_unless_it_was_a_mistake() -> None:
    first = event("individual_hearing", "2026-08-03", event_id="h1")
    second = event("individual_hearing", "2026-09-03", event_id="h2", replaces="h1")
    mistaken = event("individual_hearing", "2026-09-03", event_id="h2", replaces="h1", void="typed twice")
    assert case(first, second).replaced_by("h1") == second
    assert case(first, mistaken).replaced_by("h1") is None
    assert case(first).event("h9") is None
