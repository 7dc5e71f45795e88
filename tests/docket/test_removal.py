"""Removal is recorded only when nothing stands in the way."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.docket.deadlines import excuse
from posada.docket.remedies import Register, record, remedy_table
from posada.docket.removal import (
    Explained,
    Obstacle,
    RemovalAsked,
    RemovalRefused,
    allowed,
    obstacle_in_words,
    stands_in_the_way,
)
from posada.docket.stays import stays_of_removal
from posada.docket.wording import words_in
from tests.docket.made import BOOK, TODAY, case, day, event, refreshed
from tests.docket.test_remedies import entry

TABLE = remedy_table()
IDS = [remedy.remedy_id for remedy in TABLE]
ASKED = RemovalAsked(
    asked_by="A. Lawyer",
    asked_on=TODAY,
    agreed_by="B. Lawyer",
    agreed_on=TODAY,
    explained=Explained("mam", "interpreter", TODAY),
    child_language="mam",
)


def spent(**states: str) -> Register:
    """A register in which counsel found every remedy denied or not available, but for those named."""
    register = Register("c1")
    for remedy_id in IDS:
        register = record(register, entry(remedy_id, states.get(remedy_id, "not_available")))
    return register


def codes(register: Register, asked: RemovalAsked = ASKED, **more: object) -> list[str]:
    return [each.code for each in stands_in_the_way(register, asked, table=TABLE, **more)]  # type: ignore[arg-type]


def test_only_a_spent_register_and_a_second_person_allow_it() -> None:
    assert codes(spent(appeal="denied")) == []
    allowed(spent(), ASKED, table=TABLE)


@pytest.mark.parametrize("remedy_id", IDS)
def test_one_unexamined_remedy_refuses_it(remedy_id: str) -> None:
    whole = spent()
    without = replace(whole, entries=tuple(each for each in whole.entries if each.remedy_id != remedy_id))
    with pytest.raises(RemovalRefused) as refused:
        allowed(without, ASKED, table=TABLE)
    assert refused.value.obstacles == (Obstacle("unexamined", remedy_id),)


@pytest.mark.parametrize("state", ["open", "filed", "granted"])
def test_a_remedy_that_stands_refuses_it(state: str) -> None:
    assert codes(spent(sij=state)) == [state]


def test_an_entry_by_somebody_else_examines_nothing() -> None:
    whole = spent()
    entries = tuple(
        replace(each, author_role="case_worker") if each.remedy_id == "cat" else each
        for each in whole.entries
    )
    assert codes(replace(whole, entries=entries)) == ["unexamined"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"agreed_by": None}, "no_second_person"),
        ({"agreed_by": " "}, "no_second_person"),
        ({"agreed_on": None}, "no_second_person"),
        ({"agreed_by": " a.  LAWYER"}, "same_person"),
        ({"explained": None}, "not_explained"),
        ({"child_language": "spa"}, "other_language"),
        ({"child_language": None}, "other_language"),
        ({"agreed_on": day("2026-11-24")}, "changed_since"),
    ],
)
def test_the_second_person_and_the_childs_own_language_are_needed(
    change: dict[str, object], code: str
) -> None:
    assert codes(spent(), replace(ASKED, **change)) == [code]  # type: ignore[arg-type]


def test_an_open_deadline_of_a_remedy_and_a_stay_refuse_it() -> None:
    file = case(event("in_absentia_order", "2026-11-02"), event("motion_to_rescind_filed", "2026-11-10"))
    deadlines = refreshed(file).deadlines
    stays = stays_of_removal(file, book=BOOK, as_of=TODAY)
    assert codes(spent(), deadlines=deadlines, stays=stays) == ["deadline", "deadline", "stay"]
    closed = [
        excuse(each, on=TODAY, by="A. Lawyer", why="motion denied", entered_on=TODAY) for each in deadlines
    ]
    assert codes(spent(), deadlines=closed) == []


def test_voluntary_departure_is_examined_last() -> None:
    register = record(spent(), entry("cat", "denied", on=day("2026-11-26")))
    later = replace(ASKED, agreed_on=day("2026-11-26"))
    assert codes(register, later) == ["not_last"]


def test_without_a_table_nothing_is_allowed() -> None:
    assert stands_in_the_way(Register("c1"), ASKED, table=())[0].code == "no_table"


@settings(deadline=None)
@given(st.sets(st.sampled_from(IDS)))
def test_every_unexamined_remedy_is_named_each_once(missing: set[str]) -> None:
    whole = spent()
    without = replace(whole, entries=tuple(each for each in whole.entries if each.remedy_id not in missing))
    found = stands_in_the_way(without, ASKED, table=TABLE)
    assert {each.subject for each in found} == missing
    assert len(found) == len(missing)


def test_every_obstacle_has_a_sentence_in_both_languages() -> None:
    for language in ("en", "es"):
        for key in words_in(language):
            if key.startswith("obstacle."):
                obstacle = Obstacle(key.removeprefix("obstacle."), "cat", TODAY)
                assert obstacle_in_words(obstacle, table=TABLE, language=language).endswith(".")
