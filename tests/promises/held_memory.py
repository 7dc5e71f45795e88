"""The most memory that the processes of a served office hold while something is done, beyond what they held."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

EVERY = 0.02  # seconds between two looks for processes that come and go


@dataclass
class Held:
    """Bytes beyond what was held before: of processes that stood, and of those that came."""

    before: dict[int, int] = field(default_factory=dict)
    peaks: dict[int, int] = field(default_factory=dict)

    @property
    def extra(self) -> int:
        """All of them together, as if their peaks had met."""
        return sum(max(0, peak - self.before.get(pid, 0)) for pid, peak in self.peaks.items())


@contextmanager
def watched(root: int) -> Iterator[Held]:
    """Count what a process and all that it starts hold in the block; the kernel's own highest mark, begun anew."""
    held, over = Held(), threading.Event()
    for pid in family(root):
        with suppress(OSError):
            Path(f"/proc/{pid}/clear_refs").write_text("5")
            held.before[pid] = marks(pid)["VmRSS"]
    looking = threading.Thread(target=_look, args=(root, held, over), daemon=True)
    looking.start()
    try:
        yield held
    finally:
        over.set()
        looking.join()
        _note(root, held)


def family(root: int) -> list[int]:
    """A process and all that descends from it."""
    found = [root]
    for pid in found:
        with suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += [int(each) for each in (task / "children").read_text().split()]
    return found


def marks(pid: int) -> dict[str, int]:
    """VmRSS and VmHWM of a process, in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    pairs = (line.split() for line in lines if line.startswith(("VmRSS", "VmHWM")))
    return {each[0].rstrip(":"): int(each[1]) * 1024 for each in pairs}


def _look(root: int, held: Held, over: threading.Event) -> None:
    standing = {each: _words(each) for each in held.before}
    while not over.wait(EVERY):
        _note(root, held, not_yet=set(standing.values()))


def _note(root: int, held: Held, *, not_yet: set[bytes] | frozenset[bytes] = frozenset()) -> None:
    """`not_yet`: between its fork and its own program a child shows the memory and the words of its parent."""
    for pid in family(root):
        with suppress(OSError, KeyError):
            if pid in held.before or _words(pid) not in not_yet:
                held.peaks[pid] = max(held.peaks.get(pid, 0), marks(pid)["VmHWM"])


def _words(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
