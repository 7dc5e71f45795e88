"""`posada data`: the public tables that ship with Posada, with their sources and credits.

Docs: docs/reference/commands.md. Tests: tests/cli/test_sources.py.
"""

from dataclasses import asdict
from typing import Annotated

import typer

from posada.cli.streams import write, write_json

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _tables() -> None:
    """The public tables that ship with Posada."""


@app.command("sources")
def sources(
    json: Annotated[bool, typer.Option("--json", help="Print the sources as JSON.")] = False,
) -> None:
    """Print where each packaged table comes from, under which terms, and how it was checked."""
    from posada.reference.sources import sources as packaged

    if json:
        write_json([asdict(source) for source in packaged()])
        return
    for source in packaged():
        lines = [
            f"{source.table} ({source.rows:,} rows): {source.title}",
            f"  publisher: {source.publisher}",
            f"  terms: {source.license}",
            f"  found in: {source.found_in}",
            f"  checked: {source.verification}",
        ]
        if source.credit:
            lines.append(f"  credit: {source.credit}")
        write("\n".join(lines) + "\n\n")
