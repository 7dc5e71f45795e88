"""Sibling suggestions, and what joining a group means."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.intake.duplicates import NameEntry
from posada.intake.grouping import Arrival, GroupStanding, Outcome, joining, sibling_suggestions

DAY = date(2026, 11, 20)


def arrival(
    entry_id: str, given: str, family: str, *contacts: str, group: str = "", on: date = DAY
) -> Arrival:
    entry = NameEntry(entry_id, given, family, group_id=group or entry_id)
    return Arrival(entry, on, frozenset(contacts))


def test_two_family_names_and_the_day_or_one_and_a_contact_suggest_siblings() -> None:
    found = sibling_suggestions(
        [
            arrival("1", "Ana", "López Pérez"),
            arrival("2", "Luis", "PEREZ LOPEZ"),
            arrival("3", "Rosa", "Pérez Ruiz", "phone"),
            arrival("4", "Elmer", "Ruiz", "phone", on=date(2026, 1, 1)),
        ]
    )
    assert [(each.one, each.other, each.shared) for each in found] == [
        ("1", "2", ("family_names", "arrived_on")),
        ("3", "4", ("family_name", "contact")),
    ]


def test_the_same_family_names_on_another_day_suggest_nothing() -> None:
    found = [arrival("1", "Ana", "López Pérez"), arrival("2", "Luis", "López Pérez", on=date(2026, 1, 1))]
    assert sibling_suggestions(found) == ()


def test_one_group_and_one_given_name_suggest_nothing() -> None:
    same_group = [arrival(at, name, "López Pérez", group="g") for at, name in (("1", "Ana"), ("2", "Luis"))]
    same_name = [arrival(at, "Ana", "López Pérez") for at in "12"]
    assert sibling_suggestions(same_group) == sibling_suggestions(same_name) == ()


def test_placeholder_family_names_suggest_nothing() -> None:
    found = [arrival(at, name, "Unknown desconocido", "phone") for at, name in (("1", "Ana"), ("2", "Luis"))]
    assert sibling_suggestions(found) == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(["Ana", "Luis"]), st.sampled_from(["López Pérez", "Ruiz"])), max_size=8
    ),
    st.randoms(),
)
def test_suggestions_do_not_hang_on_the_order(names: list[tuple[str, str]], chance) -> None:
    found = [arrival(str(at), given_name, family, "phone") for at, (given_name, family) in enumerate(names)]
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert sibling_suggestions(found) == sibling_suggestions(shuffled)


GROUP = GroupStanding("g1", ("a", "b"))
NEW = GroupStanding("g2", ("c",))
PLACED = GroupStanding("g1", ("a", "b"), home_id="h1", counsel_id="k1", has_hearing=True)


def test_a_group_that_nobody_placed_is_planned_together() -> None:
    found = joining(GROUP, NEW)
    assert (found.outcome, found.opens) == (Outcome.NOT_PLACED, ())


def test_a_child_who_fits_moves_in_and_conflicts_and_hearing_are_looked_at_again() -> None:
    found = joining(PLACED, NEW)
    assert found.outcome is Outcome.FITS_SAME_HOME
    assert found.opens == ("conflict_check", "joint_hearing")


def test_a_seventh_child_needs_an_exception() -> None:
    found = joining(PLACED, NEW, needs_exception=True)
    assert found.outcome is Outcome.NEEDS_EXCEPTION
    assert "ask_exception" in found.opens


def test_a_home_that_cannot_take_one_more_means_planning_the_whole_group_anew() -> None:
    found = joining(PLACED, NEW, refused_by=["beds", "willing"], needs_exception=True)
    assert (found.outcome, found.refused_by) == (Outcome.SOLVE_AGAIN, ("beds", "willing"))
    assert "solve_again" in found.opens
    assert "ask_exception" not in found.opens


def test_an_open_offer_is_withdrawn_since_it_was_made_for_another_group() -> None:
    offered = GroupStanding("g1", ("a",), home_id="h1", is_offered=True)
    assert "withdraw_offer" in joining(offered, NEW).opens
    assert (
        "withdraw_offer" in joining(GROUP, GroupStanding("g2", ("c",), home_id="h2", is_offered=True)).opens
    )


def test_a_child_who_lives_elsewhere_has_to_leave_that_home() -> None:
    elsewhere = GroupStanding("g2", ("c",), home_id="h2")
    assert "leave_home" in joining(PLACED, elsewhere).opens
    assert joining(GROUP, elsewhere).outcome is Outcome.SOLVE_AGAIN
    assert "leave_home" not in joining(PLACED, GroupStanding("g2", ("c",), home_id="h1")).opens


def test_a_group_cannot_join_itself() -> None:
    with pytest.raises(ValueError, match="itself"):
        joining(GROUP, GROUP)
