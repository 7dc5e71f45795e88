"""What is over is due on its day, not the day before; a hold stops it; without a rule it is kept."""

from datetime import date, timedelta

from posada.retention import Over, Rule, due_on

ENDED = date(2027, 2, 28)
OVER = Over("group", "a", ENDED)


def rule(days: int, *, since: date = date(2026, 1, 1)) -> Rule:
    return Rule("group", "t", days, since, "s", "d")


def test_it_is_due_on_its_day_and_not_a_day_before() -> None:
    rules = {"group": (rule(365),)}
    day = ENDED + timedelta(days=365)
    assert list(due_on(day - timedelta(days=1), [OVER], rules=rules)) == []
    (found,) = due_on(day, [OVER], rules=rules)
    assert (found.due_on, found.held) == (day, False)


def test_the_rule_of_the_day_decides() -> None:
    rules = {"group": (rule(10), rule(1000, since=date(2027, 6, 1)))}
    assert len(list(due_on(date(2027, 5, 31), [OVER], rules=rules))) == 1
    assert list(due_on(date(2027, 6, 1), [OVER], rules=rules)) == []


def test_a_hold_marks_it_and_without_a_rule_it_is_kept() -> None:
    day = date(2040, 1, 1)
    (found,) = due_on(day, [OVER], rules={"group": (rule(10),)}, held={("group", "a")})
    assert found.held
    assert list(due_on(day, [OVER], rules={})) == []
    assert list(due_on(day, [OVER], rules={"group": (rule(10, since=date(2041, 1, 1)),)})) == []
