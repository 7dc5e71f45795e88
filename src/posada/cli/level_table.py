"""Two plans level by level: their values side by side, the difference, and what it means in words.

Tests: tests/cli/test_level_table.py.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from posada.cli.sentences import LEVEL_WORDS, amount, counted
from posada.records import LevelResult

if TYPE_CHECKING:
    from rich.table import Table

Pairs = Sequence[tuple[LevelResult, LevelResult]]
_HAVE = {
    "children_placed": ("has a safe home", "have a safe home"),
    "children_with_kin": ("lives with kin", "live with kin"),
    "children_sharing_language": ("shares a language with the home", "share a language with the home"),
    "children_represented": ("has counsel", "have counsel"),
    "counsel_sharing_language": ("shares a language with counsel", "share a language with counsel"),
}


def level_table(pairs: Pairs, *, title: str, one: str, other: str) -> "Table":
    """A table of both plans' levels; `one` and `other` head their columns."""
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, title_style="bold", pad_edge=False)
    for name in ("", one, other, "difference"):
        table.add_column(name, justify="right" if name else "left", no_wrap=bool(name))
    for number, (first, second) in enumerate(pairs, 1):
        table.add_row(
            f"{number} {LEVEL_WORDS.get(first.name, first.name)}",
            amount(first, first.value),
            amount(second, second.value),
            difference(first, second),
        )
    return table


def difference(first: LevelResult, second: LevelResult) -> str:
    """How much the second value is above the first one, with its sign.

    >>> difference(LevelResult("children_placed", "max", 5, 5), LevelResult("children_placed", "max", 3, 3))
    '-2'
    """
    change = second.value - first.value
    if change == 0:
        return "same"
    text = amount(first, abs(change))
    return f"{'+' if change > 0 else '-'}{text}"


def changes_in_words(pairs: Pairs) -> Iterator[str]:
    """What differs, most important level first: "2 fewer children have a safe home"."""
    for first, second in pairs:
        change = second.value - first.value
        if change == 0:
            continue
        if first.name in _HAVE:
            verb = _HAVE[first.name][abs(change) != 1]
            sort = "more" if change > 0 else "fewer"
            yield f"{counted(abs(change), f'{sort} child', f'{sort} children')} {verb}"
        elif first.name == "cost_cents_per_day":
            yield f"it costs {amount(first, abs(change))} a day {'more' if change > 0 else 'less'}"
        else:
            yield f"the journeys are {amount(first, abs(change))} {'longer' if change > 0 else 'shorter'} in all"
