"""How far HiGHS gets by itself on a generalised-assignment model: the peer of bench/gap.py."""

import math

import numpy as np
from gap_instance import GapInstance, model_of, value_of

from posada.placement.rows import level_gain, whole_program
from posada.placement.solve import solve_whole


def solve_straight(instance: GapInstance, *, is_max: bool, seconds: float) -> tuple[int | None, int | None]:
    """(value, bound) of the straight integer program within the seconds; None where there is none."""
    model = model_of(instance, is_max=is_max)
    level = model.levels[0]
    program = whole_program(model, gain=level.sign * level_gain(model, level))
    result = solve_whole(program, gap=0.5, seconds=seconds)
    value = None
    if result.x is not None:
        value = value_of(instance, model, np.round(result.x).astype(np.int64))
    if not math.isfinite(result.bound):
        return value, None
    return value, level.sign * math.floor(result.bound + 1e-6)
