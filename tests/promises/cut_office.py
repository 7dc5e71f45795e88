"""Cut the power of an office at any moment and look whether anything that it acknowledged is lost.

`python -m tests.promises.cut_office FOLDER CUTS SEED [WITHOUT]` makes an office in FOLDER on SQLite, lets it live
once while every write is recorded (tests/promises/recorded_writes.py), and then gives it CUTS times the disk that a
power cut would have left (tests/promises/power_cuts.py). Half of the cuts come right after an acknowledgement and
forget all that was not synced; the others come at any call. WITHOUT takes one care away, to show what it is good for:
`synchronous` (SQLite does not sync), `normal` (it syncs at checkpoints alone), `folder` (names of papers are not).
Prints what was counted as JSON.
"""

import json
import os
import random
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.promises.killed_office import in_a_fork, set_up
from tests.promises.power_cuts import FORGOTTEN, WAYS, Disk
from tests.promises.recorded_writes import Operation, record
from tests.served_office import environment

LIFE = int(os.environ.get("POSADA_LENGTH_OF_LIFE", "16"))
"""Acts of the one life, each followed by eight edits: long enough for SQLite to begin its log anew."""
SYNCHRONOUS = {"synchronous": "synchronous=OFF", "normal": "synchronous=NORMAL"}


def live(folder: Path, *, seed: int, without: str) -> None:
    """The life that is recorded, with the settings of a real office; only what `without` names is taken away."""
    os.environ["POSADA_DATA"], os.environ["DJANGO_SETTINGS_MODULE"] = (
        str(folder / "office"),
        "posada.web.settings.office",
    )
    import django

    django.setup()
    from django.db import connection, connections

    from posada.office.casefile import vault
    from tests.promises.cut_acts import CutActs
    from tests.promises.killed_acts import Acts

    if without in SYNCHRONOUS:
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", SYNCHRONOUS[without])
    if without == "folder":
        vault._sync_folder = lambda: None
    acts = Acts(folder / "ledger", seed=seed)
    more = CutActs(acts, folder)
    every = (
        *(acts.accept, acts.bring_paper, acts.take_in, acts.close),
        *(more.erase, more.share, more.leave, acts.back_up),
    )
    for number in range(LIFE):
        every[number % len(every)]()
        acts.edit()
    connections.close_all()


def look(folder: Path, *, lines: list[dict[str, Any]], out: Path) -> None:
    """What is lost of these acknowledgements, and whatever stands by halves."""
    from tests.promises.cut_acts import LOOKS
    from tests.promises.killed_looks import lost, standing_faults

    told = json.loads((folder / "furnished.json").read_text())
    faults = list(_damaged(folder))
    if not faults:
        try:
            faults += _lost_edits([line["text"] for line in lines if line["act"] == "edit"], told)
            for line in lines:
                if line["act"] != "edit":
                    faults += LOOKS[line["act"]](line) if line["act"] in LOOKS else lost(line, told)
            faults += standing_faults(told)
        except Exception as error:  # a row that others count on is gone, or a file cannot be read
            faults.append(f"a look ended with {type(error).__name__}")
    out.write_text(json.dumps(faults))


def _damaged(folder: Path) -> Iterator[str]:
    """SQLite's own check of the whole file."""
    try:
        with sqlite3.connect(folder / "office" / "office.sqlite3") as opened:
            found = opened.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        yield "the database is damaged"


def _lost_edits(texts: list[str], told: dict[str, str]) -> list[str]:
    """Edits are many: their history is read once."""
    from posada.office.audit.models import Revision

    rows = Revision.objects.filter(record_id=told["child"], act="child.change")
    kept = {changed["given_name"][1] for changed in rows.values_list("changed", flat=True)}
    return ["edit: the change is not in the history" for text in texts if text not in kept]


def put_back(folder: Path, files: dict[Path, bytes], chance: random.Random) -> None:
    """Lay a disk's files in place of those that are there; shared memory that is left over may hold anything."""
    for path in (each for room in _rooms(folder) for each in room.rglob("*") if each.is_file()):
        if path not in files:
            path.unlink()
    for path, content in files.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
    if chance.random() < 0.5:
        (folder / "office" / "office.sqlite3-shm").write_bytes(chance.randbytes(32_768))


def _rooms(folder: Path) -> list[Path]:
    return [folder / "office", folder / "backups"]


def run(folder: Path, *, cuts: int, seed: int, without: str = "") -> dict[str, Any]:
    """Returns counts of cuts, of acknowledgements that were looked for, of syncs, and the faults by their number."""
    folder = folder.resolve()
    set_up(folder)
    ledger, chance = folder / "ledger", random.Random(seed)
    ledger.touch()
    disk = Disk(_rooms(folder))
    asked = record(
        [sys.executable, "-m", "tests.promises.cut_office", "live", str(folder), str(seed), without],
        into=folder / "recorded",
        beneath=[*_rooms(folder), ledger],
        told=environment(),
    )
    at_acks = [
        place + 1 for place, each in enumerate(asked) if each.path == str(ledger) and each.kind == "write"
    ]
    right_after = chance.choices(at_acks, k=cuts - cuts // 2)
    places = Counter(right_after + chance.choices(range(1, len(asked)), k=cuts // 2))
    found = _cut_each(
        folder, disk=disk, asked=asked, places=places, right_after=Counter(right_after), chance=chance
    )
    begun_anew = sum(
        each.kind == "write" and each.path.endswith("sqlite3-wal") and each.at == 0 for each in asked
    )
    return {"cuts": cuts, "calls": len(asked), "syncs": disk.syncs, "logs": begun_anew, **found}


def _cut_each(
    folder: Path,
    *,
    disk: Disk,
    asked: list[Operation],
    places: Counter[int],
    right_after: Counter[int],
    chance: random.Random,
) -> dict[str, Any]:
    ledger, out = str(folder / "ledger"), folder / "looked.json"
    lines: list[dict[str, Any]] = []
    acks, faults, hurt = Counter[str](), Counter[str](), 0
    for place, each in enumerate(asked, start=1):
        if each.path != ledger:
            disk.do(each)
        elif each.kind == "write":
            lines.append(json.loads(each.content))
        for number in range(places[place]):
            way = FORGOTTEN if number < right_after[place] else chance.choice(WAYS)
            put_back(folder, disk.after_cut(chance, way), chance)
            assert in_a_fork(lambda: look(folder, lines=lines, out=out)) == 0
            told = json.loads(out.read_text())
            acks.update(line["act"] for line in lines)
            faults.update(f"{fault} ({way})" for fault in told)
            hurt += bool(told)
    return {"acks": dict(acks), "faults": dict(faults), "hurt": hurt}


if __name__ == "__main__":
    if sys.argv[1] == "live":
        live(Path(sys.argv[2]), seed=int(sys.argv[3]), without=sys.argv[4])
    else:
        taken_away = sys.argv[4] if len(sys.argv) > 4 else ""
        print(
            json.dumps(
                run(Path(sys.argv[1]), cuts=int(sys.argv[2]), seed=int(sys.argv[3]), without=taken_away)
            )
        )
