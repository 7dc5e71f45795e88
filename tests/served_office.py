"""A really served office for tests: a small demonstration, its web server and worker, and clients that sign in.

Nothing here is replaced by a stand-in: the processes are those of `posada demo` and `posada serve`.
"""

import base64
import hashlib
import hmac
import http.client
import http.cookiejar
import json
import os
import re
import struct
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHILDREN = 60
SECONDS_TO_START, HALF_MINUTE = 240.0, 30
TRIES = 3  # a code may have been used, and the half minute may end on its way
PATIENCE = 120  # seconds for one answer; only an office that hangs is a failure
POSADA = [sys.executable, "-c", "from posada.cli.main import run; run()"]


def environment(**more: str) -> dict[str, str]:
    """The environment of a user's own shell: nothing of the test run's settings is in it."""
    ours = ("POSADA_", "DJANGO_", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PYTHONUNBUFFERED": "1", **more}


def posada(*words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of `posada` to its end, in a process of its own."""
    return subprocess.run(
        [*POSADA, *map(str, words)],
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def make_demonstration(folder: Path, *, children: int = CHILDREN, **more: str) -> Path:
    """A demonstration with few children, prepared and not served."""
    drawn = posada(
        "generate", "--scope", "maryland", "--children", str(children), "--out", folder / "program"
    )
    assert drawn.returncode == 0, drawn.stderr
    made = posada("demo", "--data", folder, "--no-serve", **{"POSADA_DEMO_NEWSROOM": "0", **more})
    assert made.returncode == 0, made.stderr
    return folder


def code_now(secret: str) -> str:
    """The six digits that an authenticator app shows now (RFC 6238), worked out here on purpose."""
    key, count = base64.b32decode(secret), int(time.time()) // HALF_MINUTE
    digest = hmac.new(key, struct.pack(">Q", count), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


@dataclass
class Office:
    """An office that is running. `accounts`: what `posada accounts --demo --json` prints."""

    data: Path
    address: str
    process: subprocess.Popen[str]
    accounts: list[dict[str, str]]
    said: list[str] = field(default_factory=list)

    def account(self, username: str) -> dict[str, str]:
        """The sign-in of that name."""
        return next(each for each in self.accounts if each["username"] == username)

    def visitor(self, username: str = "") -> "Visitor":
        """A plain HTTP client; signed in where a name is given."""
        visitor = Visitor(self.address)
        if username:
            visitor.sign_in(self.account(username))
        return visitor

    def children_of(self) -> list[int]:
        """Process ids of the web server and the worker."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(each) for each in listed.split()]


@dataclass
class Answer:
    """What a page answered."""

    status: int
    url: str
    text: str
    headers: dict[str, str]


class Visitor:
    """A browser without a screen: keeps cookies, follows redirects, sends the token of each form."""

    def __init__(self, address: str) -> None:
        self.address, self.last_code = address, ""
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def session(self) -> str:
        """The cookie of the session; empty where there is none."""
        return next((each.value or "" for each in self.cookies if each.name == "sessionid"), "")

    def get(self, path: str, **headers: str) -> Answer:
        """Look at a page."""
        return self._ask(urllib.request.Request(self.address + path, headers=headers))

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form, with the token that its own page gives."""
        return self.send(path, token=self.token(path), **fields)

    def token(self, path: str) -> str:
        """The token that the form on a page carries."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path).text)
        return found[1] if found else ""

    def send(self, path: str, *, token: str, **fields: str) -> Answer:
        """Send a form whose token is known."""
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self._ask(urllib.request.Request(self.address + path, data=sent))

    def sign_in(self, account: dict[str, str]) -> Answer:
        """Sign in at the ordinary page, with password and then with the code."""
        answer = self.post("/accounts/login/", login=account["username"], password=account["password"])
        if account["totp_secret"]:
            assert urllib.parse.urlsplit(answer.url).path == "/accounts/2fa/authenticate/", answer.url
            answer = self.enter_code(account["totp_secret"])
        assert urllib.parse.urlsplit(answer.url).path == "/", answer.url
        return answer

    def enter_code(self, secret: str) -> Answer:
        """Send the code of the moment; one that was used already is waited out."""
        path = "/accounts/2fa/authenticate/"
        for _ in range(TRIES):
            self.last_code = code_now(secret)
            answer = self.post(path, code=self.last_code)
            if urllib.parse.urlsplit(answer.url).path != path:
                break
            time.sleep(HALF_MINUTE - time.time() % HALF_MINUTE + 0.1)
        return answer

    def _ask(self, request: Any) -> Answer:
        try:
            answer = self.opener.open(request, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Answer(
                answer.status,
                answer.url,
                answer.read().decode(errors="replace"),
                {k.lower(): v for k, v in answer.headers.items()},
            )


@contextmanager
def served(folder: Path, *words: str, **more: str) -> Iterator[Office]:
    """Serve the office in a folder on a free port for the time of the block."""
    process = subprocess.Popen(
        [*POSADA, "serve", "--data", str(folder), "--port", "0", *words],
        env=environment(**more),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    said: list[str] = []
    found = threading.Event()
    reader = threading.Thread(target=_read, args=(process, said, found), daemon=True)
    reader.start()
    try:
        found.wait(SECONDS_TO_START)
        named = re.search(r"http://[\d.]+:\d+", "".join(said))
        assert named, f"the office did not start: {''.join(said)}"
        listed = posada("accounts", "--demo", "--json", "--data", folder, **more)
        yield Office(folder, named[0], process, json.loads(listed.stdout or "[]"), said)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(PATIENCE)
        reader.join(PATIENCE)
        assert process.stderr is not None
        process.stderr.close()


def _read(process: "subprocess.Popen[str]", said: list[str], found: threading.Event) -> None:
    """Keep what the command says; `found`: its address was among it, or it has ended."""
    assert process.stderr is not None
    for line in process.stderr:
        said.append(line)
        if "http://" in line:
            found.set()
    found.set()
