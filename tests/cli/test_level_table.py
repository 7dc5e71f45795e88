"""Two plans' levels in words: what differs, in whose favor, and nothing where nothing does."""

from posada.cli.level_table import changes_in_words, difference, level_table
from posada.cli.streams import console
from posada.placement.plan import LEVEL_SENSE
from posada.records import LevelResult


def levels(*values: int) -> list[LevelResult]:
    return [
        LevelResult(name, sense, value, value)
        for (name, sense), value in zip(LEVEL_SENSE.items(), values, strict=True)
    ]


def pairs(before: tuple[int, ...], after: tuple[int, ...]) -> list[tuple[LevelResult, LevelResult]]:
    return list(zip(levels(*before), levels(*after), strict=True))


def test_what_changes_is_told_most_important_first() -> None:
    found = pairs((5, 3, 4, 3, 2, 1000, 500), (4, 5, 4, 2, 3, 900, 625))
    assert list(changes_in_words(found)) == [
        "1 fewer child has a safe home",
        "2 more children live with kin",
        "1 fewer child has counsel",
        "1 more child shares a language with counsel",
        "it costs $1.00 a day less",
        "the journeys are 12.5 km longer in all",
    ]


def test_where_nothing_changes_nothing_is_told() -> None:
    same = (5, 3, 4, 3, 2, 1000, 500)
    assert list(changes_in_words(pairs(same, same))) == []
    assert {difference(*pair) for pair in pairs(same, same)} == {"same"}


def test_every_level_of_the_objective_has_words() -> None:
    found = list(changes_in_words(pairs((0,) * 7, (7,) * 7)))
    assert len(found) == len(set(found)) == len(LEVEL_SENSE)


def test_differences_carry_their_sign_and_unit() -> None:
    found = [difference(*pair) for pair in pairs((5, 3, 4, 3, 2, 1000, 500), (4, 5, 4, 2, 3, 900, 625))]
    assert found == ["-1", "+2", "same", "-1", "+1", "-$1.00", "+12.5 km"]


def test_the_table_has_a_row_a_level_and_both_columns(capsys: object) -> None:
    table = level_table(pairs((0,) * 7, (7,) * 7), title="Side by side", one="A", other="B")
    assert [column.header for column in table.columns] == ["", "A", "B", "difference"]
    assert table.row_count == len(LEVEL_SENSE)
    console().print(table)
