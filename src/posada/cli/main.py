"""Puts the commands together, and sees to it that no traceback ever reaches a user.

Docs: docs/reference/commands.md. Tests: tests/cli/test_main.py.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from posada import __version__
from posada.cli import (
    accounts,
    audit,
    audit_plan,
    backup,
    check,
    compare,
    demo,
    doctor,
    documents,
    editors,
    explain,
    generate,
    init,
    keys,
    ledger,
    office_export,
    office_import,
    packet,
    plan,
    push,
    recruit,
    report,
    restore,
    rules,
    scenario,
    serve,
    simulate,
    sources,
    why_not,
)
from posada.cli.refusals import DEBUG, lines_for
from posada.cli.status import DONE, INTERRUPTED, NOTHING_DONE
from posada.cli.streams import say, write

app = typer.Typer(
    name="posada",
    help="Who goes where, and with whom as counsel: safe by rule, siblings together, with a proven bound.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # help as plain text: rich's help takes longer to import than all the rest
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        write(f"posada {__version__}\n")
        raise typer.Exit


@app.callback()
def _whole(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Who goes where, and with whom as counsel: safe by rule, siblings together, with a proven bound."""


app.command("plan")(plan.plan)
app.command("check")(check.check)
app.command("explain")(explain.explain)
app.command("why-not")(why_not.why_not)
app.command("recruit")(recruit.recruit)
app.command("compare")(compare.compare)
app.command("scenario")(scenario.scenario)
app.command("audit-plan")(audit_plan.audit_plan)
app.command("simulate")(simulate.simulate)
app.command("ledger")(ledger.ledger)
app.command("generate")(generate.generate)
app.command("demo")(demo.demo)
app.command("init")(init.init)
app.command("serve")(serve.serve)
app.command("import")(office_import.import_folder)
app.command("export")(office_export.export)
app.command("open-export")(office_export.open_export)
app.command("accounts")(accounts.accounts)
app.command("editors")(editors.editors)
app.command("backup")(backup.backup)
app.command("restore")(restore.restore)
app.command("doctor")(doctor.doctor)
app.add_typer(audit.app, name="audit")
app.add_typer(keys.app, name="keys")
app.add_typer(documents.app, name="documents")
app.add_typer(report.app, name="report")
app.add_typer(sources.app, name="data")
app.add_typer(rules.app, name="rules")
app.add_typer(packet.app, name="packet")
app.add_typer(push.app, name="push")


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """The command `posada`. `arguments`: those of the command line if None.

    Always ends by SystemExit, with a status of docs/reference/commands.md.
    """
    try:
        status = app(args=arguments, prog_name="posada", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    except Exception as error:
        status = _refused(error)
    if status == INTERRUPTED:
        say("", "Stopped.")
    sys.exit(status if isinstance(status, int) else DONE)


def _refused(error: Exception) -> int:
    """Say what is wrong: a slip on the command line in the words of the parser, the rest in our own."""
    show = getattr(error, "show", None)
    if show is not None and hasattr(error, "exit_code"):
        show()
        return NOTHING_DONE
    if os.environ.get(DEBUG) == "1":
        traceback.print_exc()
    say(*lines_for(error))
    return NOTHING_DONE
