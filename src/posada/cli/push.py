"""`posada push`: keys, topics, sending and numbers of the public site's notifications.

Docs: docs/reference/commands.md. Tests: tests/cli/test_push.py.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from posada.cli.office_start import require_office
from posada.cli.refusals import NothingDone
from posada.cli.streams import say, write, write_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

app = typer.Typer(help="Notifications of the public site.", no_args_is_help=True)
Data = Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder of the office.")]
Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
HERE = Path("demo")


@app.command("keys")
def keys(
    data: Data = HERE,
    new: Annotated[bool, typer.Option("--new", help="Draw keys; needs --contact.")] = False,
    again: Annotated[bool, typer.Option("--again", help="With --new: also where keys are there.")] = False,
    contact: Annotated[
        str, typer.Option("--contact", metavar="ADDRESS", help="mailto: or https:, a real one.")
    ] = "",
    json: Json = False,
) -> None:
    """Show the public key and the contact, or draw keys."""
    if new and not contact:
        raise NothingDone("Say whom push services can reach: --contact mailto:press@your-program.gov.")
    if again and not new:
        raise NothingDone("--again goes with --new.")
    if new:
        told = _asked(data, "new", contact, "again" if again else "")
    else:
        told = _asked(data, "contact", contact) if contact else _asked(data, "keys")
    if json:
        write_json(told)
    else:
        write(f"public key  {told['public_key']}\ncontact     {told['contact']}\n")


@app.command("topics")
def topics(data: Data = HERE, json: Json = False) -> None:
    """How many browsers asked for each topic."""
    _show(_asked(data, "topics"), json=json)


@app.command("send")
def send(
    data: Data = HERE,
    story: Annotated[
        str, typer.Option("--story", metavar="PATH", help="Announce the published story at this path.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say only to how many.")] = False,
    json: Json = False,
) -> None:
    """Send what is due now, each once."""
    told = _asked(data, "send", story, "dry" if dry_run else "")
    if json:
        write_json(told)
    elif told:
        write("".join(f"{name.replace('_', ' ')}: {count}\n" for name, count in told.items()))
    else:
        say("Nothing is due.")


@app.command("stats")
def stats(data: Data = HERE, json: Json = False) -> None:
    """What became of each announcement of the last month."""
    _show(_asked(data, "stats"), json=json)


def _asked(data: Path, *words: str) -> Any:
    require_office()
    from posada.web.apart import newsroom_of
    from posada.web.operating.newsroom import NewsroomNotPrepared, ask_push

    folder = newsroom_of(data)
    if folder is None:
        raise NothingDone(f"{data}: no newsroom is here. `posada init --newsroom` makes one.")
    try:
        return ask_push(folder, *words)
    except NewsroomNotPrepared as error:
        raise NothingDone(str(error)) from None


def _show(rows: "Sequence[Mapping[str, Any]]", *, json: bool) -> None:
    if json:
        write_json(rows)
    elif not rows:
        say("Nothing yet.")
    else:
        lines = [list(rows[0]), *([str(each[name]) for name in rows[0]] for each in rows)]
        wide = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
        for line in lines:
            write("  ".join(c.ljust(w) for c, w in zip(line, wide, strict=True)).rstrip() + "\n")
