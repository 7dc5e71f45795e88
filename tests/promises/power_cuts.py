"""A disk that keeps, when its power fails, nothing but what was synced; of the rest, whatever chance gives.

Comes in: operations in order (tests/promises/recorded_writes.py). Goes out: what lies on the disk after a cut. A
block that was written since the last sync of its file may be as it was after any of these writes, each block by
itself: so later writes may be there and earlier ones not. The size may be any of those it had since. A new name, a
name that was changed and one that was taken away may all be forgotten until their folder was synced, in the order of
a file system that keeps a journal; that a file itself was synced does not keep its name.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tests.promises.recorded_writes import Operation

FORGOTTEN, IN_ORDER, ANY_ORDER, TORN = "forgotten", "in order", "any order", "torn"
WAYS = (FORGOTTEN, IN_ORDER, ANY_ORDER, TORN)
PAGE, SECTOR = 4096, 512  # bytes


@dataclass
class File:
    """What of a file is on the disk, and what was asked for since."""

    kept: bytes = b""
    asked: list[Operation] = field(default_factory=list)

    def sync(self) -> None:
        """Everything that was asked for is on the disk."""
        self.kept = _applied(self.kept, self.asked)
        self.asked = []

    def after_cut(self, chance: random.Random, way: str) -> bytes:
        """What lies there when the power is back."""
        if way == FORGOTTEN or not self.asked:
            return self.kept
        until = chance.randint(0, len(self.asked))
        in_order = _applied(self.kept, self.asked[:until])
        if way == IN_ORDER:
            return in_order
        block = PAGE if way == ANY_ORDER else SECTOR
        found = bytearray(self.kept.ljust(len(in_order), b"\0")[: len(in_order)])
        versions: dict[int, list[Operation]] = defaultdict(list)
        for each in self.asked:
            if each.kind == "write":
                for number in range(each.at // block, (each.at + len(each.content) - 1) // block + 1):
                    versions[number].append(each)
        for number, writes in versions.items():
            for each in writes[: chance.randint(0, len(writes))]:
                begin, end = (
                    max(each.at, number * block),
                    min(each.at + len(each.content), (number + 1) * block),
                )
                if end <= len(found):
                    found[begin:end] = each.content[begin - each.at : end - each.at]
        return bytes(found)


def _applied(content: bytes, operations: list[Operation]) -> bytes:
    if not operations:
        return content
    found = bytearray(content)
    for each in operations:
        size = each.at if each.kind == "size" else max(len(found), each.at + len(each.content))
        if size < len(found):
            del found[size:]
        found.extend(bytes(size - len(found)))
        if each.kind == "write":
            found[each.at : each.at + len(each.content)] = each.content
    return bytes(found)


class Disk:
    """Folders, the names in them, and their files."""

    def __init__(self, folders: list[Path]) -> None:
        """All that lies in these folders now is on the disk."""
        self.kept: dict[str, dict[str, File]] = defaultdict(dict)  # folder → name → file
        self.names: dict[str, dict[str, File]] = defaultdict(dict)
        self.asked: dict[str, list[tuple[str, File | None]]] = defaultdict(list)
        self.syncs = 0
        for path in (path for folder in folders for path in folder.resolve().rglob("*") if path.is_file()):
            if not path.name.endswith("-shm"):
                self.kept[str(path.parent)][path.name] = File(path.read_bytes())
        for folder, files in self.kept.items():
            self.names[folder] = dict(files)

    def do(self, each: Operation) -> None:
        """One thing that was asked for. Raises ValueError: nobody has said yet what a cut does to it."""
        folder, _, name = each.path.rpartition("/")
        if each.kind in {"write", "size"}:
            self.names[folder][name].asked.append(each)
        elif each.kind == "sync":
            self._sync(each.path, folder, name)
        elif each.kind == "make":
            if name not in self.names[folder]:
                self._name(folder, name, File())
        elif each.kind == "rename":
            to_folder, _, to = each.to.rpartition("/")
            if to_folder != folder:
                raise ValueError(each)
            # Both at once: a file system that keeps a journal changes a name in one step.
            self._name(folder, to, self.names[folder][name], instead_of=name)
        elif each.kind == "remove":
            self._name(folder, name, None)
        elif each.kind != "folder":  # folders that are made are left empty by all that matters here
            raise ValueError(each)

    def _sync(self, path: str, folder: str, name: str) -> None:
        self.syncs += 1
        if name in self.names[folder]:
            self.names[folder][name].sync()
            return
        for change in self.asked.pop(path, []):
            _change(self.kept[path], change)

    def _name(self, folder: str, name: str, file: File | None, *, instead_of: str = "") -> None:
        change = (f"{instead_of}/{name}" if instead_of else name, file)
        _change(self.names[folder], change)
        self.asked[folder].append(change)

    def after_cut(self, chance: random.Random, way: str) -> dict[Path, bytes]:
        """Every file that is there when the power is back."""
        found = {}
        for folder in {*self.kept, *self.asked}:
            names, asked = dict(self.kept[folder]), self.asked[folder]
            for change in asked[: 0 if way == FORGOTTEN else chance.randint(0, len(asked))]:
                _change(names, change)
            found |= {Path(folder, name): file.after_cut(chance, way) for name, file in names.items()}
        return found


def _change(names: dict[str, File], change: tuple[str, File | None]) -> None:
    before, _, name = change[0].rpartition("/")
    names.pop(before, None)
    if change[1] is None:
        names.pop(name, None)
    else:
        names[name] = change[1]
