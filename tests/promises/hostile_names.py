"""Names that lead elsewhere, and a watch that sees whether anything outside of a folder is opened or written.

Comes in: how many names are wanted, and the path of a canary. Goes out: names of every kind, always the same ones.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

MARK = "CANARY-OUTSIDE-7Q4"
"""Stands in every canary, and nowhere else."""
INJECTED = "X-Injected"

UPWARDS = (
    *("../", "..\\", "./../", "a/../../", "....//", "..;/", "..//", ".././", "%2e%2e/", "%2e%2e%2f", "..%2f"),
    *(
        "..%5c",
        "%252e%252e%252f",
        "..%c0%af",
        "%u002e%u002e/",
        "&#46;&#46;/",
        "．．/",
        "．．／",
        "․․/",
        "..∕",
    ),
    *("..⁄", "..／", "..＼", "..\u200b/", ".\u200d./", "..\u00ad/", ". ./", ".. /", "..\t/"),
)
FROM_ABOVE = (
    *(
        "{root}/",
        "/{root}/",
        "file://{root}/",
        "FILE:{root}/",
        "C:{root}/",
        "c:\\",
        "C:..\\",
        "\\\\server\\share\\",
    ),
    *("//server/share/", "\\\\?\\C:\\", "\\\\.\\C:\\", "\\", "/", "~/", "~root/", "/proc/self/root{root}/"),
    *(
        "/proc/self/cwd/",
        "/dev/fd/0/",
        "%2f",
        "%5c",
        "／",
        "＼",
        "∕",
        "\u202e{root}/",
        " {root}/",
        "\ufeff{root}/",
    ),
)
ENDS = (
    *(
        "",
        ".",
        " ",
        ". .",
        "\0",
        "\0.pdf",
        "%00",
        "%00.pdf",
        "/",
        "/.",
        "\\",
        "::$DATA",
        ":stream",
        "?x",
        "#x",
        "*",
    ),
    *(
        "|",
        "<b>",
        ";",
        "'",
        "\u202efdp.exe",
        "\u200b",
        "\x1b[2J",
        "\u2028x",
        "\x85x",
        "é",
        "e\u0301",
        "\ufe0f",
    ),
    *(
        f"\r\n{INJECTED}: yes",
        f"\n{INJECTED}: yes",
        f"%0d%0a{INJECTED}:%20yes",
        f"\u560d\u560a{INJECTED}: yes",
    ),
    *('"', '"; filename="run.html', "; filename*=UTF-8''run.html", f"=?utf-8?q?=0D=0A{INJECTED}:_yes?="),
)
ALONE = (
    *(
        "",
        ".",
        "..",
        "...",
        " ",
        "~",
        "-rf",
        "--out=x",
        "CON",
        "con.pdf",
        "NUL",
        "nul.csv",
        "AUX.",
        "COM1.pdf",
        "LPT9",
    ),
    *(
        "PRN .pdf",
        "COM¹",
        "CLOCK$",
        ".htaccess",
        ".git/config",
        "CHILDREN.CSV",
        "Programme.TOML",
        "keys.toml",
    ),
    *(
        "KEYS.TOML",
        "ｋeys.toml",
        "keys．toml",
        "K\u0435ys.toml",
        "office.sqlite3-wal",
        "$(id)",
        "`id`",
        "${HOME}",
    ),
    *(
        "|id",
        ";id",
        "&id",
        "%n%s",
        "{0.__class__}",
        "{{7*7}}",
        "/dev/zero",
        "/dev/stdin",
        "/dev/random",
        "/etc/passwd",
    ),
    *(
        "/proc/self/environ",
        "/proc/self/mem",
        "a" * 255,
        "a" * 256,
        "a" * 5_000,
        "é" * 200,
        "😀" * 100,
        "../" * 900,
    ),
    *(
        "a/" * 900,
        "\u0301",
        "\u202e",
        "\u2066x\u2069",
        "\0",
        "\n",
        "\r",
        "\t",
        "\x7f",
        "\ud7ff",
        "\ufffe",
        "ﬁle.pdf",
    ),
)


def hostile_names(count: int, *, canary: Path) -> list[str]:
    """So many different names, the short ones first, then ways to the canary from every kind evenly."""
    root, name = str(canary.parent), canary.name
    near = f"{canary.parent.name}/{name}"
    starts = [up * depth + near for up in UPWARDS for depth in (1, 2, 3, 5, 9)]
    starts += [each.format(root=root) + name for each in FROM_ABOVE]
    ways = [start + end for start, end in product(starts, ENDS)]
    wanted = max(0, count - len(ALONE))
    step = len(ways) / max(1, wanted)
    found = [*ALONE, *(ways[int(number * step)] for number in range(wanted))]
    assert len(set(found)) == len(found)
    return found[:count] if count >= len(ALONE) else found


@dataclass
class Watched:
    """What was seen. `touched`: calls on a path outside; `written`: files opened for writing where none may be."""

    outside: Path
    may_write: tuple[Path, ...]
    touched: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)


_watched: list[Watched] = []
_has_hook = False
_ON_PATHS = ("open", "os.listdir", "os.scandir", "os.truncate")
"""Calls that follow a link at the end of their path."""
_ON_ENTRIES = ("os.mkdir", "os.rename", "os.remove", "os.symlink", "os.link")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def _hook(event: str, words: tuple[Any, ...]) -> None:
    if not _watched or event not in (*_ON_PATHS, *_ON_ENTRIES):
        return
    watched = _watched.pop()  # what is asked here is not looked at itself
    try:
        is_writing = event in (*_ON_ENTRIES, "os.truncate") or (
            event == "open" and isinstance(words[2], int) and bool(words[2] & _WRITES)
        )
        paths = (
            words[1:2] if event == "os.symlink" else words[: 2 if event in ("os.rename", "os.link") else 1]
        )
        for path in (os.fsdecode(each) for each in paths if isinstance(each, str | bytes | os.PathLike)):
            within = words[1] if event == "os.remove" and isinstance(words[1], int) else -1
            start = Path(f"/proc/self/fd/{within}").readlink() if within >= 0 else Path.cwd()
            folder, name = os.path.split(Path(start, path))
            is_entry = event in _ON_ENTRIES
            real = Path(os.path.realpath(folder), name) if is_entry else Path(os.path.realpath(path))
            if real.is_relative_to(watched.outside):
                watched.touched.append(f"{event} {path!r}")
            if is_writing and not _may_be(real, watched):
                watched.written.append(f"{event} {path!r}")
    except (ValueError, OSError):
        pass  # a path that no system takes
    finally:
        _watched.append(watched)


def _may_be(real: Path, watched: Watched) -> bool:
    """Whether a file may be written: where the door keeps what it takes, or for a moment in the system's place."""
    here = watched.outside.parent
    if any(real.is_relative_to(each) or each.is_relative_to(real) for each in watched.may_write):
        return True
    return real.is_relative_to(tempfile.gettempdir()) and not real.is_relative_to(here)


@contextmanager
def watch(outside: Path, *, may_write: tuple[Path, ...]) -> Iterator[Watched]:
    """Look at every file that this process opens, by Python's own auditing; compare the outside before and after."""
    global _has_hook
    if not _has_hook:
        sys.addaudithook(_hook)
        _has_hook = True
    before = state_of(outside.parent, without=may_write)
    watched = Watched(outside, (*may_write, Path("/dev/null")))
    _watched.append(watched)
    try:
        yield watched
    finally:
        _watched.clear()
    assert state_of(outside.parent, without=may_write) == before


def state_of(folder: Path, *, without: tuple[Path, ...]) -> dict[str, str]:
    """Every file of a folder with its digest, but those of some folders within it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if not any(path.is_relative_to(each) for each in without):
            told = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"
            found[str(path.relative_to(folder))] = told
    return found


def multipart(fields: dict[str, str], files: list[tuple[str, str, bytes]]) -> tuple[bytes, str]:
    """A body as a hostile browser writes it: names go in as they are. Files: (field, name, content)."""
    edge, parts = "x" * 8 + "edge" + "x" * 8, []
    for key, value in fields.items():
        parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode())
    for number, (key, name, content) in enumerate(files):
        raw = name.encode("utf-8", "surrogatepass")
        told = b'filename="' + raw.replace(b'"', b'\\"') + b'"'
        if number % 2 or len(name) % 3 == 0:  # the other way to say it
            told = b"filename*=UTF-8''" + b"".join(b"%%%02X" % each for each in raw)
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{key}"; '.encode()
        parts.append(head + told + b"\r\nContent-Type: application/pdf\r\n\r\n" + content + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
