"""What a process asks of the disk, in order: every write, size, sync and name, as the system was asked for it.

Comes in: a command, and the folders that matter. Goes out: operations on files beneath them, with their bytes. The
process is watched by `strace` (tests/install-programs) and knows nothing of it: it is the program that is shipped,
with its own SQLite and its own settings. Sizes and places are those of the system's own answers.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    "?open,openat,?creat,pwrite64,pwritev,write,writev,ftruncate,?truncate,fsync,fdatasync,?rename,renameat,renameat2,"
    "?unlink,unlinkat,?mkdir,mkdirat,?rmdir,fallocate,?link,linkat,copy_file_range,lseek"
)
MOST_OF_ONE = "200000000"  # bytes of one write that are kept
LINE = re.compile(r"(\d+) +(.*)")
ANSWERED = re.compile(r"(\w+)\((.*)\) += (-?\d+)(?:<([^>]*)>)?.*")
TEXT, NUMBER, OPENED = (
    re.compile(r'"((?:\\x[0-9a-f]{2})*)"'),
    re.compile(r", (\d+)"),
    re.compile(r"<([^>]*)>"),
)
UNKNOWN = {"pwritev", "writev", "fallocate", "link", "linkat", "copy_file_range", "truncate", "rmdir"}
"""Calls that the disk of tests/promises/power_cuts.py does not know: it refuses a program that makes one."""
SHARED = "-shm"
"""SQLite's shared memory: it is made anew when nobody has the file open, and is never synced."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One call that was answered well. `kind`: write, size, sync, make, rename, remove, folder."""

    kind: str
    path: str
    at: int = 0
    content: bytes = b""
    to: str = ""


def record(
    command: Sequence[str], *, into: Path, beneath: Sequence[Path], told: dict[str, str]
) -> list[Operation]:
    """Run a command to its end and give what it asked of files beneath these folders."""
    watched = ["strace", "-f", "-qq", "-y", "-xx", "-s", MOST_OF_ONE, "-e", "signal=none", "--seccomp-bpf"]
    ran = subprocess.run(
        [*watched, "-e", f"trace={CALLS}", "-o", str(into), "--", *command],
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    folders = tuple(f"{each.resolve()}/" for each in beneath)
    return [
        each for each in _read(into) if f"{each.path}/".startswith(folders) and not each.path.endswith(SHARED)
    ]


def _read(log: Path) -> Iterator[Operation]:
    """Every operation. A call that was interrupted by that of another thread stands where it was answered."""
    begun: dict[str, str] = {}
    places: dict[tuple[str, str], int] = {}
    with log.open(encoding="ascii") as lines:
        for line in lines:
            found = LINE.fullmatch(line.rstrip("\n"))
            assert found, line[:200]
            process, says = found[1], found[2]
            if says.endswith("<unfinished ...>"):
                begun[process] = says.removesuffix("<unfinished ...>").rstrip()
                continue
            if resumed := re.match(r"<\.\.\. \w+ resumed>", says):
                says = begun.pop(process) + says[resumed.end() :]
            answered = ANSWERED.fullmatch(says)
            if answered and int(answered[3]) >= 0:
                yield from _operations(answered, places)


def _operations(answered: re.Match[str], places: dict[tuple[str, str], int]) -> Iterator[Operation]:
    name, words, number = answered[1], answered[2], int(answered[3])
    if name in {"open", "openat", "creat"}:
        yield from _opened(words, path=_text(answered[4] or ""), number=number, places=places)
        return
    first, texts = OPENED.search(words), [_text(each) for each in TEXT.findall(words)]
    path = _text(first[1]) if first else ""
    if name in {"pwrite64", "write"}:
        content = _bytes(TEXT.findall(words)[0])[:number]
        key = (words.partition("<")[0], path)
        at = int(NUMBER.findall(words)[-1]) if name == "pwrite64" else places.get(key, 0)
        if name == "write":
            places[key] = at + number
        yield Operation("write", path, at, content)
    elif name == "lseek":
        places[(words.partition("<")[0], path)] = number
    elif name == "ftruncate":
        yield Operation("size", path, int(NUMBER.findall(words)[-1]))
    elif name in {"fsync", "fdatasync"}:
        yield Operation("sync", path)
    elif name in {"rename", "renameat", "renameat2"}:
        yield Operation("rename", _whole(texts[0]), to=_whole(texts[1]))
    elif name in {"unlink", "unlinkat"}:
        yield Operation("remove", _whole(texts[0]))
    elif name in {"mkdir", "mkdirat"}:
        yield Operation("folder", _whole(texts[0]))
    elif name in UNKNOWN:
        yield Operation(name, path or _whole(texts[0]))


def _opened(words: str, *, path: str, number: int, places: dict[tuple[str, str], int]) -> Iterator[Operation]:
    """A file that is opened may be made, or emptied, by that."""
    places[(str(number), path)] = 0
    if "O_CREAT" in words:
        yield Operation("make", path)
    if "O_TRUNC" in words:
        yield Operation("size", path, 0)


def _bytes(hexadecimal: str) -> bytes:
    return bytes.fromhex(hexadecimal.replace("\\x", ""))


def _text(hexadecimal: str) -> str:
    return os.fsdecode(_bytes(hexadecimal)) if "\\x" in hexadecimal else hexadecimal


def _whole(path: str) -> str:
    """A path from the root: nothing here is named from elsewhere; what would be is no file of an office."""
    return path if path.startswith("/") else f"/elsewhere/{path}"
