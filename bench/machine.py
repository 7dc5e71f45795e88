"""What was measured where: versions, processor, cores, memory, day. Written on every row."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("posada", "numpy", "highspy", "ortools")


def circumstances() -> dict[str, str]:
    """Day, machine and versions, as text.

    >>> sorted(circumstances())[:3]
    ['cores', 'day', 'highspy']
    """
    told = {
        "day": datetime.now(UTC).date().isoformat(),
        "processor": _line_of("/proc/cpuinfo", "model name") or platform.processor() or "not known",
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
    }
    for package in PACKAGES:
        try:
            told[package] = version(package)
        except PackageNotFoundError:
            told[package] = "not installed"
    return told


def _memory() -> str:
    kilobytes = _line_of("/proc/meminfo", "MemTotal").split()
    return f"{int(kilobytes[0]) / 2**20:.0f} GiB" if kilobytes else "not known"


def _line_of(path: str, key: str) -> str:
    """The value of the first line `key : value` of a file; "" where there is none."""
    if not Path(path).exists():
        return ""
    for line in Path(path).read_text(encoding="utf-8", errors="replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == key:
            return value.strip()
    return ""
