"""Which sealing keys the office that is being served knows: said by `posada serve` when it starts.

Comes in: a deployment. Goes out: a small file in its folder `run`, which names keys by their public names only.
Processes look at a key file again by themselves; keys of the environment they know from their start alone.
Docs: docs/how-to/change-keys.md. Tests: tests/web/test_served_keys.py.
"""

import fcntl
import json
import os
from pathlib import Path

from posada.web.deployment import Deployment

RUN, LOCK, SAID = "run", "serve.lock", "served_keys.json"


def say_served(deployment: Deployment) -> None:
    """Say what the processes that start now know. The caller holds the lock of `posada serve`."""
    path = deployment.folder / RUN / SAID
    staged = path.with_name(f".{SAID}.{os.getpid()}")
    told = {"key_file": _file_of(deployment), "keys": list(deployment.keys.sealing_names)}
    staged.write_text(json.dumps(told), encoding="utf-8")
    staged.replace(path)


def is_served(folder: Path) -> bool:
    """Whether `posada serve` runs for the office in a folder."""
    lock = folder / RUN / LOCK
    if not lock.exists():
        return False
    with lock.open("r") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        fcntl.flock(file, fcntl.LOCK_UN)
    return False


def served_since(deployment: Deployment) -> float | None:
    """Since when (seconds since 1970) what is served may know the newest key of `deployment`.

    0: nothing is served, or it looks at the same key file by itself. None: it does not know that key.
    """
    if not is_served(deployment.folder):
        return 0.0
    path = deployment.folder / RUN / SAID
    try:
        told, at = json.loads(path.read_text(encoding="utf-8")), path.stat().st_mtime
    except (OSError, ValueError):
        return None
    if told["key_file"] and told["key_file"] == _file_of(deployment):
        return 0.0
    return at if deployment.keys.sealing_names[0] in told["keys"] else None


def _file_of(deployment: Deployment) -> str:
    return str(deployment.key_file.path.resolve()) if deployment.key_file is not None else ""
