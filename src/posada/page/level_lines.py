"""The plan's seven levels as lines of the page: value, bound, how far apart, and a bar."""

from dataclasses import dataclass

from posada.page.counts import Counts
from posada.page.disclosure import THRESHOLD, is_small
from posada.page.shown import Shown
from posada.page.wording import Wording
from posada.records import LevelResult

NAMES = (
    "children_placed",
    "children_with_kin",
    "children_sharing_language",
    "children_represented",
    "counsel_sharing_language",
    "cost_cents_per_day",
    "distance_km",
)
_WHOLES = ("all_children", "children_placed", "children_represented")
BAR = 1000  # width of a bar in its own units


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level. `filled` and `tick` are places on a bar of `BAR` units; None draws no such part."""

    name: str
    value: str
    bound: str
    standing: str
    proven: bool
    filled: int | None
    tick: int | None


def level_lines(counts: Counts, shown: Shown, words: Wording) -> tuple[LevelLine, ...]:
    """All seven, in their published order; one that the plan lacks says so."""
    lines = []
    for name in NAMES:
        level = counts.levels.get(name)
        if level is None:
            text = words("levels.missing")
            lines.append(LevelLine(words(f"levels.name.{name}"), "–", "", text, False, None, None))
        elif level.sense == "max":
            lines.append(_children(level, shown, words))
        else:
            lines.append(_amount(level, shown, words))
    return tuple(lines)


def _children(level: LevelResult, shown: Shown, words: Wording) -> LevelLine:
    """A level that counts children: more is better."""
    value, total = shown[level.name], shown["all_children"]
    gap = level.bound - level.value
    bound = level.bound if value is not None and _bound_may_be_shown(level, shown) else None
    if gap == 0:
        standing = words("levels.proven")
    else:
        standing = words("levels.within", n=gap if bound is not None else -(-gap // 10) * 10)
    whole = total if level.name == "children_placed" else _first(total, shown["children_placed"])
    with_all = level.name == "children_placed" and value is not None and total is not None
    return LevelLine(
        name=words(f"levels.name.{level.name}"),
        value=words("levels.of", value=value, all=total) if with_all else _value(level, value, shown, words),
        bound=words("levels.bound_hidden") if bound is None else words("levels.bound_max", bound=bound),
        standing=standing,
        proven=gap == 0,
        filled=round(BAR * value / whole) if value is not None and whole else None,
        tick=min(BAR, round(BAR * bound / whole)) if bound is not None and whole else None,
    )


def _bound_may_be_shown(level: LevelResult, shown: Shown) -> bool:
    """A bound is no count of people, but it must not lie within 10 of one that is shown."""
    if shown.exact or level.proven_optimal:
        return True
    others = [shown[name] for name in _WHOLES if shown[name] is not None]
    near = (level.bound - other for other in (level.value, *others) if other is not None)
    return not is_small(level.bound) and all(gap == 0 or abs(gap) >= THRESHOLD for gap in near)


def _value(level: LevelResult, value: int | None, shown: Shown, words: Wording) -> str:
    """A value as text; a hidden one says in words what may be said."""
    if value is not None:
        return words.number(value)
    if level.name in shown.few:
        return words("levels.few")
    placed = shown["children_placed"]
    return words("levels.almost" if placed and is_small(placed - level.value) else "page.not_shown")


def _amount(level: LevelResult, shown: Shown, words: Wording) -> LevelLine:
    """Cost or distance: less is better."""
    money = level.name == "cost_cents_per_day"
    may_show = shown.exact or (shown.money if money else shown.distance)
    write = words.money if money else words.kilometers
    gap = level.value - level.bound
    if gap == 0:
        standing = words("levels.proven")
    else:
        share = words.percent(gap / level.bound) if level.bound else "–"
        standing = words("levels.within_share", n=write(gap), share=share)
        standing = standing if may_show else words("levels.within", n=share)
    tick = round(BAR * level.bound / level.value) if level.value else BAR
    return LevelLine(
        name=words(f"levels.name.{level.name}"),
        value=write(level.value) if may_show else words("page.not_shown"),
        bound=words("levels.bound_min" if may_show else "levels.bound_hidden", bound=write(level.bound)),
        standing=standing,
        proven=gap == 0,
        filled=BAR if may_show and level.value else None,
        tick=tick if may_show and level.value else None,
    )


def _first(*values: int | None) -> int | None:
    """The first that is known."""
    return next((value for value in values if value is not None), None)
