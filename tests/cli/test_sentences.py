"""Words for rows, levels and reasons."""

from posada.cli.sentences import (
    LEVEL_WORDS,
    REASON_WORDS,
    amount,
    by_reason,
    counted,
    rejection_sentence,
    standing,
    warning_sentences,
)
from posada.placement.plan import LEVEL_SENSE
from posada.records import LevelResult, Rejection, Warn


def test_every_level_of_the_objective_has_words_in_its_order() -> None:
    assert list(LEVEL_WORDS) == list(LEVEL_SENSE)


def test_every_published_reason_has_words() -> None:
    assert set(REASON_WORDS) == {
        *("no_lawful_home", "no_room", "incomplete_group", "incomplete_separation", "sibling_already_placed"),
        *("no_court", "no_counsel_at_court", "caseload_full", "conflict", "available_too_late"),
    }


def test_an_empty_cell_is_said_to_be_nothing() -> None:
    said = rejection_sentence(Rejection("homes.csv", 2, "home_id", "", "an id"))
    assert said == "homes.csv, row 2, home_id: found nothing; wanted an id."


def test_a_fault_of_a_whole_file_names_no_row() -> None:
    assert rejection_sentence(Rejection("homes.csv", 0, "", "x", "y")) == "homes.csv: found x; wanted y."


def test_many_warnings_of_a_kind_are_counted_after_the_third() -> None:
    warnings = [Warn("homes.csv", row, "license_to", f"lapsed {row}") for row in range(1, 8)]
    warnings.append(Warn("homes.csv", 0, "colour", "unknown column"))
    said = list(warning_sentences(warnings))
    assert said == [
        "homes.csv, colour: unknown column.",
        "homes.csv, row 1, license_to: lapsed 1.",
        "homes.csv, row 2, license_to: lapsed 2.",
        "homes.csv, row 3, license_to: lapsed 3.",
        "homes.csv, license_to: 4 more like it.",
    ]


def test_amounts_carry_their_unit() -> None:
    assert amount(LevelResult("children_placed", "max", 0, 0), 57496) == "57,496"
    assert amount(LevelResult("cost_cents_per_day", "min", 0, 0), 5) == "$0.05"
    assert amount(LevelResult("distance_km", "min", 0, 0), 12) == "1.2 km"


def test_only_a_value_that_meets_its_bound_is_proven() -> None:
    assert standing(LevelResult("children_placed", "max", 10, 10)) == "proven best"
    assert standing(LevelResult("children_placed", "max", 0, 0)) == "proven best"
    assert standing(LevelResult("cost_cents_per_day", "min", 101, 100)) == "within 1.000%"
    assert standing(LevelResult("cost_cents_per_day", "min", 5, 0)) == "not bounded"


def test_a_tiny_gap_is_never_shown_as_none() -> None:
    assert standing(LevelResult("distance_km", "min", 10_000_001, 10_000_000)) == "within 0.001%"


def test_counts_agree_with_their_noun() -> None:
    assert counted(0, "row") == "0 rows"
    assert counted(1, "child", "children") == "1 child"
    assert counted(1200, "child", "children") == "1,200 children"


def test_reasons_are_ordered_by_the_children_they_concern() -> None:
    assert by_reason([("a", 1), ("b", 5), ("a", 1), ("c", 2)]) == [("b", 1, 5), ("a", 2, 2), ("c", 1, 2)]
