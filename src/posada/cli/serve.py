"""`posada serve`: the office in a browser, with its worker.

Docs: docs/how-to/run-the-office.md. Tests: tests/cli/test_serve.py.
"""

from pathlib import Path
from typing import Annotated

import typer

from posada.cli.office_start import require_office
from posada.cli.refusals import NothingDone
from posada.cli.streams import say


def serve(
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="The folder of the office.", show_default=False)
    ],
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The office's port; 0 takes one that is free.")
    ] = 8000,
    public_port: Annotated[
        int | None,
        typer.Option(
            "--public-port", min=0, max=65535, help="The public site's port; the next one by default."
        ),
    ] = None,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen at; a demonstration only at this machine's.")
    ] = "127.0.0.1",
    processes: Annotated[
        int, typer.Option("--processes", min=1, max=64, help="Web processes; one for each core is enough.")
    ] = 1,
) -> None:
    """Run the office and its worker until stopped (Ctrl-C)."""
    require_office()
    run_office(data, host=host, port=port, public_port=public_port, processes=processes)


def run_office(
    data: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    public_port: int | None = None,
    processes: int = 1,
) -> None:
    """Serve until told to stop. Raises NothingDone where it cannot be served."""
    from posada.web.deployment import DeploymentUnusable
    from posada.web.serving import CannotServe, Site, serve

    site = Site(data=data, host=host, port=port, web_processes=processes, public_port=public_port)
    try:
        serve(
            site,
            tell=lambda address: say(f"The office is at {address} – stop it with Ctrl-C."),
            tell_public=lambda address: say(f"The public site is at {address}"),
        )
    except (CannotServe, DeploymentUnusable) as error:
        raise NothingDone(str(error)) from None
    say("The office has stopped.")
