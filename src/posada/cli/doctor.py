"""`posada doctor`: what is wrong with a deployment, and how to mend it.

Docs: docs/how-to/run-the-office.md. Tests: tests/cli/test_doctor.py.
"""

from pathlib import Path
from typing import Annotated

import typer

from posada.cli.office_start import refusals_told, start_office
from posada.cli.status import SOME_INPUT_REFUSED
from posada.cli.streams import write, write_json


def doctor(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder of the office.")] = Path(
        "demo"
    ),
    json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
    deploy: Annotated[
        bool, typer.Option("--deploy", help="The whole check, which is also the one without this option.")
    ] = False,
) -> None:
    """Say what is wrong with an office's deployment and how to mend each thing; status 1 if anything is."""
    start_office(data)
    from dataclasses import asdict

    from posada.web.operating.doctor import Standing, examine

    with refusals_told():
        found = examine()
    if json:
        write_json([asdict(each) for each in found])
    else:
        for each in found:
            write(f"{each.standing:<6} {each.what}: {each.says}\n")
            if each.mend:
                write(f"       mend: {each.mend}\n")
    if any(each.standing == Standing.WRONG for each in found):
        raise typer.Exit(SOME_INPUT_REFUSED)
