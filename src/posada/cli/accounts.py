"""`posada accounts`: the sign-ins of a demonstration, and the first administrator of a real office.

Docs: docs/reference/office-commands.md. Tests: tests/cli/test_accounts.py.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posada.cli.office_start import refusals_told, start_office
from posada.cli.refusals import NothingDone
from posada.cli.streams import say, write, write_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def accounts(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder of the office.")] = Path(
        "demo"
    ),
    demo: Annotated[
        bool, typer.Option("--demo", help="The sign-ins of a demonstration, with passwords and secrets.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    code: Annotated[
        str,
        typer.Option("--code", metavar="USERNAME", help="Print the code that this account is asked for now."),
    ] = "",
    new_administrator: Annotated[
        str,
        typer.Option(
            "--new-administrator", metavar="NAME", help="Make the first administrator, who makes all others."
        ),
    ] = "",
) -> None:
    """List the sign-ins of a demonstration, or make the first administrator of an office.

    Passwords are kept in a demonstration only; of a real office this command shows none.
    """
    deployment = start_office(data)
    if new_administrator:
        _first_administrator(new_administrator)
        return
    if not demo and not code:
        raise NothingDone("Say --demo to list the sign-ins of a demonstration.")
    if not deployment.demonstration:
        raise NothingDone(f"{data} is a real office: its sign-ins are nobody's but their owners'.")
    from posada.web.operating.demonstration_accounts import read_accounts

    kept = read_accounts(data)
    if not kept:
        raise NothingDone(
            f"{data}: there are no sign-ins yet. Run `posada demo --data {data} --no-serve` first."
        )
    if code:
        write(f"{_code_of(code, kept)}\n")
        return
    if json:
        write_json(kept)
        return
    write("".join(f"{line}\n" for line in sign_in_lines(kept)))


def sign_in_lines(kept: "Sequence[Mapping[str, str]]") -> list[str]:
    """The sign-ins as a table whose cells can be copied whole."""
    columns = ("username", "password", "role", "totp_secret")
    rows = [dict(zip(columns, ("username", "password", "role", "TOTP secret"), strict=True)), *kept]
    wide = {column: max(len(row[column]) for row in rows) for column in columns}
    return ["  ".join(row[column].ljust(wide[column]) for column in columns).rstrip() for row in rows]


def _code_of(username: str, kept: "Sequence[Mapping[str, str]]") -> str:
    from posada.web.operating.demonstration_accounts import code_now

    secret = next((each["totp_secret"] for each in kept if each["username"] == username), "")
    if not secret:
        raise NothingDone(f"{username}: no account of the demonstration that is asked for a code.")
    return code_now(secret)


def _first_administrator(name: str) -> None:
    from posada.web.operating.first_administrator import make_first_administrator

    with refusals_told():
        password = make_first_administrator(name)
    write(f"{password}\n")
    say(f"{name} can sign in with this password once, then sets up a second factor and a new password.")
