"""Arcs of a circulation: which to hide, and how wide a hidden one's range is."""

from posada.ledger.circulation import Arc, hide, width

THREE = [Arc("line", "all", 3), Arc("line", "all", 25), Arc("line", "all", 40)]
TOTAL = Arc("all", "line", 68, is_total=True)


def test_a_lone_hidden_arc_has_no_range() -> None:
    assert width([*THREE, TOTAL], {0}, 0) == 0


def test_two_hidden_arcs_share_what_is_left() -> None:
    assert width([*THREE, TOTAL], {0, 1}, 0) == 28
    assert width([*THREE, TOTAL], {0, 1}, 1) == 28


def test_a_hidden_total_leaves_no_upper_end() -> None:
    assert width([*THREE, TOTAL], {0, 3}, 0) >= 10**9


def test_the_cheapest_way_round_is_hidden() -> None:
    assert hide([*THREE, TOTAL], threshold=11) == {0, 1}


def test_nothing_is_hidden_when_nothing_is_small() -> None:
    assert hide([*THREE[1:], Arc("all", "line", 65, is_total=True)], threshold=11) == frozenset()


def test_a_kept_total_costs_every_part() -> None:
    arcs = [Arc("line", "all", 3), Arc("line", "all", 4), Arc("all", "line", 12, is_total=True)]
    arcs.insert(2, Arc("line", "all", 5))
    assert hide(arcs, threshold=11, keep=3) == {0, 1, 2}
