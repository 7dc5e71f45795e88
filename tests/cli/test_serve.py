"""`posada serve`: stops when told, and says so. What it serves: tests/web/test_serving.py."""

import re
import signal
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.served_office import make_demonstration, posada, served


def test_both_sites_are_served_apart_and_stop_when_told(tmp_path: Path) -> None:
    folder = make_demonstration(tmp_path / "demo", children=20, POSADA_DEMO_NEWSROOM="1")
    with served(folder, "--public-port", "0") as office:
        told = until(lambda: re.search(r"The public site is at (\S+)", "".join(office.said)))
        with urllib.request.urlopen(told[1] + "/") as page:
            assert b"01:32" in page.read()
        children = office.children_of()
        assert len(children) == 4
        assert len(office.accounts) > 10
        given = [Path(f"/proc/{each}/environ").read_bytes().split(b"\0") for each in children]
        for each in given:
            named = {entry.partition(b"=")[0] for entry in each}
            assert (b"POSADA_DATA" in named) != (b"POSADA_NEWSROOM_DATA" in named)
        assert sum(b"DJANGO_SETTINGS_MODULE=posada.web.settings.newsroom" in each for each in given) == 2
        office.process.send_signal(signal.SIGTERM)
        assert office.process.wait(20) == 0
        assert not any(Path(f"/proc/{each}").exists() for each in children)


def until(found: Callable[[], Any], *, seconds: float = 120.0) -> Any:
    """What is found, in time."""
    deadline = time.monotonic() + seconds
    while not (what := found()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert what
    return what


def test_a_folder_without_an_office_is_refused(tmp_path: Path) -> None:
    ran = posada("serve", "--data", tmp_path)
    assert ran.returncode == 2
    assert "no office lives here" in ran.stderr
