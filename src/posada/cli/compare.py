"""`posada compare`: two plans side by side, level by level and group by group.

Docs: docs/how-to/what-if.md. Tests: tests/cli/test_compare.py.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posada.cli.streams import console, progress, say, write, write_json

if TYPE_CHECKING:
    from posada.placement.compare import Change, Comparison

MOST_LISTED = 10


def compare(
    first: Annotated[
        Path, typer.Argument(metavar="PLAN_A", help="The folder of a plan.", show_default=False)
    ],
    second: Annotated[
        Path, typer.Argument(metavar="PLAN_B", help="The folder of another.", show_default=False)
    ],
    json: Annotated[bool, typer.Option("--json", help="Print the comparison as JSON.")] = False,
) -> None:
    """Set two plans side by side: the levels, who gains or loses a home or counsel, and who changes them."""
    from posada.cli.opened_plan import open_plan
    from posada.placement.compare import compare as ask

    with progress() as doing:
        one, other = open_plan(first, progress=doing), open_plan(second, progress=doing)
        found = ask(one.plan, other.plan, programs=(one.program, other.program))
    if json:
        write_json(_as_json(found))
        return
    if found.is_same:
        write("The two plans are the same.\n")
        return
    _tell(found)
    if one.program.input_sha256 != other.program.input_sha256:
        say("The plans were made from different input: a difference may come from there.")
    if not all(level.proven_optimal for pair in found.levels for level in pair):
        say("Not every level of both is proven best: part of a difference may be a better search.")


def _tell(found: "Comparison") -> None:
    from posada.cli.level_table import changes_in_words, level_table

    words = list(changes_in_words(found.levels))
    write(f"From the first plan to the second: {'; '.join(words) if words else 'every level is the same'}.\n")
    write("".join(f"{line}\n" for line in _lines(found)))
    console().print(level_table(found.levels, title="Level by level", one="first", other="second"))


def _lines(found: "Comparison") -> Iterator[str]:
    from posada.cli.sentences import counted
    from posada.placement.compare import gained, lost, moved

    for what, changes in (("home", found.homes), ("counsel", found.counsel)):
        one = "a home" if what == "home" else "counsel"
        sorts = (
            (gained(changes), f"gains {one}", f"gain {one}"),
            (lost(changes), f"loses {one}", f"lose {one}"),
            (moved(changes), f"goes to another {what}", f"go to another {what}"),
        )
        for some, verb, verbs in sorts:
            if some:
                children = counted(sum(each.children for each in some), "child", "children")
                groups = counted(len(some), "group")
                yield f"{groups} ({children}) {verb if len(some) == 1 else verbs}: {_listed(some)}."
    for groups_only, which in ((found.only_in_first, "first"), (found.only_in_second, "second")):
        if groups_only:
            verb = "is" if len(groups_only) == 1 else "are"
            yield f"{counted(len(groups_only), 'group')} {verb} only in the {which} program."


def _listed(changes: "Sequence[Change]") -> str:
    told = [
        f"{each.group} ({' → '.join(side for side in (each.before, each.after) if side is not None)})"
        for each in changes[:MOST_LISTED]
    ]
    more = len(changes) - MOST_LISTED
    return ", ".join(told) + (f" and {more:,} more" if more > 0 else "")


def _as_json(found: "Comparison") -> dict[str, object]:
    from posada.placement.compare import gained, lost, moved
    from posada.programme.plan_summary import level_number

    def listed(changes: "Sequence[Change]") -> list[dict[str, object]]:
        return [
            {"group": each.group, "children": each.children, "before": each.before, "after": each.after}
            for each in changes
        ]

    return {
        "same": found.is_same,
        "levels": [
            {
                "name": one.name,
                "before": level_number(one, one.value),
                "after": level_number(other, other.value),
            }
            for one, other in found.levels
        ],
        "gain_home": listed(gained(found.homes)),
        "lose_home": listed(lost(found.homes)),
        "change_home": listed(moved(found.homes)),
        "gain_counsel": listed(gained(found.counsel)),
        "lose_counsel": listed(lost(found.counsel)),
        "change_counsel": listed(moved(found.counsel)),
        "only_in_first": list(found.only_in_first),
        "only_in_second": list(found.only_in_second),
    }
