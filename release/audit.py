"""`make audit`: the known faults of what a release is built of, from advisories that the operator brings.

Comes in: the bill of materials of a release, a folder or an archive of OSV records. Goes out: a line for each fault.
Nothing is asked over a network. Status 1: a grave fault is known for more than seven days, or the advisories are too
old to tell. Status 2: nobody can say, for something could not be read.
Docs: docs/how-to/make-a-release.md. Tests: tests/release/test_audit.py.
"""

import argparse
import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from release.advisories import BadAdvisory, Fault, faults, latest

ROOT = Path(__file__).parent.parent
DAYS = 7
"""A grave fault may be known for so long before it is mended; advisories may be so old."""
PYPI = "pkg:pypi/"


class CannotSay(ValueError):  # noqa: N818
    """Something that is needed is not there or cannot be read; the message names it."""


def parts_of(bill: Path) -> dict[str, str]:
    """Name → version of every part that a bill of materials names. Raises CannotSay."""
    try:
        told = json.loads(bill.read_text(encoding="utf-8"))
        found = {
            each["name"]: each["version"] for each in told["components"] if each["purl"].startswith(PYPI)
        }
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise CannotSay(
            f"{bill}: no bill of materials can be read here ({wrong}); make release writes it"
        ) from None
    if not found:
        raise CannotSay(f"{bill}: no part is named")
    return found


def records_of(place: Path) -> list[dict[str, Any]]:
    """Every OSV record of a folder, with those below it, or of a ZIP archive. Raises CannotSay."""
    found = []
    for name, content in _contents(place):
        try:
            record = json.loads(content)
            if not isinstance(record, dict) or "id" not in record:
                raise ValueError("it is no OSV record")
        except ValueError as wrong:
            raise CannotSay(f"{name}: {wrong}") from None
        found.append(record)
    if not found:
        raise CannotSay(f"{place}: no record of an advisory lies here")
    return found


def _contents(place: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if place.is_dir():
            for path in sorted(place.rglob("*.json")):
                yield str(path), path.read_bytes()
            return
        with zipfile.ZipFile(place) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(".json"):
                    yield f"{place}: {name}", archive.read(name)
    except (OSError, zipfile.BadZipFile) as wrong:
        raise CannotSay(f"{place}: it cannot be read ({wrong})") from None


def told(fault: Fault, *, on: date) -> str:
    """A fault in one line."""
    fixed = f"mended in {', '.join(fault.fixed_in)}" if fault.fixed_in else "not mended in any version"
    known = f"known since {fault.since} ({fault.days(on)} days)"
    return f"{fault.name} {fault.version}  {fault.severity}  {known}, {fixed}  {' '.join(fault.ids)}  {fault.summary}"


def audited(bill: Path, advisories: Path, *, on: date) -> tuple[int, list[str]]:
    """The status, and the lines to print. Raises CannotSay."""
    parts, records = parts_of(bill), records_of(advisories)
    try:
        found, newest = faults(parts, records), latest(records)
    except (BadAdvisory, AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise CannotSay(f"A record cannot be read: {wrong}") from None
    lines = [told(each, on=on) for each in found]
    grave = [each for each in found if each.is_grave and each.days(on) > DAYS]
    lines.append(
        f"{len(parts)} parts, {len(records):,} advisories: {len(found)} known faults, "
        f"{len(grave)} of them grave and known for more than {DAYS} days."
    )
    is_old = newest is None or (on - newest).days > DAYS
    if is_old:
        lines.append(
            f"The newest of these advisories is of {newest}: they cannot tell what is known on {on}."
        )
    return int(bool(grave) or is_old), lines


def main(words: Sequence[str] | None = None) -> int:
    """Print what is known."""
    asked = argparse.ArgumentParser(
        prog="make audit", description="The known faults of the parts of a release."
    )
    asked.add_argument(
        "--advisories", type=Path, required=True, help="a folder of OSV records, or their ZIP archive"
    )
    asked.add_argument("--bill", type=Path, default=ROOT / "dist" / "bill-of-materials.cdx.json")
    asked.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date(), help="YYYY-MM-DD")
    given = asked.parse_args(words)
    try:
        status, lines = audited(given.bill, given.advisories, on=given.on)
    except CannotSay as why:
        print(why, file=sys.stderr)
        return 2
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    sys.exit(main())
