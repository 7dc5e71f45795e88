"""`posada demo`: the surge of 2014 planned for Maryland, with a synthetic program, in an office on your own machine.

Docs: docs/how-to/run-the-office.md. Tests: tests/cli/test_demo.py.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posada.cli.office_start import finish_newsroom, refusals_told, require_office, start_office
from posada.cli.status import DONE, SOME_INPUT_REFUSED
from posada.cli.streams import progress, say, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from posada.cli.planning import Made

PROGRAM, PLAN, PAGE = "program", "plan", "plan.html"


def demo(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="Where to put it.")] = Path("demo"),
    serve: Annotated[
        bool,
        typer.Option(
            "--serve/--no-serve",
            envvar="POSADA_DEMO_SERVE",
            show_envvar=False,
            help="Run the office when it is prepared; POSADA_DEMO_SERVE=0 in the environment does not either.",
        ),
    ] = True,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The office's port; 0 takes one that is free.")
    ] = 8000,
    newsroom: Annotated[
        bool,
        typer.Option(
            "--newsroom/--no-newsroom",
            envvar="POSADA_DEMO_NEWSROOM",
            show_envvar=False,
            help="Make the public site too, with a story, a clip and an event.",
        ),
    ] = True,
) -> None:
    """Plan the surge of 2014 for Maryland, make its page, and open an office with it.

    The program is synthetic: nobody in it exists. What it rests on stands in program/ASSUMPTIONS.md.
    """
    from posada.cli.planning import Wishes, make_and_write
    from posada.cli.report_of_plan import print_plan

    require_office()
    program = data / PROGRAM
    wishes = Wishes(out=data / PLAN, html=data / PAGE, replace=True)
    with progress() as doing:
        _prepare(program, doing=doing)
        made = make_and_write(program, wishes=wishes, progress=doing)
    print_plan(made, wishes=wishes)
    say(f"Program: {program} (synthetic: nobody in it exists)")
    with progress() as doing:
        _open_office(data, made=made, newsroom=newsroom, doing=doing)
    _tell_sign_ins(data)
    if serve:
        _become_server(data, port=port)
    say(f"Nothing is served: `posada serve --data {data}` runs the office.")
    raise typer.Exit(SOME_INPUT_REFUSED if made.program.rejections else DONE)


def _prepare(program: Path, *, doing: "Callable[[str], None]") -> None:
    """The synthetic program; one that an earlier run has drawn, perhaps changed since, is used as it is."""
    from posada.demonstration.assumptions import shipped
    from posada.demonstration.folder import ASSUMPTIONS_FILE, write_folder
    from posada.demonstration.generate import generate
    from posada.programme import read_program
    from posada.programme.tables import SETTINGS_FILE
    from posada.web.operating.demonstration_people import PEOPLE_FILE, write_people

    if (program / SETTINGS_FILE).is_file():
        say(f"{program} is there already and is planned as it is; delete it to have it drawn anew.")
    else:
        doing("Drawing a synthetic program")
        assumptions = shipped()
        write_folder(generate(scope="maryland", assumptions=assumptions), program, assumptions=assumptions)
    is_ours = (program / ASSUMPTIONS_FILE).is_file()
    if is_ours and not (program / PEOPLE_FILE).exists():
        write_people(program, read_program(program))


def _open_office(data: Path, *, made: "Made", newsroom: bool, doing: "Callable[[str], None]") -> None:
    """Make the office of the demonstration and fill it; one that is there is brought up to date only."""
    import os

    from posada.web.deployment import DATABASE_URL, DEPLOYMENT_FILE, make_deployment

    if not (data / DEPLOYMENT_FILE).is_file():
        url = os.environ.get(DATABASE_URL, "")
        make_deployment(data, demonstration=True, keys_beside=True, database_url=url)
    doing("Preparing the office")
    deployment = start_office(data)
    from posada.web.operating.demonstration import fill, is_filled
    from posada.web.operating.newsroom import newsroom_is_installed, start_preparing
    from posada.web.operating.preparing import prepare

    wanted = newsroom and newsroom_is_installed()
    preparing = start_preparing(deployment, with_stories=True) if wanted else None
    with refusals_told():
        prepare()
        if not is_filled():
            fill(data, program_folder=data / PROGRAM, plan=made.plan, tell=doing)
    if preparing is not None:
        doing("Preparing the public site")
        finish_newsroom(preparing)


def _become_server(data: Path, *, port: int) -> None:
    """Go on as `posada serve`: what planning has loaded is given back to the machine."""
    import os
    import sys

    command = [sys.executable, "-c", "from posada.cli.main import run; run()"]
    sys.stdout.flush()
    os.execv(command[0], [*command, "serve", "--data", str(data), "--port", str(port)])  # noqa: S606


def _tell_sign_ins(data: Path) -> None:
    from posada.cli.accounts import sign_in_lines
    from posada.web.operating.demonstration_accounts import read_accounts

    kept = read_accounts(data)
    write("".join(f"{line}\n" for line in ("Sign in as", *sign_in_lines(kept))))
    say(
        "The office asks for a code besides the password. Give the secret to an authenticator app,",
        f"or ask for the code of the moment: `posada accounts --data {data} --code {kept[0]['username']}`.",
    )
