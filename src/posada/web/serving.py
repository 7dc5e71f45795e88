"""Runs an office, and the public site beside it: a web server and a worker of each, watched over by this one.

Comes in: a folder, a port. Goes out: nothing; it runs until it is told to stop. A child that dies is started again;
one of the office that keeps dying stops the whole, while without the public site the office goes on. Children end
with their parent, also if that is killed.
This file starts no Django: the watching process stays small.
Docs: docs/how-to/run-the-office.md. Tests: tests/web/test_serving.py.
"""

import contextlib
import ctypes
import fcntl
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from posada.web import served_keys
from posada.web.apart import newsroom_of, of_newsroom, of_office
from posada.web.deployment import FOLDER, LOOPBACK, DeploymentUnusable, read_deployment

RUN = served_keys.RUN
"""Folder within a deployment's, for what is known of the processes that run."""
DO_NOT_RESTART = 3
"""Status by which a child says that starting it again would change nothing; its reason is on standard error."""
SECONDS_TO_START, SECONDS_TO_STOP = 60.0, 10.0
QUICK_SECONDS, MOST_QUICK_DEATHS = 10.0, 5
WEB_THREADS = 8
_PR_SET_PDEATHSIG = 1


class CannotServe(Exception):
    """The office cannot be served; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Site:
    """What is to be served, and where. `port` 0 takes one that is free; `public_port` None is the next after it."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    web_processes: int = 1
    public_port: int | None = None


@dataclass(slots=True)
class Child:
    """A process that is kept running."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    quick_deaths: int = 0
    environment: Mapping[str, str] = field(default_factory=dict)
    is_needed: bool = True
    is_given_up: bool = False

    def start(self) -> None:
        """Start it, in a session of its own, so that the keyboard's interrupt reaches its parent alone."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            env=dict(self.environment),
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )

    def stop(self, *, deadline: float) -> None:
        """Ask it to stop; end it at the deadline, with everything it has started."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(max(0.1, deadline - time.monotonic()))
        self.clear()

    def clear(self) -> None:
        """End what a dead child has left running."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def serve(
    site: Site, *, tell: Callable[[str], None], tell_public: Callable[[str], None] = lambda _: None
) -> int:
    """Serve until told to stop (SIGTERM, SIGINT). `tell` is given the address once it answers.

    `tell_public` is given the public site's, where a newsroom was made.

    Returns the exit status. Raises CannotServe, DeploymentUnusable.
    """
    deployment = read_deployment(site.data, environment=os.environ)
    if deployment.demonstration and f"{site.host}" not in {each.strip("[]") for each in LOOPBACK}:
        raise DeploymentUnusable("A demonstration is served on this machine only: leave --host out.")
    port = _free_port(site.host, site.port)
    newsroom = newsroom_of(site.data)
    with _only_one(site.data), _told_to_stop() as stopping:
        served_keys.say_served(deployment)
        _begin_counting(site.data, newsroom)
        children = _children(site, port=port, demonstration=deployment.demonstration)
        if newsroom is not None:
            public = _free_port(site.host, _public_port(site))
            children += _public_children(site, folder=newsroom, port=public)
        try:
            for child in children:
                child.start()
            name = deployment.hosts[0]
            _wait_until_it_answers((site.host, port, name), children=children, stopping=stopping)
            if not stopping():
                tell(f"http://{site.host}:{port}")
            if newsroom is not None and _public_answers((site.host, public, name), children, stopping):
                tell_public(f"http://{site.host}:{public}")
            _watch(children, stopping=stopping)
        finally:
            deadline = time.monotonic() + SECONDS_TO_STOP
            for child in children:
                child.stop(deadline=deadline)
    return 0


def _children(site: Site, *, port: int, demonstration: bool) -> list[Child]:
    environment = of_office(os.environ)
    environment |= {FOLDER: str(site.data), "DJANGO_SETTINGS_MODULE": "posada.web.settings.office"}
    if demonstration:  # links in its messages lead to where it is really served
        environment["POSADA_ADDRESS"] = os.environ.get("POSADA_ADDRESS") or f"http://{site.host}:{port}"
    worker = [sys.executable, "-m", "posada.web.operating.worker"]
    return [
        Child("worker", worker, environment=environment),
        Child("web", _web(site, port, "posada.web.wsgi:application"), environment=environment),
    ]


def _public_children(site: Site, *, folder: Path, port: int) -> list[Child]:
    """The public site: processes of its own, to which nothing of the office is handed."""
    environment = of_newsroom(os.environ, folder=folder)
    environment.setdefault("POSADA_NEWSROOM_ADDRESS", f"http://{site.host}:{port}")
    worker = [sys.executable, "-m", "posada.newsroom.worker"]
    web = _web(site, port, "posada.web.newsroom_wsgi:application")
    return [
        Child("public worker", worker, environment=environment, is_needed=False),
        Child("public web", web, environment=environment, is_needed=False),
    ]


def _web(site: Site, port: int, application: str) -> list[str]:
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", site.host, "--port", str(port)]
    web += ["--workers", str(site.web_processes), "--blocking-threads", str(WEB_THREADS), "--backlog", "1024"]
    web += ["--http", "1", "--no-ws", "--log-level", "error", "--respawn-failed-workers"]
    return [*web, "--workers-kill-timeout", "5", application]


def _begin_counting(*folders: Path | None) -> None:
    """What processes of the last run have counted for a monitor is over; see posada.web.operating.metrics."""
    for folder in folders:
        if folder is not None:
            shutil.rmtree(folder / RUN / "metrics", ignore_errors=True)


def _public_port(site: Site) -> int:
    if site.public_port is not None:
        return site.public_port
    return site.port + 1 if 0 < site.port < 65535 else 0


def _watch(children: list[Child], *, stopping: Callable[[], bool]) -> None:
    while not stopping():
        for child in children:
            _revive(child)
        time.sleep(0.2)


def _revive(child: Child) -> None:
    assert child.process is not None  # noqa: S101
    status = child.process.poll()
    if status is None or child.is_given_up:
        return
    child.clear()
    if not child.is_needed and (status == DO_NOT_RESTART or child.quick_deaths + 1 >= MOST_QUICK_DEATHS):
        child.is_given_up = True
        print(f"The {child.name} process keeps ending by itself and is left out.", file=sys.stderr)
        return
    if status == DO_NOT_RESTART:
        raise CannotServe("The office cannot run as it stands; the reason stands above.")
    is_quick = time.monotonic() - child.started_at < QUICK_SECONDS
    child.quick_deaths = child.quick_deaths + 1 if is_quick else 0
    if child.quick_deaths >= MOST_QUICK_DEATHS:
        raise CannotServe(f"The {child.name} process keeps ending by itself (status {status}).")
    time.sleep(0.2 * child.quick_deaths)
    child.start()


def _wait_until_it_answers(
    place: tuple[str, int, str], *, children: list[Child], stopping: Callable[[], bool]
) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not stopping():
        for child in children:
            _revive(child)
        if _answers(*place):
            return
        if time.monotonic() > deadline:
            raise CannotServe(f"The office did not answer within {SECONDS_TO_START:.0f} seconds.")
        time.sleep(0.1)


def _public_answers(place: tuple[str, int, str], children: list[Child], stopping: Callable[[], bool]) -> bool:
    """Whether the public site answers in time; the office goes on without it."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not stopping() and time.monotonic() < deadline and not any(each.is_given_up for each in children):
        for child in children:
            _revive(child)
        if _answers(*place):
            return True
        time.sleep(0.1)
    return False


def _answers(host: str, port: int, name: str) -> bool:
    asked = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=5)  # noqa: S104
    try:
        asked.request("GET", "/accounts/login/", headers={"Host": name})
        return asked.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _free_port(host: str, port: int) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise CannotServe(
                f"Port {port} on {host} cannot be used ({error.strerror}). Choose another with --port."
            ) from None
        return int(tried.getsockname()[1])


@contextmanager
def _only_one(data: Path) -> Iterator[None]:
    """One office is served by one process at a time."""
    folder = data / RUN
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / served_keys.LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotServe(f"{data} is being served already.") from None
        yield


@contextmanager
def _told_to_stop() -> Iterator[Callable[[], bool]]:
    """Whether a signal has asked to stop since."""
    told: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield lambda: bool(told)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_with_parent() -> None:
    """On Linux the system ends a child whose parent has died."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
