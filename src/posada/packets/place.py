"""Where a packet goes: what may be replaced there, and all of its files put there or none.

Docs: docs/how-to/build-a-packet.md. Tests: tests/packets/test_build.py.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from posada.packets.errors import PacketNotWritten
from posada.packets.packet import Packet
from posada.programme.atomic import put_files_in_place


def check_place(out: Path, *, folder: Path, packet: Packet) -> None:
    """Whether a packet may be put at `out`. Raises PacketNotWritten.

    A PDF that is there is replaced; anything else, and the packet's own exhibits, never.
    """
    if not out.parent.is_dir():
        raise PacketNotWritten(f"{out}: the folder {out.parent} is not there.")
    if out.is_dir():
        raise PacketNotWritten(f"{out}: this is a folder; give the name of a file.")
    sources = [source for each in packet.exhibits for source in (*each.sources, *each.translation)]
    if out.exists() and any(out.samefile(source.path) for source in sources if source.path.exists()):
        raise PacketNotWritten(f"{out}: this is one of the packet's own exhibits; choose another name.")
    if out.exists() and not _is_pdf(out):
        raise PacketNotWritten(f"{out}: this is there already and is no PDF, so it is not replaced.")


def part_place(out: Path, number: int) -> Path:
    """The file of a part, numbered from 1, beside the packet.

    >>> part_place(Path("out/packet.pdf"), 2).as_posix()
    'out/packet-part-2.pdf'
    """
    return out.with_name(f"{out.stem}-part-{number}{out.suffix}")


def put(files: Mapping[Path, Path], *, out: Path) -> None:
    """Put the finished files at their places; parts that an earlier, larger packet left there are removed.

    Raises PacketNotWritten, after which no half-written file is there.
    """
    for place in files:
        if place != out and place.exists() and not _is_pdf(place):
            raise PacketNotWritten(f"{place}: this is there already and is no PDF, so it is not replaced.")
    try:
        put_files_in_place(files)
    except OSError as error:
        raise PacketNotWritten(f"{out}: it cannot be written: {error.strerror}.") from error
    mine = re.compile(re.escape(out.stem) + r"-part-[1-9]\d*" + re.escape(out.suffix))
    for each in sorted(out.parent.iterdir()):
        if mine.fullmatch(each.name) and each not in files and each.is_file() and _is_pdf(each):
            each.unlink()


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return path.is_file() and b"%PDF-" in stream.read(1024)
    except OSError:
        return False
