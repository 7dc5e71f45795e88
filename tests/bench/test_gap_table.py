"""Gaps of an assignment instance: our own, to the recorded bound, and the published one beside them."""

from gap_table import gaps

ROW = {"sense": "min", "value": 12270, "bound": 12229, "recorded_lower": 12230, "recorded_upper": 12241}


def test_the_published_gap_stands_beside_ours():
    assert gaps(ROW) == {"own_gap": 0.3353, "recorded_gap": 0.3271, "published_gap": 0.0899}


def test_a_maximum_is_measured_from_the_upper_bounds():
    row = {"sense": "max", "value": 95, "bound": 100, "recorded_lower": 98, "recorded_upper": 100}
    assert gaps(row) == {"own_gap": 5.0, "recorded_gap": 5.0, "published_gap": 2.0}


def test_a_value_beyond_the_recorded_bound_has_no_gap_to_it():
    assert gaps(ROW | {"value": 12229})["recorded_gap"] == 0.0


def test_what_has_no_value_or_no_recorded_bounds_shows_no_gap_of_these():
    assert gaps(ROW | {"value": None}) == {"published_gap": 0.0899}
    assert gaps({"sense": "min", "value": 3, "bound": 3}) == {"own_gap": 0.0}
