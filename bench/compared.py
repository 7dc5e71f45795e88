"""Comparing measured rows: gaps, whose plan is better, and whether an aim was held."""

from programs import LEVELS
from results import Row

from posada.placement.check_rows import LEVEL_SENSES

NO_GAP = 0.0


def gap_percent(value: float, bound: float) -> float:
    """The distance of a value from its bound, in percent of the bound (of 1 where the bound is 0).

    >>> gap_percent(995, 1000)
    0.5
    """
    return 100 * abs(bound - value) / max(abs(bound), 1)


def level_gap(row: Row, level: str) -> float | None:
    """The row's own proven gap on a level; None where it proves nothing there."""
    if level not in row.get("levels", {}) or level not in row.get("bounds", {}):
        return None
    return gap_percent(row["levels"][level], row["bounds"][level])


def first_difference(row: Row, ours: Row) -> tuple[str, bool] | None:
    """(level, whether the row is better) where two plans first differ; None where they are alike."""
    for level in LEVELS:
        theirs, own = row["levels"][level], ours["levels"][level]
        if theirs != own:
            return level, (theirs > own) == (LEVEL_SENSES[level] == "max")
    return None


def verdict(row: Row, ours: Row) -> str:
    """In words: what a peer's plan and time are beside ours."""
    if "levels" not in row:
        return "no plan"
    if "levels" not in ours:
        return "ours has no plan"
    pace = _pace(row["seconds"], ours["seconds"])
    difference = first_difference(row, ours)
    if difference is None:
        return f"the same values, {pace}"
    level, is_better = difference
    return f"**better** at `{level}`, {pace}" if is_better else f"worse at `{level}`, {pace}"


def _pace(theirs: float, ours: float) -> str:
    ratio = theirs / max(ours, 0.01)
    return f"{ratio:.1f}× our time" if ratio >= 0.1 else f"{ratio:.2f}× our time"


def peer_wins(row: Row, ours: Row) -> bool:
    """A better plan, or equal values in less time."""
    if "levels" not in row or "levels" not in ours:
        return "levels" in row
    difference = first_difference(row, ours)
    return row["seconds"] < ours["seconds"] if difference is None else difference[1]


def times_faster(ours: Row, peer: Row) -> tuple[float, bool]:
    """(how many times our time the peer had, whether it reached our plan in it)."""
    reached = "levels" in peer and ((d := first_difference(peer, ours)) is None or d[1])
    spent = peer["seconds"] if reached else max(peer["seconds"], peer.get("limit_seconds", 0.0))
    return spent / max(ours["seconds"], 0.01), reached
