"""Makes the newsroom beside an office and prepares it, in a process that is given nothing of the office.

Comes in: the office's deployment, of whose keys two public halves are handed over. Goes out: DATA/newsroom, prepared.
Docs: docs/explanation/the-public-site.md. Tests: tests/web/operating/test_newsroom.py.
"""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import posada.page
from posada.web.apart import FOLDER, newsroom_of, of_newsroom
from posada.web.deployment import Deployment


class NewsroomNotPrepared(Exception):
    """The newsroom could not be prepared; the message says why. The office works without it."""


def newsroom_is_installed() -> bool:
    """Whether the extra `newsroom` is there."""
    return find_spec("wagtail") is not None


def start_preparing(deployment: Deployment, *, with_stories: bool) -> "subprocess.Popen[str]":
    """Make the newsroom's folder where there is none, and begin to prepare it; `finish` waits for the end."""
    from posada.newsroom.deployment import make_newsroom
    from posada.office.exchange_keys import figures_signer, letters_opener, public_bytes

    folder = deployment.folder / FOLDER
    if newsroom_of(deployment.folder) is None:
        make_newsroom(
            folder,
            figures_key=public_bytes(figures_signer(deployment.keys.audit)),
            letters_key=public_bytes(letters_opener(deployment.keys.sealing[0])),
            demonstration=deployment.demonstration,
        )
    command = [sys.executable, "-m", "posada.newsroom.prepare"]
    if with_stories:
        command.append(str(Path(posada.page.__path__[0]) / "assets" / "young-serif.woff2"))
    return subprocess.Popen(  # noqa: S603
        command, env=of_newsroom(os.environ, folder=folder), stderr=subprocess.PIPE, text=True
    )


def finish(preparing: "subprocess.Popen[str]") -> None:
    """Wait until the newsroom is prepared. Raises NewsroomNotPrepared."""
    _, told = preparing.communicate()
    if preparing.returncode != 0:
        last = told.strip().rpartition("\n")[2] or f"status {preparing.returncode}"
        raise NewsroomNotPrepared(f"The public site could not be prepared ({last}).")


def ask_desk(folder: Path, *words: str) -> Any:
    """Let `posada.newsroom.desk_people` do something, in a process of its own. Raises NewsroomNotPrepared."""
    return _asked("posada.newsroom.desk_people", folder, words)


def ask_push(folder: Path, *words: str) -> Any:
    """The same of `posada.newsroom.notifications.asked`. Raises NewsroomNotPrepared."""
    return _asked("posada.newsroom.notifications.asked", folder, words)


def _asked(module: str, folder: Path, words: tuple[str, ...]) -> Any:
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-m", module, *words],
        env=of_newsroom(os.environ, folder=folder),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode != 0:
        last = ran.stderr.strip().rpartition("\n")[2]
        raise NewsroomNotPrepared(last or f"The newsroom did not answer (status {ran.returncode}).")
    return json.loads(ran.stdout)
