"""Reads and fills official forms in a process of their own, with little memory and time: only that breaks.

Comes in: what `official_form.py` takes. Goes out: what it gives. A form that needs more than the bounds is damaged.
Docs: docs/how-to/prepare-a-case.md. Tests: tests/preparation/test_bounded_form.py.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from posada.preparation.form_shape import FormField, FormNotUsable, OfficialForm

MOST_MORE_MEMORY = 110_000_000  # bytes beyond what the process holds before it has opened anything
MOST_SECONDS = 3
_PATIENCE = 1.5  # seconds beside, for the process to start


def read_form(content: bytes) -> OfficialForm:
    """The fields of a form. Raises FormNotUsable."""
    told, _ = _asked({"do": "read"}, content)
    return OfficialForm(tuple(FormField(**each) for each in told["fields"]), told["digest"])


def fill(content: bytes, values: Mapping[str, str], *, title: str) -> bytes:
    """The form with its values and an addendum, as `official_form.fill`. Raises FormNotUsable."""
    return _asked({"do": "fill", "values": dict(values), "title": title}, content)[1]


def _asked(job: Mapping[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    command = [sys.executable, "-m", "posada.preparation.bounded_form"]
    given = json.dumps(job).encode() + b"\n" + content
    try:
        done = subprocess.run(  # noqa: S603
            command, input=given, capture_output=True, timeout=MOST_SECONDS + _PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise FormNotUsable("damaged") from None
    head, _, body = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head:
        raise FormNotUsable("damaged")
    told = json.loads(head)
    if "refused" in told:
        raise FormNotUsable(told["refused"], told["letters"])
    return told, body


def _bound() -> None:
    """Bounds on memory and time, where the machine has them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        held = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (held + MOST_MORE_MEMORY,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(job: Mapping[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    from posada.preparation import official_form

    _bound()
    try:
        if job["do"] == "fill":
            return {}, official_form.fill(content, job["values"], title=job["title"])
        return asdict(official_form.read_form(content)), b""
    except FormNotUsable as refused:
        return {"refused": refused.code, "letters": refused.letters}, b""
    except Exception:  # whatever a library raises of a broken file, and MemoryError
        return {"refused": "damaged", "letters": ""}, b""


if __name__ == "__main__":
    line = sys.stdin.buffer.readline()
    found, made = _answer(json.loads(line), sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(found).encode() + b"\n" + made)
