"""The browser of this machine, for tests. On the build machine a missing one is a failure."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

NO_BROWSER = "no chromium on this machine: run tests/install-programs"
PATIENCE = 120_000  # milliseconds; only a page that hangs is a failure, a busy machine is none
expect.set_options(timeout=PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a screen, started for the time of the block."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as engine:
        started = engine.chromium.launch(executable_path=path, args=root, timeout=PATIENCE)
        started.on("context", be_patient)
        yield started
        started.close()


def be_patient(context: BrowserContext) -> None:
    """Every page of a context waits as long as a busy machine needs."""
    context.set_default_timeout(PATIENCE)
