"""`posada ledger`: what care in a program cost, by payer and for a child's day; and what a change would cost.

Docs: docs/reference/commands.md. Tests: tests/cli/test_ledger.py.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from posada.cli.refusals import NothingDone
from posada.cli.streams import progress, say, write, write_json

if TYPE_CHECKING:
    from posada.ledger.bed_nights import Stay
    from posada.ledger.entry import Book
    from posada.ledger.rates import RateTable
    from posada.ledger.what_if import Priced
    from posada.records import Program

DAY = "%Y-%m-%d"


def ledger(
    folder: Annotated[Path, typer.Argument(help="The program folder.", show_default=False)],
    first: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DAY", help="The first day; that of the plan date's month if not given."
        ),
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="The last day; the plan date if not given.")
    ] = None,
    more_kin_homes: Annotated[
        int, typer.Option("--more-kin-homes", min=0, help="Price so many more kin homes.")
    ] = 0,
    children_each: Annotated[
        int, typer.Option("--children-each", min=1, help="How many children live in each of them.")
    ] = 2,
    no_group_care: Annotated[
        bool, typer.Option("--no-group-care", help="Price that children in group care live in foster homes.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the book as JSON.")] = False,
) -> None:
    """What care cost by payer, and for a child's day, from the folder's placements and dated rates.

    With --more-kin-homes or --no-group-care also what the last day would have cost with that change.
    """
    from posada.ledger.entry import keep_book
    from posada.ledger.rates import shipped_rates
    from posada.programme import read_program

    with progress() as doing:
        doing("Reading the program folder")
        program = read_program(folder)
    begin, end = _period(first, last, plan_date=program.plan_date)
    stays, rates = stays_of(program), shipped_rates()
    book = keep_book(stays, rates=rates, first=begin, last=end)
    asked = more_kin_homes > 0 or no_group_care
    priced = _priced(stays, rates, end, (more_kin_homes, children_each, no_group_care)) if asked else None
    if json:
        write_json(_as_json(book, priced))
    else:
        write("\n".join([*_told(book), *_told_change(priced, on=end)]) + "\n")
    if not stays:
        say("No child lives in a home: placements.csv has no row.")


def stays_of(program: "Program") -> "list[Stay]":
    """The placements of a program as stays."""
    from posada.ledger.bed_nights import Stay

    homes = {home.home_id: home for home in program.homes}
    return [
        Stay(
            row.child_id,
            row.home_id,
            homes[row.home_id].kind,
            row.from_date,
            row.to_date,
            homes[row.home_id].cost_cents_per_child_day,
        )
        for row in program.placements
    ]


def _period(first: str | None, last: str | None, *, plan_date: date) -> tuple[date, date]:
    end = _day(last, option="--to") if last else plan_date
    begin = _day(first, option="--from") if first else end.replace(day=1)
    if end < begin:
        raise NothingDone(f"--to {end} is before --from {begin}.")
    if (end - begin).days > 36_600:
        raise NothingDone("A period of more than a hundred years is not counted.")
    return begin, end


def _day(text: str, *, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NothingDone(f"{option} {text}: write a day such as 2014-07-31.") from None


def _priced(stays: "list[Stay]", rates: "RateTable", day: date, asked: tuple[int, int, bool]) -> "Priced":
    from posada.ledger.entry import shares
    from posada.ledger.what_if import Change, mix_on, what_if

    mix = mix_on(shares(stays, rates=rates, first=day, last=day), rates=rates, day=day)
    return what_if(mix, Change(*asked))


def _told(book: "Book") -> list[str]:
    from posada.ledger.entry import sums
    from posada.ledger.minimal_cost import dollars

    each = book.per_child_day
    head = "no day of care has a price" if each is None else f"{dollars(each)} for a child's day"
    lines = [f"{book.first} to {book.last}: {head}", ""]
    lines += [f"  paid by {payer}: {dollars(cents)}" for payer, cents in book.by_payer().items()]
    lines += [f"  for {kind} care: {dollars(cents)}" for kind, cents in sums(book.entries, by="kind").items()]
    lines += [f"  days of care with a price: {book.nights:,}; without: {book.nights_without_price:,}"]
    lines += [
        f"  no price, {gap.month:%Y-%m}: {gap.quantity:,} days in {gap.kind} homes ({gap.reason})"
        for gap in book.gaps
    ]
    return lines


def _told_change(priced: "Priced | None", *, on: date) -> list[str]:
    from posada.ledger.minimal_cost import dollars

    if priced is None:
        return []
    saved = priced.cents_saved
    if saved is None:
        answer = "what it would cost is not known: a child who moves has no price"
    else:
        answer = f"{dollars(abs(saved))} a day {'less' if saved >= 0 else 'more'}"
    moved = [f"  {n:,} from {start} to {end}" for (start, end), n in priced.moved.items()]
    left = [f"  {priced.places_left:,} places nobody would take"] if priced.places_left else []
    caution = (
        "  whether such homes can be found, and each move is lawful, a plan answers; this is a price only"
    )
    return ["", f"With the change, on {on}: {answer}", *(moved or ["  nobody moves"]), *left, caution]


def _as_json(book: "Book", priced: "Priced | None") -> dict[str, Any]:
    from dataclasses import asdict

    entries = [{**asdict(e), "day": e.day.isoformat(), "corrects": None} for e in book.entries]
    told: dict[str, Any] = {
        "from": book.first.isoformat(),
        "to": book.last.isoformat(),
        "cents_by_payer": book.by_payer(),
        "cents_per_child_day": book.per_child_day,
        "days_with_price": book.nights,
        "days_without_price": book.nights_without_price,
        "gaps": [{**asdict(gap), "month": f"{gap.month:%Y-%m}"} for gap in book.gaps],
        "entries": entries,
    }
    if priced is not None:
        told["what_if"] = {
            "cents_a_day_before": priced.before.cents,
            "cents_a_day_after": priced.after.cents,
            "cents_saved": priced.cents_saved,
            "moved": [{"from": start, "to": end, "children": n} for (start, end), n in priced.moved.items()],
            "places_left": priced.places_left,
            "children_without_price": priced.after.without_price,
        }
    return told
