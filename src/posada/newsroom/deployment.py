"""Which newsroom this is: its folder, its database, its keys, and where the office's published files lie.

Comes in: a folder and the environment. Goes out: `Newsroom`, which the settings read. Nothing here knows the office's
folder, its keys or its database; of the office it holds two public keys and the folder of the exchange.
Docs: docs/explanation/the-public-site.md. Tests: tests/newsroom/test_deployment.py.
"""

import os
import secrets
import tomllib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NEWSROOM_FILE, KEY_FILE, DATABASE_FILE = "newsroom.toml", "keys.toml", "newsroom.sqlite3"
FOLDER, DATABASE_URL, HOSTS = "POSADA_NEWSROOM_DATA", "POSADA_NEWSROOM_DATABASE_URL", "POSADA_NEWSROOM_HOSTS"
MUTED = "muted"
"""A file of the newsroom: it was restored from a backup; it publishes and tells nothing until a person removes it."""
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
PUBLIC_KEY_BYTES, SECRET_BYTES = 32, 48


class NewsroomUnusable(Exception):
    """The newsroom cannot be used as it stands; the message says what is missing and how to mend it."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A newsroom as its folder and the environment describe it.

    `figures_key` (Ed25519) proves the office's figures, `letters_key` (X25519) seals letters to the office; both are
    public keys of 32 bytes. `secret` is Django's and is never printed.
    """

    folder: Path
    exchange: Path
    demonstration: bool
    database_url: str
    secret: str
    figures_key: bytes
    letters_key: bytes
    hosts: tuple[str, ...]
    address: str
    behind_tls: bool

    @property
    def media(self) -> Path:
        """Where clips, captions and pictures lie."""
        return self.folder / "media"

    @property
    def is_muted(self) -> bool:
        """Whether this is a copy that nobody has called the live one yet."""
        return (self.folder / MUTED).exists()

    def __repr__(self) -> str:
        return f"Newsroom({str(self.folder)!r})"


def make_newsroom(folder: Path, *, figures_key: bytes, letters_key: bytes, demonstration: bool) -> None:
    """Make the folder of a new newsroom: description, keys (mode 0600), media. The exchange lies beside it.

    Raises NewsroomUnusable where one is there already.
    """
    described = folder / NEWSROOM_FILE
    if described.exists():
        raise NewsroomUnusable(f"{folder}: a newsroom is here already.")
    for room in (folder, folder / "media", folder / "static"):
        room.mkdir(parents=True, exist_ok=True, mode=0o700)
    for each in ("to_public", "from_public"):
        (folder.parent / "exchange" / each).mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_private(folder / KEY_FILE, f'secret_key = "{secrets.token_urlsafe(SECRET_BYTES)}"\n')
    lines = (
        f"demonstration = {str(demonstration).lower()}",
        'exchange = "../exchange"',
        f'figures_key = "{urlsafe_b64encode(figures_key).decode()}"',
        f'letters_key = "{urlsafe_b64encode(letters_key).decode()}"',
    )
    _write_private(described, "\n".join(lines) + "\n")


def read_newsroom(folder: Path, *, environment: Mapping[str, str]) -> Newsroom:
    """The newsroom in a folder. Raises NewsroomUnusable where the folder or a key is missing."""
    described, keys = folder / NEWSROOM_FILE, folder / KEY_FILE
    if not described.is_file():
        raise NewsroomUnusable(f"{folder}: no newsroom is here. `posada demo` and `posada init` make one.")
    settings = tomllib.loads(described.read_text(encoding="utf-8"))
    if not keys.is_file() or not (secret := tomllib.loads(keys.read_text("utf-8")).get("secret_key")):
        raise NewsroomUnusable(f"{keys}: the newsroom's own key is missing.")
    if keys.stat().st_mode & 0o077:
        raise NewsroomUnusable(f"{keys}: others can read the key. Mend it with `chmod 600 {keys}`.")
    demonstration = bool(settings.get("demonstration", False))
    hosts = tuple(each.strip() for each in environment.get(HOSTS, "").split(",") if each.strip()) or LOOPBACK
    if demonstration and (beyond := [each for each in hosts if each not in LOOPBACK]):
        raise NewsroomUnusable(f"A demonstration answers on this machine only, not as {beyond[0]}.")
    return Newsroom(
        folder=folder,
        exchange=folder / str(settings.get("exchange", "../exchange")),
        demonstration=demonstration,
        database_url=environment.get(DATABASE_URL) or f"sqlite:///{folder.resolve() / DATABASE_FILE}",
        secret=str(secret),
        figures_key=_public_key(settings, "figures_key"),
        letters_key=_public_key(settings, "letters_key"),
        hosts=hosts,
        address=environment.get("POSADA_NEWSROOM_ADDRESS", "http://127.0.0.1:8001"),
        behind_tls=not demonstration and environment.get("POSADA_PLAIN_HTTP") != "1",
    )


def letters_key_now(newsroom: Newsroom) -> bytes:
    """The office's public key as the description has it at this moment: the office may have changed it meanwhile."""
    try:
        return letters_key_of(newsroom.folder)
    except (OSError, ValueError, NewsroomUnusable):
        return newsroom.letters_key


def letters_key_of(folder: Path) -> bytes:
    """The public key in the description of a newsroom. Raises NewsroomUnusable, OSError, ValueError."""
    return _public_key(_described(folder), "letters_key")


def change_letters_key(folder: Path, key: bytes) -> bool:
    """Put another public key of the office into a newsroom's description, whole. Whether it was another."""
    described = folder / NEWSROOM_FILE
    if _described(folder).get("letters_key") == urlsafe_b64encode(key).decode():
        return False
    lines = described.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("letters_key")]
    staged = folder / f".{NEWSROOM_FILE}.{os.getpid()}"
    _write_private(staged, "\n".join([*kept, f'letters_key = "{urlsafe_b64encode(key).decode()}"']) + "\n")
    staged.replace(described)
    return True


def _described(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / NEWSROOM_FILE).read_text(encoding="utf-8"))


def _public_key(settings: Mapping[str, object], name: str) -> bytes:
    try:
        key = urlsafe_b64decode(str(settings.get(name, "")).encode())
    except ValueError:
        key = b""
    if len(key) != PUBLIC_KEY_BYTES:
        raise NewsroomUnusable(f"{name} in {NEWSROOM_FILE} is not a public key of {PUBLIC_KEY_BYTES} bytes.")
    return key


def _write_private(path: Path, text: str) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(text)
