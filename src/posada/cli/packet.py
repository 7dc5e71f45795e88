"""`posada packet`: build an exhibit packet from a folder, and check one against the rules of packets.

Docs: docs/reference/commands.md. Tests: tests/cli/test_packet.py.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posada.cli.refusals import NothingDone
from posada.cli.status import DONE, NOTHING_DONE, SOME_INPUT_REFUSED
from posada.cli.streams import progress, say, write, write_json

if TYPE_CHECKING:
    from posada.packets.build import Built
    from posada.packets.finding import Finding

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_LIBRARIES = ("pikepdf", "pypdfium2", "PIL", "pi_heif", "typst")


@app.callback()
def _packet() -> None:
    """Exhibit packets: build one from a folder, check one against the rules."""


@app.command("build")
def build(
    folder: Annotated[
        Path, typer.Argument(help="The packet's folder, with packet.toml.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The PDF to write.", show_default=False)],
    draft: Annotated[
        bool, typer.Option("--draft", help="Put a page that says so in place of each unusable exhibit.")
    ] = False,
    upload_mb: Annotated[
        float | None,
        typer.Option("--upload-mb", metavar="MB", min=0.1, help="What one upload may hold, in megabytes."),
    ] = None,
    recognize: Annotated[
        bool, typer.Option("--recognize/--no-recognize", help="Read pictures with Tesseract, if it is there.")
    ] = True,
) -> None:
    """Build the packet: cover, contents, tabs, numbers, certificates, proof of service.

    Nothing is written unless every exhibit can be used; each file that cannot is named with the reason.
    """
    with _libraries():
        from posada.packets.build import build_packet
        from posada.packets.errors import ExhibitsUnusable, PacketFolderBad, PacketNotWritten

        tool = shutil.which("tesseract") if recognize else None
        try:
            with progress() as doing:
                built = build_packet(
                    folder,
                    out,
                    draft=draft,
                    recognizer=Path(tool) if tool else None,
                    upload_bytes=None if upload_mb is None else round(upload_mb * 1_000_000),
                    doing=doing,
                )
        except ExhibitsUnusable as error:
            say(*(each.sentence() for each in error.problems), "Nothing was written.")
            raise typer.Exit(SOME_INPUT_REFUSED) from None
        except PacketFolderBad as error:
            say(*(each.sentence() for each in error.problems), "Nothing was written.")
            raise typer.Exit(NOTHING_DONE) from None
        except PacketNotWritten as error:
            raise NothingDone(str(error)) from None
    _tell(built)
    raise typer.Exit(SOME_INPUT_REFUSED if built.missing else DONE)


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="A packet, as a PDF.", show_default=False)],
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Say which rule of packets holds and which does not, with page and citation."""
    with _libraries():
        from posada.packets.check import check_packet
        from posada.packets.errors import PacketUnreadable

        try:
            with progress() as doing:
                doing("Reading the packet")
                found = check_packet(file)
        except PacketUnreadable as error:
            raise NothingDone(str(error)) from None
    if json:
        write_json([asdict(each) for each in found])
    else:
        write("".join(f"{_line(each)}\n" for each in found))
    broken = sum(each.holds is False for each in found)
    look = sum(each.holds is None for each in found)
    say(
        f"{len(found)} rules: {broken} broken, {look} for a person to look at. Information, not legal advice."
    )
    raise typer.Exit(SOME_INPUT_REFUSED if broken else DONE)


@contextmanager
def _libraries() -> Iterator[None]:
    """Say in one line what is missing where the libraries of packets are not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        message = (
            f"Packets need libraries that are not installed ({error.name}): pip install 'posada[packets]'."
        )
        raise NothingDone(message) from None


def _line(each: "Finding") -> str:
    word = {True: "holds", False: "BROKEN", None: "look"}[each.holds]
    where = f" (page {each.page})" if each.page is not None else ""
    return f"{word:7} {each.rule}{where}: {each.message} [{each.citation}]"


def _tell(built: "Built") -> None:
    say(*built.notes)
    if built.missing:
        say("This is a draft, not a packet to file. It lacks:")
        say(*(f"  {each.sentence()}" for each in built.missing))
    whole = built.packet
    say(f"{whole.path}: pages 1–{whole.last}, {whole.size / 1_000_000:.1f} MB.{_room(built)}")
    for each in built.parts:
        say(f"{each.path}: pages {each.first}–{each.last}, {each.size / 1_000_000:.1f} MB.")
    together = sum(each.size for each in built.parts) or whole.size
    if built.envelope_bytes is not None and together > built.envelope_bytes:
        say(f"One filing takes {built.envelope_bytes / 1_000_000:g} MB in all: make several filings.")


def _room(built: "Built") -> str:
    if built.limit_bytes is None:
        return ""
    limit = f"{built.limit_bytes / 1_000_000:g} MB"
    if built.parts:
        return f" One upload takes {limit}: upload the parts."
    return (
        f" One upload takes {limit}; {(built.limit_bytes - built.packet.size) / 1_000_000:.1f} MB are left."
    )
