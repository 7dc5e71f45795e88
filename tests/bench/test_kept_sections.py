"""A part that was measured anew is written anew; the others stay."""

from kept_sections import with_kept_sections

STANDING = (
    "# Measured\n\n## Where and with what\n\n- on a Tuesday\n\n## Packets\n\nold packets\n\n"
    "## The office\n\nold office\n"
)


def test_what_was_measured_is_replaced_and_the_rest_stays_where_it_was() -> None:
    new = "# Measured\n\n## Where and with what\n\n- on a Friday\n\n## The office\n\nnew office\n"
    told = with_kept_sections(STANDING, new)
    assert "old packets" in told and "new office" in told and "old office" not in told
    assert told.index("- on a Tuesday") < told.index("- on a Friday") < told.index("## Packets")
    assert told.index("## Packets") < told.index("## The office")


def test_a_new_part_stands_at_the_end_and_an_empty_one_replaces_nothing() -> None:
    new = "# Measured\n\n## Packets\n\n(nothing)\n\n## Push\n\nnew push\n"
    told = with_kept_sections(STANDING, new, drop=frozenset({"## Packets"}))
    assert "old packets" in told and "(nothing)" not in told
    assert told.endswith("## Push\n\nnew push\n")


def test_the_same_twice_changes_nothing_and_a_first_file_is_as_measured() -> None:
    once = with_kept_sections(STANDING, STANDING)
    assert once == STANDING == with_kept_sections(once, STANDING)
    assert with_kept_sections("", STANDING) == STANDING
