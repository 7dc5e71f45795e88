"""`posada audit-plan`: who is placed and who waits, by age, sex, country and language.

Docs: docs/how-to/ask-why.md. Tests: tests/cli/test_audit_plan.py.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posada.cli.refusals import NothingDone
from posada.cli.streams import console, progress, say, write_json

if TYPE_CHECKING:
    from rich.table import Table

    from posada.page.audit_shown import ShownAudit, ShownRow
    from posada.programme import PlanFolder

TITLES = {"age": "By age", "sex": "By sex", "country": "By country", "language": "By best language"}
HEADS = {
    "children": "children",
    "placed": "placed",
    "waiting": "waiting",
    "with_kin": "with kin",
    "sharing_language": "language",
    "represented": "counsel",
}


def audit_plan(
    plan: Annotated[Path, typer.Argument(help="The folder of a plan.", show_default=False)],
    program: Annotated[
        Path | None,
        typer.Option(
            "--program", metavar="FOLDER", help="What it was made from: gives countries, which no plan keeps."
        ),
    ] = None,
    internal: Annotated[
        bool, typer.Option("--internal", help="Show small counts too: for the office only.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the tables as JSON.")] = False,
) -> None:
    """Count who is placed and who waits, by age, sex, country and best language.

    Counts of 1 to 10 are hidden, and so is whatever would tell them.
    """
    from posada.cli.opened_plan import open_plan
    from posada.page.audit_shown import exactly, for_the_public
    from posada.placement.audit import audit

    with progress() as doing:
        opened = open_plan(plan, progress=doing)
        countries = None if program is None else _countries(program, plan=opened.folder)
        doing("Counting")
        found = audit(opened.program, opened.plan, country_of=countries)
        shown = exactly(found) if internal else for_the_public(found)
    if countries is None:
        say("No table by country: a plan keeps no countries; --program FOLDER gives them.")
    if json:
        write_json(_as_json(shown, plan_date=opened.program.plan_date.isoformat()))
        return
    screen = console()
    for name in TITLES:
        if name in shown.tables:
            screen.print(_table(name, shown))
    note = "For the office only: small counts are shown." if internal else "–: not shown (a count is small)."
    screen.print(f"{note} Days: mean days since arrival, where the day is known.", soft_wrap=True)


def _countries(folder: Path, *, plan: "PlanFolder") -> dict[str, str | None]:
    """Child -> country, from the very folder that the plan was made from."""
    from posada.programme import read_program

    found = read_program(folder)
    if found.input_sha256 != plan.program.input_sha256:
        raise NothingDone(f"{folder}: {plan.folder} was not made from this folder as it is now.")
    return {child.child_id: child.country for child in found.children}


def _as_json(shown: "ShownAudit", *, plan_date: str) -> dict[str, object]:
    from posada.page.disclosure import THRESHOLD

    return {
        "plan_date": plan_date,
        "smallest_count_shown": 1 if shown.exact else THRESHOLD,
        "total": _numbers(shown.total),
        "tables": {
            name: [{"row": key, **_numbers(row)} for key, row in rows.items()]
            for name, rows in shown.tables.items()
        },
    }


def _numbers(row: "ShownRow") -> dict[str, float | int | None]:
    return {**row.counts, "mean_days_waited": row.mean_days_waited}


def _table(name: str, shown: "ShownAudit") -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(
        title=TITLES[name], title_justify="left", box=box.SIMPLE_HEAD, title_style="bold", pad_edge=False
    )
    table.add_column("")
    for head in (*HEADS.values(), "days"):
        table.add_column(head, justify="right")
    for key, row in shown.tables[name].items():
        table.add_row(key or "unknown", *_cells(row))
    table.add_section()
    table.add_row("all", *_cells(shown.total))
    return table


def _cells(row: "ShownRow") -> list[str]:
    counts = ["–" if row.counts[count] is None else f"{row.counts[count]:,}" for count in HEADS]
    return [*counts, "–" if row.mean_days_waited is None else f"{row.mean_days_waited:,.1f}"]
