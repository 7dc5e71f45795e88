"""Counts by county in classes: a known total tells nothing of a hidden county."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.ledger.classes import BOUNDS, class_of, classes

COUNTS = st.dictionaries(
    st.sampled_from([f"240{n:02}" for n in range(1, 8)]),
    st.one_of(st.integers(0, 12), st.integers(0, 60), st.integers(0, 3000)),
)


def possible(counts: dict[str, int], shown: dict[str, int | None], total: int, place: str) -> range:
    """What a reader can say of a hidden place: classes of the others, the total; hidden ones may be anything."""
    low = high = 0
    for other in counts:
        if other == place:
            continue
        bounds = (0, total) if shown[other] is None else class_of(shown[other] or 0)
        low, high = low + bounds[0], high + bounds[1]
    return range(max(0, total - high), total - low + 1)


@given(COUNTS)
def test_the_total_never_narrows_a_hidden_county(counts: dict[str, int]) -> None:
    total = sum(counts.values())
    shown = classes(counts, total=total)
    for place in counts:
        if shown[place] is None and counts[place] < 11 and any(each is not None for each in shown.values()):
            found = possible(counts, shown, total, place)
            assert found[0] == 0
            assert found[-1] >= 10


@given(COUNTS)
def test_what_is_shown_is_the_lower_bound_of_its_class(counts: dict[str, int]) -> None:
    for place, bound in classes(counts, total=None).items():
        assert (bound is None) == (counts[place] < 11)
        assert bound is None or bound in BOUNDS


def test_classes_are_wide() -> None:
    assert all(class_of(bound)[1] - bound >= 38 for bound in BOUNDS)


def test_a_county_whose_class_would_give_a_small_one_away_is_hidden_too() -> None:
    assert classes({"24001": 9, "24003": 49}, total=58) == {"24001": None, "24003": None}


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        classes({"24001": -1}, total=None)
