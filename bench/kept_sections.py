"""RESULTS.md, written anew where something was measured anew: other sections stay as they were.

Rows of measurements are not tracked, so that a fresh clone has none. A section is what stands under one `## `.
Comes in: the file as it stands, and the file as the rows at hand would have it.
Tests: tests/bench/test_kept_sections.py.
"""

import re

MACHINES = "## Where and with what"


def with_kept_sections(standing: str, measured: str, *, drop: frozenset[str] = frozenset()) -> str:
    """The file with each section of `measured` in place of the one of that name, and new ones at the end.

    `drop`: names (`## …`) of sections of `measured` that the rows at hand can't fill. The machines of both stand.
    """
    before, new = _sections(standing), _sections(measured)
    for name in drop:
        new.pop(name, None)
    if not before:
        return measured
    merged = before | new
    if MACHINES in before and MACHINES in new:
        merged[MACHINES] = _all_lines(before[MACHINES], new[MACHINES])
    return "\n\n".join(text.rstrip() for text in merged.values()) + "\n"


def _sections(text: str) -> dict[str, str]:
    """Heading → text with its heading; what stands before the first heading is under "" ."""
    parts = re.split(r"^(?=## )", text, flags=re.M)
    return {part.partition("\n")[0] if part.startswith("## ") else "": part for part in parts if part.strip()}


def _all_lines(before: str, new: str) -> str:
    listed = before.rstrip().splitlines()
    listed += [line for line in new.splitlines() if line.strip() and line not in listed]
    return "\n".join(listed) + "\n\n"
