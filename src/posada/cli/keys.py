"""`posada keys list|new|reseal|retire`: the keys that seal, changed by two persons while the office goes on.

Docs: docs/how-to/change-keys.md. Tests: tests/cli/test_keys.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from posada.cli.office_start import refusals_told, start_office
from posada.cli.refusals import NothingDone
from posada.cli.status import SOME_INPUT_REFUSED
from posada.cli.streams import progress, say, write, write_json

if TYPE_CHECKING:
    from posada.office.access.models import Approval

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
Folder = Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder of the office.")]
Agreed = Annotated[
    str, typer.Option("--approval", help="The id of the request, from the page of keys.", show_default=False)
]


@app.callback()
def _group() -> None:
    """The keys that seal what the office keeps: their ages, a new one, and an old one taken away."""


@app.command("list")
def list_keys(
    data: Folder = Path("demo"),
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """Print the sealing keys by their public numbers, newest first, and what each still seals. No key is shown."""
    start_office(data)
    from posada.office.access.key_asking import known_keys
    from posada.web.operating.key_change import still_needing, told

    with progress() as doing, refusals_told():
        doing("Counting what each key seals")
        found = [(each, still_needing(each.number)) for each in known_keys()]
    if json:
        write_json(
            [{**asdict(each), "since": str(each.since), "needed_by": needed} for each, needed in found]
        )
        return
    for each, needed in found:
        does, since = "seals" if each.seals else "opens", f"{each.since:%Y-%m-%d}" if each.since else "?"
        write(f"{each.number}  {does}  since {since}  {told(needed) or 'nothing'}\n")


@app.command("new")
def new(
    approval: Agreed,
    data: Folder = Path("demo"),
    print_list: Annotated[
        bool,
        typer.Option("--print", help="Print the new list of sealing keys instead of writing the key file."),
    ] = False,
) -> None:
    """Draw a key that seals from now on, for a request that two administrators agreed to. Old keys go on opening."""
    start_office(data)
    from posada.office.access.actor import actor_of
    from posada.web.operating.key_change import new_key

    with refusals_told(), _unwritten_told():
        found = _asked(approval)
        made = new_key(actor_of(found.asked_by), found, write=not print_list)
    if print_list:
        write(f"{made.listed}\n")
        say("Set these as the sealing keys, newest first, and start `posada serve` again.")
    else:
        say(f"{made.number}: this key seals from now on. Put a copy of the key file into the safe.")
    say(f"Next: `posada keys reseal --data {data}`.")


@app.command("reseal")
def reseal(data: Folder = Path("demo")) -> None:
    """Seal everything with the newest key and rebuild look-up hashes, while people work.

    Killed, it goes on where it was. Status 1 where no key opens something, or something is sealed with another anew.
    """
    start_office(data)
    from posada.office.access.resealing import reseal as seal_all_again
    from posada.web.operating.key_change import end_reseal, may_reseal

    with progress() as doing, refusals_told():
        may_reseal()
        done = seal_all_again(doing)
        end_reseal(done)
    say(
        f"Sealed again: {done.rows:,} values and {done.files:,} documents. "
        f"Look-up hashes rebuilt: {done.look_ups:,}."
    )
    if done.unreadable:
        say(f"No key of this office opens {done.unreadable:,} of them: they were left as they are.")
    if not done.is_whole:
        say("Somebody seals with another key than the newest: start `posada serve` again, then this.")
    if done.unreadable or not done.is_whole:
        raise typer.Exit(SOME_INPUT_REFUSED)


@app.command("retire")
def retire(
    approval: Agreed,
    out: Annotated[
        Path,
        typer.Option(
            "--out", help="The new file for the old key: backups made before need it.", show_default=False
        ),
    ],
    data: Folder = Path("demo"),
) -> None:
    """Take an old key away, for a request that two administrators agreed to; refused while anything needs it."""
    start_office(data)
    from posada.office.access.actor import actor_of
    from posada.web.operating import key_change

    with progress() as doing, refusals_told(), _unwritten_told():
        doing("Looking for what still needs the key")
        found = _asked(approval)
        needed = key_change.retire(actor_of(found.asked_by), found, out=out)
    if needed:
        raise NothingDone(
            f"The key is still needed: {key_change.told(needed)}.", f"Run `posada keys reseal --data {data}`."
        )
    say(
        f"{out}: the old key, which this office does not need any more. Keep it with the backups made before."
    )
    if not key_change.is_in_a_file():
        say("Take it out of the list of sealing keys, and start `posada serve` again.")


def _asked(approval: str) -> "Approval":
    """The request. Raises NothingDone."""
    from posada.office.access.key_asking import ACT
    from posada.office.access.models import Approval

    try:
        pk = UUID(approval)
    except ValueError:
        raise NothingDone("This is no id of an approval.") from None
    found = Approval.objects.filter(pk=pk, act=ACT).select_related("asked_by").first()
    if found is None:
        raise NothingDone("There is no such approval.")
    return found


@contextmanager
def _unwritten_told() -> Iterator[None]:
    """A key file that could not be written becomes a line."""
    from posada.web.key_file import KeysNotWritten

    try:
        yield
    except KeysNotWritten as error:
        raise NothingDone(str(error)) from None
