"""`posada editors`: who works at the newsroom's desk. Accounts are made here, on the server, and nowhere else.

Docs: docs/reference/office-commands.md. Tests: tests/cli/test_editors.py.
"""

import json as to_json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from posada.cli.office_start import require_office
from posada.cli.refusals import NothingDone
from posada.cli.streams import say, write, write_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SECRETS = ("password", "totp_secret")
"""What a demonstration keeps of the accounts it came with."""


def editors(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder of the office.")] = Path(
        "demo"
    ),
    add: Annotated[
        str, typer.Option("--add", metavar="NAME", help="Make an account; prints a link that works once.")
    ] = "",
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help="editor (writes) or second-reader (publishes).")
    ] = "editor",
    new_link: Annotated[
        str,
        typer.Option(
            "--new-link", metavar="NAME", help="A new way in; the password and the second factor go."
        ),
    ] = "",
    remove: Annotated[
        str, typer.Option("--remove", metavar="NAME", help="Shut an account; what it wrote stays.")
    ] = "",
    code: Annotated[
        str,
        typer.Option("--code", metavar="NAME", help="Of a demonstration: the code that is asked for now."),
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """List who works at the newsroom's desk, make an account, give a new way in, or shut one.

    Of a demonstration the list has passwords and secrets; a real newsroom keeps neither.
    """
    require_office()
    from posada.web.apart import newsroom_of

    folder = newsroom_of(data)
    if folder is None:
        raise NothingDone(f"{data}: no newsroom is here. `posada init --newsroom` makes one.")
    if sum(map(bool, (add, new_link, remove, code))) > 1:
        raise NothingDone("Say one of --add, --new-link, --remove and --code.")
    if code:
        write(f"{_asked(folder, 'code', code)}\n")
    elif remove:
        _asked(folder, "remove", remove)
        say(f"{remove} can no longer sign in.")
    elif add or new_link:
        path = _asked(folder, "add", add, role) if add else _asked(folder, "link", new_link)
        write(f"{path}\n")
        say(
            "Open this path at the site's address: it works once, for three days. Next comes the second factor."
        )
    else:
        kept = _with_secrets(_asked(folder, "list"), folder=folder)
        if json:
            write_json(kept)
        else:
            write("".join(f"{line}\n" for line in _table(kept)))


def _asked(folder: Path, *words: str) -> Any:
    from posada.web.operating.newsroom import NewsroomNotPrepared, ask_desk

    try:
        return ask_desk(folder, *words)
    except NewsroomNotPrepared as error:
        raise NothingDone(str(error)) from None


def _with_secrets(listed: list[dict[str, Any]], *, folder: Path) -> list[dict[str, Any]]:
    """The accounts that there are; in a demonstration each with the password and secret that are kept of it."""
    path = folder / "accounts.json"
    if not path.is_file():
        return listed
    kept = {each["username"]: each for each in to_json.loads(path.read_text(encoding="utf-8"))}
    return [
        {**each, **{name: kept.get(each["username"], {}).get(name, "") for name in SECRETS}}
        for each in listed
    ]


def _table(kept: "Sequence[Mapping[str, Any]]") -> list[str]:
    if not kept:
        return []
    names = list(kept[0])
    rows = [names, *([str(each[name]) for name in names] for each in kept)]
    wide = [max(len(row[at]) for row in rows) for at in range(len(names))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip() for row in rows
    ]
