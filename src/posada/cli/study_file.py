"""The file of a study: rows are added as years are done, and a study that was stopped goes on from it.

CSV with the columns of `simulation.study.Row`. Comes in: a place, the study's digest. Goes out: `StudyFile`.
Docs: docs/how-to/simulate-a-year.md. Tests: tests/cli/test_study_file.py.
"""

import csv
import io
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO, get_args, get_type_hints

from posada.cli.refusals import NothingDone
from posada.simulation.means import columns
from posada.simulation.study import Row, Task


class StudyFile:
    """Rows done so far, and the open file that more are added to; without a place, rows are only kept.

    Raises NothingDone where the file is not of this study, unless it is to be replaced; OSError.
    """

    def __init__(self, place: Path | None, *, digest: str, replace: bool) -> None:
        self.place = place
        self.done: dict[Task, Row] = {}
        self._file: TextIO | None = None
        if place is None:
            return
        if place.exists() and not replace:
            self.done = {row.task: row for row in _rows_of(place, digest=digest)}
        self._write_anew()  # without what a kill may have left half written
        self._file = place.open("a", encoding="utf-8", newline="")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, row: Row) -> None:
        """One row more, on the disk when this returns."""
        self.done[row.task] = row
        if self._file is not None:
            self._file.write(_text([row]))
            self._file.flush()
            os.fsync(self._file.fileno())

    def finish(self) -> None:
        """All is done: rows in their order, whatever the order in which they came."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._write_anew()

    def _write_anew(self) -> None:
        if self.place is None:
            return
        rows = sorted(self.done.values(), key=lambda row: _order(row.task))
        beside = self.place.with_name(f".{self.place.name}.new")
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(",".join(columns()) + "\r\n" + _text(rows))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.place)


def _order(task: Task) -> tuple[int, float, str, float]:
    return (-1 if task.seed is None else task.seed, task.arrivals, task.policy, task.learnt)


def _text(rows: Iterable[Row]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(astuple(row) for row in rows)
    return out.getvalue()


def _rows_of(place: Path, *, digest: str) -> list[Row]:
    """The whole rows of a file; a last line that was cut off is left out."""
    try:
        text = place.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise _not_a_study(place) from None
    whole = text[: text.rfind("\n") + 1]
    records = list(csv.reader(io.StringIO(whole)))
    if text and (not records or tuple(records[0]) != columns()):
        raise _not_a_study(place)
    try:
        rows = [Row(**_values(dict(zip(columns(), record, strict=True)))) for record in records[1:]]
    except ValueError:
        raise _not_a_study(place) from None
    if any(row.study != digest for row in rows):
        raise NothingDone(
            f"{place}: holds another study (other rows, numbers, policy or days); "
            "give another name, or --replace."
        )
    return rows


def _not_a_study(place: Path) -> NothingDone:
    return NothingDone(f"{place}: is not a file of posada simulate; give another name, or --replace.")


def _values(cells: Mapping[str, str]) -> dict[str, Any]:
    return {name: None if cell == "" else _READ[name](cell) for name, cell in cells.items()}


def _reader(kind: Any) -> Callable[[str], Any]:
    known = [part for part in (get_args(kind) or (kind,)) if part is not type(None)]
    reader: Callable[[str], Any] = known[0]
    return reader


_READ = {name: _reader(kind) for name, kind in get_type_hints(Row).items()}
"""Column -> int, float or str."""
