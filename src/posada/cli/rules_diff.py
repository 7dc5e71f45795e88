"""`posada rules diff`: what changed in the law between two days, and which open deadlines it moves.

Docs: docs/reference/commands.md. Tests: tests/cli/test_rules_diff.py.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from posada.cli.refusals import NothingDone
from posada.cli.status import DONE, SOME_INPUT_REFUSED
from posada.cli.streams import say, write, write_json

if TYPE_CHECKING:
    from posada.docket.answer import Answer
    from posada.docket.rules_moved import MovedDate, OpenDate
    from posada.records import Rejection
    from posada.rulebook.legal_rule import RuleVersion


def diff(
    from_: Annotated[
        str, typer.Option("--from", metavar="DATE", help="As it was known on this day.", show_default=False)
    ],
    to: Annotated[
        str, typer.Option("--to", metavar="DATE", help="As it was known on this day.", show_default=False)
    ],
    deadlines: Annotated[
        Path | None,
        typer.Option(
            "--deadlines",
            metavar="FILE",
            help="Open deadlines, in the columns of worked cases.",
            show_default=False,
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Name the versions of legal rules that came or went between two days.

    With a file of open deadlines: also each of them whose date, standing or other reading moves.
    """
    from posada.docket.rules_moved import moved_dates, versions_between
    from posada.rulebook.legal_files import load_legal_rules

    start, end = _day(from_, option="--from"), _day(to, option="--to")
    book = load_legal_rules()
    versions = versions_between(book, start=min(start, end), end=max(start, end))
    dates, refused = _dates(deadlines)
    moved = moved_dates(dates, book=book, known_on=start, then_known_on=end)
    if json:
        found = {"versions": [each.name for each in versions]}
        write_json(found if deadlines is None else {**found, "moved": [_row(each) for each in moved]})
    else:
        _write_versions(versions, start=start, end=end)
        if deadlines is not None:
            _write_moved(moved, of=len(dates))
    raise typer.Exit(SOME_INPUT_REFUSED if refused else DONE)


def _dates(file: Path | None) -> "tuple[tuple[OpenDate, ...], tuple[Rejection, ...]]":
    from posada.cli.sentences import rejection_sentence
    from posada.docket.cases import open_dates
    from posada.programme.read import NotReadable, read_bytes

    if file is None:
        return (), ()
    try:
        dates, refused = open_dates(read_bytes(file), file=file.name)
    except NotReadable as error:
        raise NothingDone(f"{file.name}: {error}.") from None
    say(*map(rejection_sentence, refused))
    return dates, refused


def _write_versions(versions: "tuple[RuleVersion, ...]", *, start: date, end: date) -> None:
    from posada.rulebook.standing import sign_off_words

    if not versions:
        write(f"No version of a legal rule came or went between {start} and {end}.\n")
    for each in versions:
        bounds = [
            f"{word} {day}"
            for word, day in (
                ("known from", each.known_from),
                ("known until", each.known_to),
                ("in effect from", each.effective_from),
                ("in effect until", each.effective_to),
            )
            if day is not None
        ]
        write(f"{each.name}: {', '.join(bounds)}; {each.status}; {sign_off_words(each)}\n")


def _write_moved(moved: "tuple[MovedDate, ...]", *, of: int) -> None:
    for each in moved:
        one = each.open_date
        way = "" if each.days is None else f" ({each.days:+d} days)"
        write(f"{one.deadline_id} ({one.rule_id}): {_shown(each.before)} → {_shown(each.after)}{way}\n")
        if each.gap:
            say(f"{one.deadline_id}: {each.gap}")
    write(f"{len(moved)} of {of} open deadlines moved\n")


def _shown(found: "Answer | None") -> str:
    if found is None:
        return "not known"
    day = found.day.isoformat() if found.day else "no date"
    other = f", in the other reading {found.alternative}" if found.alternative else ""
    return f"{day}, {found.status}{other}"


def _row(each: "MovedDate") -> dict[str, Any]:
    def side(found: "Answer | None") -> dict[str, Any] | None:
        if found is None:
            return None
        return {
            "date": found.day.isoformat() if found.day else None,
            "status": found.status,
            "alternative": found.alternative.isoformat() if found.alternative else None,
            "version": found.version.name if found.version else None,
        }

    one = each.open_date
    return {
        "id": one.deadline_id,
        "rule_id": one.rule_id,
        "before": side(each.before),
        "after": side(each.after),
        "days": each.days,
        "gap": each.gap or None,
    }


def _day(text: str, *, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NothingDone(f"{option} {text}: give a date such as 2026-12-01.") from None
