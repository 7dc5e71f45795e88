"""Run a command and measure it from outside: wall time, processor time, and the memory of it and its children.

Processor time is that of the command and of the children that it waited for; where others use the machine too,
it tells what wall time does not. Memory is the larger of what the system reports for the largest process
(ru_maxrss) and the sum over the process tree, looked at five times a second.
"""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measured:
    """`status` is the exit status, minus the signal's number where one ended it."""

    seconds: float
    processor_seconds: float
    peak_mb: float
    status: int
    out: str
    error: str
    was_stopped: bool  # at the limit


def measured(command: Sequence[str], *, limit_seconds: float, one_thread: bool = False) -> Measured:
    """Run the command; its whole process group is ended at the limit."""
    environment = dict(os.environ)
    if one_thread:
        environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=error, start_new_session=True, env=environment)
        peak, was_stopped, next_look = 0.0, False, start
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            now = time.monotonic()
            if now - start > limit_seconds and not was_stopped:
                os.killpg(process.pid, signal.SIGKILL)
                was_stopped = True
            if now >= next_look:
                peak = max(peak, _tree_mb(process.pid))
                next_look = now + 0.2
            time.sleep(0.005)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        error.seek(0)
        return Measured(
            seconds=seconds,
            processor_seconds=usage.ru_utime + usage.ru_stime,
            peak_mb=max(peak, usage.ru_maxrss / 1024),
            status=process.returncode,
            out=out.read().decode("utf-8", errors="replace"),
            error=error.read().decode("utf-8", errors="replace"),
            was_stopped=was_stopped,
        )


def _tree_mb(pid: int) -> float:
    """Resident memory of a process and its descendants, in MiB; those that just ended count nothing."""
    total = 0.0
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        total = pages * os.sysconf("SC_PAGE_SIZE") / 2**20
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, IndexError):
        return total
    return total + sum(_tree_mb(int(child)) for child in children)
