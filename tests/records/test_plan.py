"""A level is proven only where its value meets its bound."""

from posada.records import LevelResult


def test_a_value_at_its_bound_is_proven_and_another_is_not() -> None:
    assert LevelResult("children_placed", "max", 5, 5).proven_optimal
    assert not LevelResult("children_placed", "max", 4, 5).proven_optimal
    assert not LevelResult("distance_km", "min", 6, 5).proven_optimal
