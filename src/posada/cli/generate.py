"""`posada generate`: a synthetic program folder, drawn from the published shares.

Docs: docs/reference/commands.md. Tests: tests/cli/test_generate.py.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from posada.cli.refusals import NothingDone
from posada.cli.streams import console, progress

MOST_CHILDREN = 1_000_000
DEFAULT_SEED = 2014


class Scope(StrEnum):
    """Where the program is."""

    maryland = "maryland"
    national = "national"


def generate(
    scope: Annotated[Scope, typer.Option("--scope", help="Where the program is.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="The folder to write.", show_default=False)],
    children: Annotated[
        int | None,
        typer.Option(
            "--children", min=1, max=MOST_CHILDREN, help="How many; the published count if not given"
        ),
    ] = None,
    kin_share: Annotated[
        float | None,
        typer.Option("--kin-share", min=0.0, max=1.0, help="Share of sibling groups with kin to go to."),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", min=0, max=2**31 - 1, help="The same seed gives the same program.")
    ] = DEFAULT_SEED,
    assumptions: Annotated[
        Path | None, typer.Option("--assumptions", metavar="FILE", help="A TOML file of changed assumptions.")
    ] = None,
) -> None:
    """Write a synthetic program folder: nobody in it exists.

    It is drawn from published shares; ASSUMPTIONS.md in it says what it rests on.
    """
    from posada.demonstration.assumptions import read_assumptions, shipped
    from posada.demonstration.folder import write_folder
    from posada.demonstration.generate import generate as draw

    with progress() as doing:
        doing("Drawing the program")
        used = shipped() if assumptions is None else read_assumptions(assumptions)
        try:
            program = draw(
                scope=scope.value, children=children, kin_share=kin_share, seed=seed, assumptions=used
            )
        except ValueError as error:
            raise NothingDone(f"{error}".rstrip(".") + ".") from error
        doing("Writing")
        write_folder(program, out, assumptions=used)
    console().print(
        f"{out}: {len(program.children):,} children, {len(program.homes):,} homes, "
        f"{len(program.counsel):,} counsel. All synthetic; see {out / 'ASSUMPTIONS.md'}",
        soft_wrap=True,
    )
