"""A page of any size and turn lands upright, whole, in its room, and never larger."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.packets.page_space import ROOM, bounds, fit, number, times, written

EDGES = st.floats(-20_000, 20_000, allow_nan=False)
SIZES = st.floats(1, 20_000, allow_nan=False)


@given(EDGES, EDGES, SIZES, SIZES, st.sampled_from([0, 90, 180, 270]))
def test_every_page_lands_in_its_room(
    left: float, bottom: float, width: float, height: float, turn: int
) -> None:
    box = (left, bottom, left + width, bottom + height)
    landed = fit(box, rotation=turn).rectangle(box)
    assert all(a >= b - 1e-3 for a, b in zip(landed[:2], ROOM[:2], strict=True))
    assert all(a <= b + 1e-3 for a, b in zip(landed[2:], ROOM[2:], strict=True))
    assert landed[2] - landed[0] <= max(width, height) + 1e-3


@pytest.mark.parametrize(
    ("turn", "corner"), [(0, "left top"), (90, "right top"), (180, "right bottom"), (270, "left bottom")]
)
def test_the_upper_left_corner_turns_clockwise(turn: int, corner: str) -> None:
    x, y = fit((0, 0, 400, 200), rotation=turn).point(0, 200)
    assert corner == f"{'left' if x < 306 else 'right'} {'top' if y > 400 else 'bottom'}"


def test_matrices_and_numbers_are_written_as_pdf_has_them() -> None:
    assert written(times((1, 0, 0, 1, 2, 3), (2, 0, 0, 2, 0, 0))) == "2 0 0 2 4 6 cm"
    assert [number(each) for each in (-0.0000001, 1e-7, 0.1 + 0.2, 12.0)] == ["0", "0", "0.3", "12"]
    assert bounds((0, 1, -1, 0, 0, 0), (0, 0, 2, 1)) == (-1, 0, 0, 2)
