"""The other two engines of this machine, for tests: Firefox (Gecko) and WebKitGTK, behind one small interface.

Firefox is spoken to by Marionette, its own remote protocol; WebKit by WebKitWebDriver over HTTP (W3C WebDriver).
Neither needs a package of Python. On the build machine a missing engine is a failure; elsewhere it is skipped
with what to install.
"""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import pytest

NOT_HERE = "no {} on this machine: run tests/install-programs"
SECONDS_TO_START, SECONDS_TO_FIND = 240.0, 120.0
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The name under which WebDriver hands an element over."""
FIREFOX_SETTINGS = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.auto": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "media.autoplay.default": 0,
}


class Speaks(Protocol):
    """Says a command of WebDriver, gives its answer."""

    def __call__(self, command: str, **named: Any) -> Any: ...


class Engine:
    """A browser with one page. Every finder waits until the element is there."""

    def __init__(self, name: str, say: Speaks) -> None:
        self.name, self._say = name, say

    def goto(self, address: str) -> None:
        """Open an address and wait for it."""
        self._say("Navigate", url=address)

    def fill(self, selector: str, text: str) -> None:
        """Type into a field."""
        found = self._found(selector)
        self._say("ElementClear", id=found)
        self._say("ElementSendKeys", id=found, text=text)

    def press(self, selector: str) -> None:
        """Press a button or follow a link."""
        self._say("ElementClick", id=self._found(selector))

    def submit(self, selector: str) -> None:
        """Press a button and wait until another page has come."""
        before = self.script("return performance.timeOrigin")
        self.press(selector)
        deadline = time.monotonic() + SECONDS_TO_FIND
        while time.monotonic() < deadline:
            try:
                now = self.script("return document.readyState === 'complete' ? performance.timeOrigin : null")
            except EngineRefusedError:  # between two pages
                now = None
            if now not in (None, before):
                return
            time.sleep(0.05)
        pytest.fail(f"{self.name}: no other page came after {selector}")

    def choose(self, selector: str, value: str) -> None:
        """Choose from a list."""
        self.press(f"{selector} option[value='{value}']")

    def text(self, selector: str = "main") -> str:
        """What a person reads there."""
        return str(self._say("GetElementText", id=self._found(selector)))

    def address(self) -> str:
        """Where the page stands."""
        return str(self._say("GetCurrentURL"))

    def script(self, lines: str, *given: Any) -> Any:
        """What lines of JavaScript return."""
        return self._say("ExecuteScript", script=lines, args=list(given))

    def _found(self, selector: str) -> str:
        deadline = time.monotonic() + SECONDS_TO_FIND
        while True:
            try:
                return str(self._say("FindElement", using="css selector", value=selector)[ELEMENT])
            except EngineRefusedError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)


class EngineRefusedError(AssertionError):
    """The engine did not do what it was told."""


@contextmanager
def firefox(folder: Path) -> Iterator[Engine]:
    """Firefox without a screen, with a profile of its own in `folder`."""
    program = _program("firefox-esr") or _program("firefox")
    if program is None:
        _missing("Firefox")
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in FIREFOX_SETTINGS.items()
    ]
    (folder / "user.js").write_text("\n".join(lines))
    started = subprocess.Popen(
        [str(program), "--headless", "--marionette", "--no-remote", "--profile", str(folder), "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"},
    )
    try:
        port = int(_waited_for(lambda: (folder / "MarionetteActivePort").read_text(), started))
        with _Marionette(port) as say:
            say("NewSession", capabilities={"alwaysMatch": {}})
            yield Engine("Firefox", say)
    finally:
        _ended(started)


class _Marionette:
    """`LENGTH:[0, id, command, parameters]` to the browser; `LENGTH:[1, id, error, answer]` back."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=240)
        self._file, self._count = self._socket.makefile("rb"), 0

    def __enter__(self) -> "_Marionette":
        self._read()  # its greeting
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._socket.close()

    def __call__(self, command: str, **named: Any) -> Any:
        self._count += 1
        sent = json.dumps([0, self._count, f"WebDriver:{command}", named]).encode()
        self._socket.sendall(str(len(sent)).encode() + b":" + sent)
        _, _, error, answer = self._read()
        if error:
            raise EngineRefusedError(f"{command}: {error.get('message', error)}")
        return answer["value"] if isinstance(answer, dict) and set(answer) == {"value"} else answer

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._file.read(1) or b":"
        return json.loads(self._file.read(int(length[:-1])))


PATHS = {
    "Navigate": ("POST", "/url"),
    "GetCurrentURL": ("GET", "/url"),
    "FindElement": ("POST", "/element"),
    "ElementClick": ("POST", "/element/{id}/click"),
    "ElementClear": ("POST", "/element/{id}/clear"),
    "ElementSendKeys": ("POST", "/element/{id}/value"),
    "GetElementText": ("GET", "/element/{id}/text"),
    "ExecuteScript": ("POST", "/execute/sync"),
}


@contextmanager
def webkit(folder: Path) -> Iterator[Engine]:
    """WebKitGTK's MiniBrowser on a screen that nobody sees."""
    driver, screen = _program("WebKitWebDriver"), _program("Xvfb")
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))
    if driver is None or screen is None or not browsers:
        _missing("WebKitGTK with WebKitWebDriver and Xvfb")
    folder.mkdir(parents=True, exist_ok=True)
    with _screen(str(screen)) as display, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        homes = {name: str(folder) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
        started = subprocess.Popen(
            [str(driver), f"--port={port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={
                **os.environ,
                **homes,
                "DISPLAY": display,
                "NO_AT_BRIDGE": "1",
                "LIBGL_ALWAYS_SOFTWARE": "1",
            },
        )
        session = ""
        try:
            _waited_for(lambda: _asked(port, "GET", "/status"), started)
            options = {"binary": str(browsers[-1]), "args": ["--automation"]}
            wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
            session = _asked(port, "POST", "/session", {"capabilities": wanted})["sessionId"]

            def say(command: str, **named: Any) -> Any:
                method, path = PATHS[command]
                where = f"/session/{session}" + path.format(id=named.pop("id", ""))
                return _asked(port, method, where, named)

            yield Engine("WebKit", say)
        finally:
            if session:
                with suppress(EngineRefusedError):  # one that ended by itself
                    _asked(port, "DELETE", f"/session/{session}")
            _ended(started)


@contextmanager
def _screen(program: str) -> Iterator[str]:
    started = subprocess.Popen(
        [program, "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert started.stdout is not None
        yield f":{started.stdout.readline().strip()}"
    finally:
        _ended(started)
        if started.stdout is not None:
            started.stdout.close()


def _asked(port: int, method: str, path: str, body: Any = None) -> Any:
    sent = json.dumps(body or {}).encode() if method == "POST" else None
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=sent, method=method)
    try:
        with urllib.request.urlopen(request, timeout=240) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        with error:
            told = json.load(error)["value"]
        raise EngineRefusedError(f"{path}: {told.get('message') or told.get('error')}") from None


def _program(name: str) -> str | None:
    return shutil.which(name)


def _waited_for(look: Any, started: "subprocess.Popen[Any]") -> Any:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and started.poll() is None:
        try:
            if found := look():
                return found
        except (OSError, EngineRefusedError):
            pass
        time.sleep(0.1)
    raise EngineRefusedError(f"{started.args} did not start")


def _ended(started: "subprocess.Popen[Any]") -> None:
    if started.poll() is None:
        started.terminate()
    try:
        started.wait(15)
    except subprocess.TimeoutExpired:
        started.kill()
        started.wait(15)


def _missing(name: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(NOT_HERE.format(name))
    pytest.skip(NOT_HERE.format(name))
