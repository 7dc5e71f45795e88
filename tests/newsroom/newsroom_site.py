"""A really served newsroom for tests: its own folder, its own process, and nothing of the office around it."""

import atexit
import base64
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import posada.page
from posada.newsroom.deployment import make_newsroom
from posada.newsroom.figures import signed_bytes
from posada.office.exchange_keys import figures_signer, letters_opener, public_bytes

FONT = Path(posada.page.__path__[0]) / "assets" / "young-serif.woff2"
AUDIT_KEY, SEALING_KEY = b"a" * 32, b"b" * 32
SECONDS_TO_START = 240.0


def figures(**changed: Any) -> dict[str, Any]:
    """What the office publishes, not yet signed."""
    now = datetime.now(UTC)
    kept = {"as_of": now.date().isoformat(), "source": "the program's records", "hidden_because": None}

    def one(
        name: str, value: int | None, whole: int | None, words: str, unit: str, **more: Any
    ) -> dict[str, Any]:
        definition = {"en": words, "es": f"{words} (es)"}
        told = {"id": name, "value": value, "unit": unit, "denominator": whole, "definition": definition}
        return {**told, **kept, **more}

    told: dict[str, Any] = {
        "schema": 1,
        "made_on": now.isoformat(timespec="seconds"),
        "as_of": kept["as_of"],
        "program": {"state": "MD", "title": "Maryland"},
        "figures": [
            one("children_sheltered", 1184, 1214, "children found a home", "children"),
            one("children_waiting", None, None, "=children wait", "children", hidden_because="small"),
            one("cost_per_child_day", 3140, None, "cost for a child and day", "cents"),
        ],
        "tables": [],
    }
    return {**told, **changed}


def write_figures(exchange: Path, told: dict[str, Any], *, signer: Ed25519PrivateKey | None = None) -> Path:
    """Sign and write figures as the office does."""
    return write_signed(exchange / "to_public" / "figures.json", told, signer=signer)


def write_signed(path: Path, told: dict[str, Any], *, signer: Ed25519PrivateKey | None = None) -> Path:
    """Sign and write a file of the exchange as the office does, in one step."""
    key = signer or figures_signer(AUDIT_KEY)
    signature = base64.b64encode(key.sign(signed_bytes(told))).decode()
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f".{path.name}")
    staged.write_text(json.dumps({**told, "signature": signature}), encoding="utf-8")
    return staged.replace(path)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a newsroom's process: of the office nothing is in it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    named = {"POSADA_NEWSROOM_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "posada.web.settings.newsroom"}
    return {**kept, **named, **more}


def make_site(folder: Path, **more: str) -> Path:
    """A newsroom with the demonstration's stories, prepared and not served; a second one is a copy of the first."""
    if more:
        return _prepared(folder, **more)
    first = _first_site()
    shutil.copytree(first, folder)
    for each in ("to_public", "from_public"):
        (folder.parent / "exchange" / each).mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@lru_cache(maxsize=1)
def _first_site() -> Path:
    kept = Path(tempfile.mkdtemp(prefix="posada-newsroom-"))
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    return _prepared(kept / "newsroom")


def _prepared(folder: Path, **more: str) -> Path:
    make_newsroom(
        folder,
        figures_key=public_bytes(figures_signer(AUDIT_KEY)),
        letters_key=public_bytes(letters_opener(SEALING_KEY)),
        demonstration=True,
    )
    ran = subprocess.run(
        [sys.executable, "-m", "posada.newsroom.prepare", str(FONT)],
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return folder


@dataclass
class Answer:
    """What a page answered."""

    status: int
    url: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """As text."""
        return self.body.decode()


@dataclass
class Site:
    """A newsroom that is running."""

    folder: Path
    address: str

    @property
    def exchange(self) -> Path:
        """The folder of the exchange with the office."""
        return self.folder.parent / "exchange"

    def get(self, path: str, **headers: str) -> Answer:
        """Fetch a page as it is, without a cookie."""
        asked = urllib.request.Request(
            self.address + path, headers={key.replace("_", "-"): value for key, value in headers.items()}
        )
        return self._answer(asked)

    def post(
        self, path: str, *, wait: float = 1.05, headers: dict[str, str] | None = None, **typed: Any
    ) -> Answer:
        """Fill in the form of a page and send it, as slowly as a quick person."""
        stamp = re.search(r'name="t" value="([^"]+)"', self.get(path).text)
        time.sleep(wait)
        fields = {"t": stamp[1] if stamp else "", **typed}
        body = urllib.parse.urlencode(fields, doseq=True).encode()
        return self._answer(urllib.request.Request(self.address + path, data=body, headers=headers or {}))

    def run(self, script: str) -> str:
        """Run lines within the newsroom's own Django, in a process of its own."""
        ran = subprocess.run(
            [sys.executable, "-c", "import django; django.setup()\n" + script],
            env=environment(self.folder),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def _answer(self, asked: urllib.request.Request) -> Answer:
        try:
            with urllib.request.urlopen(asked, timeout=120) as got:
                headers = {key.lower(): value for key, value in got.headers.items()}
                return Answer(got.status, got.geturl().removeprefix(self.address), got.read(), headers)
        except urllib.error.HTTPError as error:
            headers = {key.lower(): value for key, value in error.headers.items()}
            return Answer(error.code, "", error.read(), headers)


@contextmanager
def served_site(folder: Path, *, log: Path | None = None, **more: str) -> Iterator[Site]:
    """Serve a newsroom that is prepared; what it says goes into `log` where one is named."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += ["--blocking-threads", "4", "--http", "1", "--no-ws", "--log-level", "error"]
    command += ["posada.web.newsroom_wsgi:application"]
    said = log.open("wb") if log is not None else None
    told = environment(folder, POSADA_NEWSROOM_ADDRESS=address, **more)
    process = subprocess.Popen(command, env=told, stdout=said, stderr=said)
    try:
        site, deadline = Site(folder, address), time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            try:
                if site.get("/robots.txt").status == 200:
                    break
            except OSError:
                time.sleep(0.2)
        yield site
    finally:
        process.terminate()
        process.wait(120)
        if said is not None:
            said.close()
