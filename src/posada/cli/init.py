"""`posada init`: make an office, or bring one up to date.

Docs: docs/how-to/run-the-office.md. Tests: tests/cli/test_init.py.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from posada.cli.office_start import finish_newsroom, refusals_told, require_office, start_office
from posada.cli.refusals import NothingDone
from posada.cli.streams import progress, say, write


def init(
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="The folder of the office.", show_default=False),
    ] = None,
    keys_beside: Annotated[
        bool,
        typer.Option("--keys-beside", help="Draw keys and keep them in the folder: for one machine only."),
    ] = False,
    print_keys: Annotated[
        bool, typer.Option("--print-keys", help="Print new keys, and do nothing else.")
    ] = False,
    newsroom: Annotated[
        bool,
        typer.Option("--newsroom/--no-newsroom", help="Make the public site too, or bring it up to date."),
    ] = False,
) -> None:
    """Make the folder and the database of an office, or bring them up to date after an upgrade.

    Keys come from the environment or from the file that POSADA_KEY_FILE names.
    """
    require_office()
    from posada.web.deployment import (
        DEPLOYMENT_FILE,
        DeploymentUnusable,
        make_deployment,
        new_keys,
        require_keys,
    )

    if print_keys:
        write(new_keys())
        return
    if data is None:
        raise NothingDone("Say where the office is to live: --data DIR.")
    is_new = not (data / DEPLOYMENT_FILE).is_file()
    if is_new:
        if not keys_beside:
            try:
                require_keys(data, environment=os.environ)
            except DeploymentUnusable as error:
                raise NothingDone(str(error)) from None
        make_deployment(data, demonstration=False, keys_beside=keys_beside)
    with progress() as doing:
        doing("Preparing the office")
        deployment = start_office(data)
        from posada.web.operating.newsroom import newsroom_is_installed, start_preparing
        from posada.web.operating.preparing import prepare

        with refusals_told():
            prepare()
        if newsroom and newsroom_is_installed():
            doing("Preparing the public site")
            finish_newsroom(start_preparing(deployment, with_stories=False))
    say(f"{data}: {'the office is ready' if is_new else 'the office is up to date'}.")
    say(f"Next: `posada accounts --data {data} --new-administrator NAME`, then `posada serve --data {data}`.")
