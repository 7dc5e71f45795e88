"""Have pictures read where the program for it is installed, and say which pages stay without text.

Comes in: the exhibits' pages. Goes out: notes; the pages themselves are completed where they are.
Docs: docs/how-to/build-a-packet.md. Tests: tests/packets/test_recognize.py.
"""

from collections.abc import Callable
from pathlib import Path

from posada.packets.exhibit_files import ExhibitFiles, languages
from posada.packets.folder import PacketRead
from posada.packets.located import NotUsable
from posada.packets.workshop import Workshop

SECONDS_A_PAGE = 30.0


def recognize_pictures(
    read: PacketRead,
    files: ExhibitFiles,
    *,
    workshop: Workshop,
    tool: Path | None,
    doing: Callable[[str], None],
) -> list[str]:
    """Lay letters over pages that are pictures; what could not be done, one sentence each."""
    if tool is None:
        return []
    notes = []
    for file, language, tab in languages(read, files):
        doing(f"Reading the pictures of Tab {tab}")
        job = {"do": "recognize", "path": str(file.path), "tool": str(tool), "language": language}
        try:
            found = workshop.ask(job, seconds=60.0 + SECONDS_A_PAGE * file.pages)
        except NotUsable as refused:
            notes.append(f"Tab {tab}: {refused.reason}; its pictures stay without text.")
            continue
        if found["pictures"] > found["read"]:
            count = found["pictures"] - found["read"]
            notes.append(f"Tab {tab}: no letters were found on {count} page{'s' if count > 1 else ''}.")
        if found["read"] and found["language"] != language:
            notes.append(f"Tab {tab}: its letters were read as {found['language']}, for want of {language}.")
    return notes
