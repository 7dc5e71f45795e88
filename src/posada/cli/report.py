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
