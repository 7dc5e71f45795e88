"""Counting a plan."""

from posada.page.counts import count
from tests.page.sample import sample


def test_every_child_is_counted_once() -> None:
    program, plan = sample()
    counts = count(plan, program)
    assert counts.all_children == len(program.children)
    assert sum(counts.by_county.values()) == counts.placed
    assert sum(counts.waiting_by_reason.values()) == counts.waiting
    assert sum(counts.without_counsel_by_reason.values()) == counts.without_counsel
    assert sum(c.with_counsel + c.without_counsel for c in counts.by_court.values()) == counts.placed


def test_groups_are_counted_beside_children() -> None:
    program, plan = sample(waiting_groups=14)
    assert sum(count(plan, program).waiting_groups_by_reason.values()) == 14
