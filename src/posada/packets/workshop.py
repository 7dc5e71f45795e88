"""Have strangers' files opened in a process of its own, with bounded memory and time, one after another.

Comes in: jobs. Goes out: answers, or the reason why there is none. A file that takes too long, or that brings
the process down, is the only one to suffer: the next is opened by a fresh process.
Docs: docs/explanation/packets.md. Tests: tests/packets/test_workshop.py.
"""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from posada.packets.located import NotUsable

SECONDS = 60.0
"""For one file of an exhibit, however long it is."""

TOO_LONG = "it takes longer to read than a file of a packet may; print it to a new PDF, and use that one"
BROKE = "it brings down the program that reads it; print it to a new PDF, and use that one"


class Workshop:
    """One worker at a time. Used as a context; the worker ends with it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self._listener: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def ask(self, job: Mapping[str, Any], *, seconds: float = SECONDS) -> dict[str, Any]:
        """The answer to a job. Raises NotUsable: refused, too slow, or the worker's end."""
        process = self._started()
        assert process.stdin is not None  # noqa: S101 - opened as a pipe
        try:
            process.stdin.write(json.dumps(dict(job)) + "\n")
            process.stdin.flush()
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            self._end()
            raise NotUsable(TOO_LONG) from None
        except BrokenPipeError:
            line = ""
        if not line:
            self._end()
            raise NotUsable(BROKE)
        found: dict[str, Any] = json.loads(line)
        if "refused" in found:
            raise NotUsable(found["refused"], page=found.get("page"))
        return found

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "posada.packets.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
            self._answers = queue.Queue()
            passing = (self._process, self._answers)
            self._listener = threading.Thread(target=_pass_on, args=passing, daemon=True)
            self._listener.start()
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        if self._listener is not None:
            self._listener.join()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue


def _pass_on(process: subprocess.Popen[str], answers: "queue.Queue[str]") -> None:
    assert process.stdout is not None  # noqa: S101 - opened as a pipe
    for line in process.stdout:
        answers.put(line)
    answers.put("")
