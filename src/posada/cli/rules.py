"""`posada rules`: the dated rules that a plan keeps, each with its citation.

Docs: docs/reference/commands.md. Tests: tests/cli/test_rules.py.
"""

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from posada.cli.refusals import NothingDone
from posada.cli.streams import write, write_json

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _rules() -> None:
    """The dated rules that a plan keeps."""


@app.command("list")
def list_rules(
    policy: Annotated[str, typer.Option("--policy", help="The name of a shipped policy.")] = "maryland",
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day asked about; today if not given.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the rules as JSON.")] = False,
) -> None:
    """List the numbers of a policy as they stand on a day: value, citation, dates, and who checked it."""
    from posada.rulebook import load_policy, policy_sources

    day = _day(on)
    listed = policy_sources(policy, on=day)
    if json:
        write_json([_plain(asdict(rule)) for rule in listed])
        return
    write(f"{load_policy(policy).title}, as of {day}\n\n")
    for rule in listed:
        value = ", ".join(rule.value) if isinstance(rule.value, tuple) else str(rule.value)
        since = f"from {rule.known_from}" if rule.known_from else "no first date known"
        until = f"until {rule.known_until}" if rule.known_until else "no end known"
        lines = [
            f"{rule.rule_id}: {rule.title}: {value} ({rule.unit}; {rule.applies_to})",
            f"  source: {rule.source}",
            f"  {since}, {until}; checked on {rule.checked_on}: {rule.checked_by}",
        ]
        if rule.notes:
            lines.append(f"  {rule.notes}")
        write("\n".join(lines) + "\n\n")
    write("Information for counsel, not legal advice.\n")


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(tz=UTC).astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NothingDone(f"--on {text}: give a date such as 2026-12-01.") from None


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
