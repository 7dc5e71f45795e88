"""Numbers that a text names: `[[children_sheltered]]` in a paragraph, or the block "Figure".

Comes in: the body of a page. Goes out: which names are not published; and what an editor can choose from.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_named_figures.py.
"""

import re
from collections.abc import Iterable
from typing import Any

from posada.newsroom import numbers_told

NAMED = re.compile(r"\[\[([a-z0-9_]{1,60})\]\]")


def unknown_figures(body: Iterable[Any]) -> list[str]:
    """Names in a body that the office does not publish, in order; none where nothing is published at all."""
    told = numbers_told.figures_now()
    if told is None:
        return []
    named: list[str] = []
    for block in body:
        if block.block_type == "figure":
            named.append(str(block.value.get("figure", "")))
        elif block.block_type == "text":
            named += NAMED.findall(str(getattr(block.value, "source", block.value)))
    return [name for name in dict.fromkeys(named) if name and name not in told.figures]


def names_to_choose() -> list[tuple[str, str, str]]:
    """Name, value as shown now, and definition in English of every published figure."""
    told = numbers_told.figures_now()
    return [
        (each.id, numbers_told.shown_of(each), each.definition_in("en"))
        for each in (told.figures.values() if told else ())
    ]
