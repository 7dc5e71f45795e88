"""The process in which strangers' files are opened: bounded memory, no way to harm the one that asked.

Comes in: jobs, one JSON a line. Goes out: answers, one JSON a line. Started by `workshop.py` alone.
Docs: docs/explanation/packets.md. Tests: tests/packets/test_workshop.py.
"""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

MOST_MEMORY_BYTES = 1_200_000_000
"""Address space of the process beyond what it holds at its start."""

Answer = dict[str, Any]


def _normalize(job: Mapping[str, Any]) -> Answer:
    from posada.packets.normalize import normalize

    return asdict(normalize(Path(job["path"]), Path(job["out"]), name=job["name"]))


def _recognize(job: Mapping[str, Any]) -> Answer:
    from posada.packets.recognize import recognize

    return asdict(recognize(Path(job["path"]), tool=Path(job["tool"]), language=job["language"]))


def _check(job: Mapping[str, Any]) -> Answer:
    from posada.packets.check import findings

    return {"findings": [asdict(each) for each in findings(Path(job["path"]))]}


JOBS: dict[str, Callable[[Mapping[str, Any]], Answer]] = {
    "normalize": _normalize,
    "recognize": _recognize,
    "check": _check,
}


def answer(job: Mapping[str, Any]) -> Answer:
    """Do one job; what stops it is told in plain words."""
    from posada.packets.errors import PacketUnreadable
    from posada.packets.located import NotUsable

    try:
        return JOBS[job["do"]](job)
    except NotUsable as refused:
        return {"refused": refused.reason, "page": refused.page}
    except PacketUnreadable as refused:
        return {"refused": str(refused), "page": None}
    except MemoryError:
        return {"refused": "it needs more memory than a file of a packet may; it may be made to do harm"}
    except Exception as error:
        # Libraries raise whatever a broken file leads them to; the asker names the file.
        return {
            "refused": f"it cannot be read ({type(error).__name__}); print it to a new PDF, and use that one"
        }


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:
        return  # no such bound on this system; the bounds on sizes and the time limit remain
    held = Path("/proc/self/statm")
    pages = int(held.read_text().split()[0]) if held.exists() else 0
    limit = pages * os.sysconf("SC_PAGE_SIZE") + MOST_MEMORY_BYTES
    for kind, most in ((resource.RLIMIT_AS, limit), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or hard > most:
            with contextlib.suppress(ValueError, OSError):  # some systems know the bound and do not set it
                resource.setrlimit(kind, (most, most))


def serve() -> None:
    """Answer jobs until there are none left."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that a library prints is taken for an answer
    _bound_memory()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    serve()
