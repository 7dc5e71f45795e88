"""What two versions of a table tell together."""

from posada.ledger.two_versions import Sum, Version, is_safe, ranges

CELLS = [("all", name) for name in "ABC"]
SUMS = (*(Sum(f"cell {c[1]}", (c,)) for c in CELLS), Sum("total", tuple(CELLS)))


def version(counts: tuple[int, int, int], *hidden: str) -> Version:
    """A list of three counts with their total."""
    return Version(dict(zip(CELLS, counts, strict=True)), frozenset(f"cell {name}" for name in hidden))


def test_a_partner_that_changes_between_two_versions_gives_the_small_cell_away() -> None:
    """A + B = 25, then A + C = 35 with B shown as 20: whoever sees that B is still 20 knows that A is 5."""
    earlier, later = version((5, 20, 30), "A", "B"), version((5, 20, 30), "A", "C")
    found = {(when, name): each for when, name, each in ranges(SUMS, earlier, later)}
    assert (found["later", "cell A"].least, found["later", "cell A"].most) == (5, 5)
    assert not is_safe(SUMS, earlier, later, threshold=11)


def test_the_same_partner_in_both_versions_keeps_the_secret() -> None:
    earlier, later = version((5, 20, 30), "A", "B"), version((5, 20, 60), "A", "B")
    assert is_safe(SUMS, earlier, later, threshold=11)


def test_every_range_has_tables_that_show_the_same_to_prove_it() -> None:
    earlier, later = version((5, 20, 30), "A", "B"), version((16, 20, 30), "B", "C")
    for when, name, found in ranges(SUMS, earlier, later):
        for end, tables in zip((found.least, found.most), found.witnesses, strict=True):
            assert next(s for s in SUMS if s.name == name).of(tables[when == "later"]) == end
            for shown, table in zip((earlier, later), tables, strict=True):
                for each in SUMS:
                    assert each.name in shown.hidden or each.of(table) == each.of(shown.counts)
