"""Write recruit.csv anew into the folder of a plan, whole or not at all; nothing else there is touched.

Comes in: a `PlanFolder` and rows with the columns of the file. Goes out: the file, synced.
Docs: docs/how-to/whom-to-recruit.md. Tests: tests/programme/test_recruit_file.py.
"""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from posada.programme.errors import OutNotWritten
from posada.programme.plan_folder import PlanFolder
from posada.programme.read import NotReadable, read_bytes
from posada.programme.write import RECRUIT_COLUMNS, SUMMARY_FILE, csv_bytes

RECRUIT_FILE = "recruit.csv"


def write_recruit(opened: PlanFolder, rows: Sequence[Mapping[str, object]]) -> Path:
    """Put the file in place of the one that is there, in one step. Returns its path.

    Raises OutNotWritten where the disk refuses, or where another plan stands in the folder by now: the
    gains would not be those of that plan.
    """
    out = opened.folder / RECRUIT_FILE
    content = csv_bytes(RECRUIT_COLUMNS, ([row.get(column) for column in RECRUIT_COLUMNS] for row in rows))
    beside = out.with_name(f".{RECRUIT_FILE}.posada-new")
    try:
        with beside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if not _is_same_plan(opened):
            raise OutNotWritten(f"{opened.folder}: another plan was put here meanwhile; ask again.")
        beside.replace(out)
    except OSError as error:
        raise OutNotWritten(f"{out}: cannot be written: {error.strerror or error}.") from error
    finally:
        beside.unlink(missing_ok=True)
    return out


def _is_same_plan(opened: PlanFolder) -> bool:
    try:
        found = json.loads(read_bytes(opened.folder / SUMMARY_FILE))
    except (NotReadable, ValueError):
        return False
    return bool(found == opened.summary)
