"""`posada report`: figures recomputed from the packaged public tables.

Docs: docs/reference/commands.md. Tests: tests/cli/test_report.py.
"""

from dataclasses import asdict
from typing import Annotated

import typer

from posada.cli.streams import write, write_json

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _reports() -> None:
    """Figures recomputed from the packaged public tables."""


@app.command("per-capita")
def per_capita(
    year: Annotated[int, typer.Option("--year", help="2014, or a fiscal year to 2024.")] = 2014,
    json: Annotated[bool, typer.Option("--json", help="Print every row as JSON.")] = False,
) -> None:
    """Children released to sponsors per 100,000 residents, by state, and what the tables do not carry."""
    from posada.ledger.claim import report_text
    from posada.ledger.per_capita import per_capita as rows

    if json:
        write_json([asdict(row) for row in rows(year)])
    else:
        write(report_text(year))


@app.command("cost")
def cost(
    on: Annotated[
        str, typer.Option("--on", metavar="DAY", help="The day whose rates are compared.")
    ] = "2014-07-07",
) -> None:
    """What a child's day costs beside each alternative, with every assumption: the claim of minimal cost."""
    from datetime import date

    from posada.cli.refusals import NothingDone
    from posada.ledger.minimal_cost import compare, comparison_text, cost_as_published
    from posada.ledger.rates import shipped_rates

    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise NothingDone(f"--on {on}: write a day such as 2014-07-07.") from None
    rates = shipped_rates()
    found = cost_as_published(day, rates=rates)
    if found is None:
        raise NothingDone(
            f"{day}: no board rate of that day is in the packaged tables; the first is of 2006."
        )
    write(comparison_text(compare(found, on=day, rates=rates)))
