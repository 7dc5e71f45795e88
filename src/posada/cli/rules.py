"""`posada rules`: the dated rules of plans and of the law, each with its citation.

Docs: docs/reference/commands.md. Tests: tests/cli/test_rules.py.
"""

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from posada.cli import rules_cases, rules_diff
from posada.cli.refusals import NothingDone
from posada.cli.streams import write, write_json

if TYPE_CHECKING:
    from posada.rulebook.resolve import RuleSource

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

ADVICE = "Information for counsel, not legal advice.\n"
MARYLAND = "maryland"


@app.callback()
def _rules() -> None:
    """The dated rules of plans and of the law."""


app.command("answer")(rules_cases.answer)
app.command("check")(rules_cases.check)
app.command("diff")(rules_diff.diff)

OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day asked about; today if not given.")
]


@app.command("list")
def list_rules(
    policy: Annotated[
        str | None, typer.Option("--policy", help="Only the numbers of this policy.", show_default=False)
    ] = None,
    legal: Annotated[bool, typer.Option("--legal", help="Only the legal rules.")] = False,
    on: OnOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print the rules as JSON.")] = False,
) -> None:
    """List rules as they stand on a day: value, citation, dates, and who checked them.

    The numbers of a policy come first (those of maryland, if none is named), then the legal rules.
    """
    from posada.rulebook import load_policy, policy_sources
    from posada.rulebook.legal_files import load_legal_rules
    from posada.rulebook.standing import all_standing

    day = _day(on, option="--on")
    if legal and policy is not None:
        raise NothingDone("--legal and --policy: give one of them, or neither for both.")
    name = policy or MARYLAND
    numbers = () if legal else policy_sources(name, on=day)
    standing = () if policy is not None else all_standing(load_legal_rules(), on=day)
    if json:
        policies = [{**_plain(asdict(rule)), "kind": "policy"} for rule in numbers]
        write_json([*policies, *(_plain(asdict(rule)) for rule in standing)])
        return
    if numbers:
        write(f"{load_policy(name).title}, as of {day}\n\n")
        _write_numbers(numbers)
    if standing:
        from posada.cli.rules_text import standing_lines

        write(f"Legal rules, as of {day}\n\n")
        for rule in standing:
            write("\n".join(standing_lines(rule)) + "\n\n")
    write(ADVICE)


@app.command("show")
def show(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a rule.", show_default=False)],
    on: OnOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print the rule as JSON.")] = False,
) -> None:
    """Show one rule with every version, its citation, who checked it, and what holds on a day."""
    from posada.cli.rules_text import shown_lines
    from posada.rulebook import policy_sources
    from posada.rulebook.legal_files import load_legal_rules
    from posada.rulebook.standing import standing_of, standing_on

    day = _day(on, option="--on")
    rule = load_legal_rules().rules.get(rule_id)
    if rule is None:
        numbers = tuple(each for each in policy_sources(MARYLAND, on=day) if each.rule_id == rule_id)
        if not numbers:
            raise NothingDone(f"There is no rule {rule_id!r}; posada rules list names those that there are.")
        if json:
            write_json(_plain(asdict(numbers[0])))
            return
        _write_numbers(numbers)
    elif json:
        versions = [_plain(asdict(standing_of(rule, version))) for version in rule.versions]
        write_json({"on": day.isoformat(), "holds": standing_on(rule, on=day).version, "versions": versions})
        return
    else:
        write("\n".join(shown_lines(rule, on=day)) + "\n\n")
    write(ADVICE)


def _write_numbers(numbers: "tuple[RuleSource, ...]") -> None:
    for rule in numbers:
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


def _day(text: str | None, *, option: str) -> date:
    if text is None:
        return datetime.now(tz=UTC).astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NothingDone(f"{option} {text}: give a date such as 2026-12-01.") from None


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
