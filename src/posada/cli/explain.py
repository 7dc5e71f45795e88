"""`posada explain`: why a sibling group has this home and this counsel, in sentences to read to the family.

Docs: docs/how-to/ask-why.md. Tests: tests/cli/test_explain.py.
"""

from pathlib import Path
from typing import Annotated

import typer

from posada.cli.plan import Language
from posada.cli.streams import progress, write, write_json


def explain(
    plan: Annotated[Path, typer.Argument(help="The folder of a plan.", show_default=False)],
    group: Annotated[str, typer.Argument(help="The id of a sibling group.", show_default=False)],
    lang: Annotated[Language, typer.Option("--lang", help="The language of the sentences.")] = Language.en,
    json: Annotated[bool, typer.Option("--json", help="Print the sentences and rules as JSON.")] = False,
) -> None:
    """Say why a sibling group has this home and this counsel, or why it waits.

    In plain sentences about this group alone, to be read to the family.
    """
    from posada.cli.opened_plan import open_plan
    from posada.placement.explain import explain as ask
    from posada.placement.explain_words import sentences_of
    from posada.programme.folder import rows_that_hold

    with progress() as doing:
        opened = open_plan(plan, progress=doing)
        is_held = group in opened.program.held_groups
        rows = rows_that_hold(opened.folder.input, group=group) if is_held else []
        found = ask(
            opened.program,
            policy=opened.policy,
            plan=opened.plan,
            group=group,
            held_rows=[(row.file, row.row, row.fields) for row in rows],
        )
    sentences = sentences_of(found, language=lang.value)
    if not json:
        write("\n".join(sentences) + "\n")
        return
    write_json(
        {
            "group": found.group,
            "status": found.status,
            "home_id": found.home_id,
            "counsel_id": found.counsel_id,
            "language": lang.value,
            "sentences": sentences,
            "rules_kept": [{"rule": code, "target": target} for code, target in found.kept],
            "rules_in_the_way": [{"rule": code, "target": target or None} for code, target in found.broken],
        }
    )
