"""Runs the promises and writes docs/explanation/promises.md: what each says, what checks it, what was reached, when.

Comes in: tests/promises/promises.toml, and what earlier runs reached. Goes out: tests/promises/reached.json and the
page. `make promises` runs the long form; what a run has done stands in a folder of its own until the run is whole, so
that one which was ended goes on where it was, and one after a whole one begins anew.
Docs: docs/explanation/promises.md. Tests: tests/bench/test_promises.py.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LISTED, REACHED = ROOT / "tests" / "promises" / "promises.toml", ROOT / "tests" / "promises" / "reached.json"
UNDER_WAY = ROOT / "bench" / "work" / "promises"
"""What a run that has not ended has done: `done.json`, and whatever single promises keep to go on with."""
PAGE = ROOT / "docs" / "explanation" / "promises.md"
KINDS = "kills|tries|races|changes|openings|requests|rows|bytes|files|pairs|runs|rounds|stopped"
COUNT = re.compile(rf"^\.?(\d[^\n]*(?:{KINDS})[^\n]*)$", re.MULTILINE)
PASSED = re.compile(r"(\d+) passed")
MOST_WORDS, LAST_WORDS = 160, 6000
HEAD = """# Promises

Each row is a promise, the one command that checks it, and the figure that it reached on the day that is named, on
one machine with two cores. `make test` runs the short form of every row that has tests; `make promises` runs the long
form, goes on where it was ended, and writes this page. What is not kept, or not shown, stands in the last column.

| # | promise | command | reached | not kept, or not shown |
| --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Promise:
    """One row of the page."""

    number: str
    says: str
    tests: tuple[str, ...]
    long: dict[str, str] = field(default_factory=dict)
    twice: bool = False
    gap: str = ""

    @property
    def command(self) -> str:
        """What a reader types."""
        told = "".join(f"{name}={value} " for name, value in self.long.items())
        return f"{told}.venv/bin/pytest -s {' '.join(self.tests)}" if self.tests else ""


def listed() -> list[Promise]:
    """Every promise."""
    rows = tomllib.loads(LISTED.read_text(encoding="utf-8"))["promise"]
    return [Promise(**{**row, "tests": tuple(row["tests"])}) for row in rows]


def reached() -> dict[str, Any]:
    """What earlier runs have kept: number → {form → result}."""
    found: dict[str, Any] = json.loads(REACHED.read_text(encoding="utf-8")) if REACHED.exists() else {}
    return found


def run(promise: Promise, *, form: str) -> dict[str, Any]:
    """Run the tests of a promise, in the long form on both databases at once. Gives whether it held, its figures."""
    began, told = time.monotonic(), {**os.environ, **(promise.long if form == "long" else {})}
    pytest = [sys.executable, "-m", "pytest", "-s", *promise.tests]
    commands = [pytest]
    if promise.twice and form == "long":
        commands.append([sys.executable, "tests/postgresql.py", *pytest])
    with ThreadPoolExecutor() as at_once:
        ran = list(at_once.map(lambda command: _printed(command, told), commands))
    printed = "".join(each.stdout for each in ran)
    return {
        "form": form,
        "holds": all(each.returncode == 0 for each in ran),
        "counts": _few([found[1].strip()[:MOST_WORDS] for found in COUNT.finditer(printed)]),
        "tests": sum(int(found[1]) for found in PASSED.finditer(printed)),
        "databases": len(commands),
        "seconds": round(time.monotonic() - began),
        "on": datetime.now(UTC).date().isoformat(),
    }


def _printed(command: list[str], told: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What a run printed; one that failed tells its last words, not those of the log."""
    ran = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        print((ran.stdout or ran.stderr)[-LAST_WORDS:], flush=True)
    return ran


def _few(counts: list[str]) -> list[str]:
    """Figures as they were printed; many lines of one kind are told by their number."""
    return counts if len(counts) <= 4 else [f"{len(counts)} counts, such as: {counts[0]}"]


def page(promises: list[Promise], kept: dict[str, Any]) -> str:
    """The page, as Markdown."""
    rows = []
    for each in promises:
        command = f"`{each.command}`" if each.command else "–"
        cells = (each.number, each.says, command, _told(kept.get(each.number), each), each.gap or "–")
        rows.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return HEAD + "\n".join(rows) + "\n"


def _told(found: dict[str, Any] | None, promise: Promise) -> str:
    if not promise.tests:
        return "–"
    if found is None:
        return "not run for this page yet"
    where = " on both databases" if found["databases"] == 2 else ""
    held = "held" if found["holds"] else "**did not hold**"
    figures = f": {'; '.join(found['counts'])}" if found["counts"] else ""
    return f"{held}, {found['form']} form{where}, {found['tests']} tests, {found['on']}{figures}"


def main() -> int:
    """Run what is asked for and write the page. Status 1: a promise did not hold."""
    asked = argparse.ArgumentParser(description="Run the promises and write their page.")
    asked.add_argument("--short", action="store_true", help="the form of `make test`")
    asked.add_argument("--anew", action="store_true", help="forget a run that was ended, and begin")
    asked.add_argument(
        "--only", nargs="*", default=None, metavar="NUMBER", help="these alone; none: write the page"
    )
    words = asked.parse_args()
    form, kept = "short" if words.short else "long", reached()
    if words.anew:
        shutil.rmtree(UNDER_WAY, ignore_errors=True)
    asked_for = [
        each for each in listed() if each.tests and (words.only is None or each.number in words.only)
    ]
    done = set() if words.only is not None else _done(form)
    for each in asked_for:
        if each.number in done:
            continue
        print(f"{each.number}: {each.says}", flush=True)
        kept[each.number] = run(each, form=form)
        _write(REACHED, kept)
        if words.only is None and kept[each.number]["holds"]:
            done.add(each.number)
            _write(UNDER_WAY / "done.json", {"form": form, "done": sorted(done)})
    PAGE.write_text(page(listed(), kept), encoding="utf-8")
    if words.only is None and len(done) == len(asked_for):
        shutil.rmtree(UNDER_WAY)
    return int(any(not kept[each.number]["holds"] for each in asked_for))


def _done(form: str) -> set[str]:
    """The promises that held in a run of this form that has not ended."""
    UNDER_WAY.mkdir(parents=True, exist_ok=True)
    file = UNDER_WAY / "done.json"
    found = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return set(found["done"]) if found.get("form") == form else set()


def _write(file: Path, what: dict[str, Any]) -> None:
    """Whole or not at all: a run may be ended at any moment."""
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(what, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    beside.replace(file)


if __name__ == "__main__":
    sys.exit(main())
