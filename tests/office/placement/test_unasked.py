"""Why a home was never asked: the rule that keeps out most of those who wait."""

import pytest

from posada.office.placement.unasked import Why, reasons_unasked
from posada.office.program import read_program
from posada.rulebook import policy_of
from tests.office.people import home_of
from tests.office.placement.planned import siblings, tonight


def why(*homes: object) -> dict[str, Why]:
    """Of these homes, tonight."""
    program = read_program()
    wanted = [home.home_id for home in homes]  # type: ignore[attr-defined]
    return reasons_unasked(program, policy=policy_of(program), homes=wanted)


def test_the_rule_that_refuses_the_most_groups_is_named() -> None:
    tonight()
    for ages in ((3, 5), (9,), (12,)):
        siblings(*ages)
    home = home_of(age_max=2, beds_any=1, licensed_capacity=1)
    assert why(home)[home.home_id] == Why("age", 3, 0)


def test_a_home_that_is_lawful_for_somebody_is_kept_out_by_no_rule() -> None:
    tonight()
    siblings(9)
    siblings(3, 4)
    home = home_of(max_siblings=1)
    assert why(home)[home.home_id] == Why("", 0, 1)


def test_a_kin_home_of_whose_family_nobody_waits_says_so() -> None:
    tonight()
    siblings(9)
    home = home_of(kind="kin")
    assert why(home)[home.home_id] == Why("kin_only", 1, 0)


def test_where_nobody_waits_nothing_keeps_a_home_out() -> None:
    tonight()
    home = home_of()
    assert why(home)[home.home_id] == Why("", 0, 0)


def test_somebody_who_waits_for_the_worker_can_break_in() -> None:
    tonight()
    siblings(9)
    home, program = home_of(), read_program()

    def waits() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        reasons_unasked(program, policy=policy_of(program), homes=[home.home_id], give_way=waits)
