"""`posada plan`: read a program folder, plan it, check the plan, and write it.

Docs: docs/reference/commands.md. Tests: tests/cli/test_plan.py.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from posada.cli.status import DONE, SOME_INPUT_REFUSED
from posada.cli.streams import progress, write_json


class Language(StrEnum):
    """Languages of the page."""

    en = "en"
    es = "es"


def plan(
    folder: Annotated[Path, typer.Argument(help="The program folder.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="The folder to write the plan to.", show_default=False)],
    time_limit: Annotated[
        float | None,
        typer.Option("--time-limit", metavar="SECONDS", help="Stop after so long with the best plan so far."),
    ] = None,
    gap: Annotated[
        float,
        typer.Option("--gap", min=0.0, max=1.0, help="Stop a level this near its bound (0.01: 1%)."),
    ] = 0.0,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Also write the plan as one page to share.")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="The page's language.")] = Language.en,
    internal: Annotated[
        bool, typer.Option("--internal", help="A page with ids and small counts: for the office only.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a plan and a page that are there already.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Plan a program: who goes where, and with whom as counsel.

    Exit status: 0 written; 1 written, but some input rows were refused; 2 nothing was written.
    """
    from posada.cli.planning import Wishes, make_and_write
    from posada.cli.report_of_plan import print_plan

    wishes = Wishes(
        out=out,
        html=html,
        lang=lang.value,
        is_internal=internal,
        replace=replace,
        time_limit=time_limit,
        gap=gap,
    )
    with progress() as doing:
        made = make_and_write(folder, wishes=wishes, progress=doing)
    if json:
        write_json(made.summary)
    print_plan(made, wishes=wishes, is_quiet=json)
    raise typer.Exit(SOME_INPUT_REFUSED if made.program.rejections else DONE)
