"""Which deployment this is: its folder, its database, its keys, and whether its people are synthetic.

Comes in: a folder and the environment. Goes out: `Deployment`, which the settings read and nothing else changes.
A demonstration keeps its own keys beside its data (mode 0600) and is refused off the loopback interface; a real
deployment takes its keys from the environment or from a key file that it names.
Docs: docs/how-to/run-the-office.md. Tests: tests/web/test_deployment.py.
"""

import hashlib
import os
import secrets
import tomllib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from posada.web.key_file import KEY_BYTES, KeyFile, decoded

DEPLOYMENT_FILE = "deployment.toml"
KEY_FILE = "keys.toml"
DATABASE_FILE = "office.sqlite3"
FOLDER, DATABASE_URL, KEYS = "POSADA_DATA", "POSADA_DATABASE_URL", "POSADA_KEY_FILE"
SEALING_KEYS = "POSADA_SEALING_KEYS"
KEY_NAMES = ("secret_key", "sealing_keys", "lookup_key", "audit_key")
PUSH_KEY = "push_key"
SECRET_BYTES = 48
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # FIPS 186-4, D.1.2.3
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class DeploymentUnusable(Exception):
    """The deployment cannot be used as it stands; the message says what is missing and how to mend it."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of a deployment; none of them is ever printed.

    `sealing`: newest first, each 32 bytes; the first seals, all of them open. `lookup`: keyed hashes of sealed
    values. `audit`: signs the daily digest of the log. `secret`: Django's. `push`: proves to push services who sends;
    empty where none was drawn, and then no browser of staff is told anything.
    """

    secret: str
    sealing: tuple[bytes, ...]
    lookup: bytes
    audit: bytes
    push: str = ""

    @property
    def sealing_names(self) -> tuple[str, ...]:
        """A public name of each sealing key, so that a backup can say which ones it needs."""
        return tuple(
            hashlib.sha256(b"posada backup names a key" + key).hexdigest()[:16] for key in self.sealing
        )

    def __repr__(self) -> str:
        return "Keys(…)"


@dataclass(frozen=True, slots=True)
class Deployment:
    """A deployment as its folder and the environment describe it."""

    folder: Path
    demonstration: bool
    database_url: str
    keys: Keys
    hosts: tuple[str, ...]
    behind_tls: bool
    mail_url: str
    mail_from: str
    key_file: KeyFile | None = field(default=None, compare=False, repr=False)
    """The file that the sealing keys come from; None: they come from the environment."""

    def sealing_now(self) -> tuple[bytes, ...]:
        """The sealing keys, newest first, as the key file has them at this moment.

        Ask only after what is to be opened was read: whatever sealed it knew its key from this file.
        """
        return self.keys.sealing if self.key_file is None else self.key_file.sealing(self.keys.sealing)

    @property
    def documents(self) -> Path:
        """Where uploaded documents lie, under opaque names."""
        return self.folder / "documents"

    @property
    def plans(self) -> Path:
        """Where plans lie, each in a folder of its own under an opaque name."""
        return self.folder / "plans"


def read_deployment(folder: Path, *, environment: Mapping[str, str]) -> Deployment:
    """The deployment in a folder. Raises DeploymentUnusable where the folder or a key is missing."""
    described = folder / DEPLOYMENT_FILE
    if not described.is_file():
        raise DeploymentUnusable(
            f"{folder}: no office lives here. Make one with `posada init --data {folder}` "
            f"or, with synthetic people, `posada demo --data {folder}`."
        )
    settings = tomllib.loads(described.read_text(encoding="utf-8"))
    demonstration = bool(settings.get("demonstration", False))
    database = environment.get(DATABASE_URL) or str(settings.get("database_url", ""))
    hosts = _hosts(environment, demonstration=demonstration)
    path = _key_path(folder, environment)
    watched = KeyFile(path) if path.is_file() and not environment.get(SEALING_KEYS) else None
    return Deployment(
        folder=folder,
        demonstration=demonstration,
        database_url=database or f"sqlite:///{folder.resolve() / DATABASE_FILE}",
        key_file=watched,  # stamped before its keys are read: a change meanwhile is not missed
        keys=_keys(folder, demonstration=demonstration, environment=environment),
        hosts=hosts,
        behind_tls=not demonstration and environment.get("POSADA_PLAIN_HTTP") != "1",
        mail_url=environment.get("POSADA_MAIL_URL", ""),
        mail_from=environment.get("POSADA_MAIL_FROM", "office@example.org"),
    )


def require_keys(folder: Path, *, environment: Mapping[str, str]) -> None:
    """Raises DeploymentUnusable where the keys of a real office in this folder are missing or can't be read."""
    _keys(folder, demonstration=False, environment=environment)


def make_deployment(folder: Path, *, demonstration: bool, keys_beside: bool, database_url: str = "") -> None:
    """Make the folder of a new deployment: its description and, where asked, keys beside it (mode 0600).

    `database_url` is kept in the description only for a demonstration; a real one takes it from the environment.
    Raises DeploymentUnusable where one lives there already.
    """
    described = folder / DEPLOYMENT_FILE
    if described.exists():
        raise DeploymentUnusable(f"{folder}: an office lives here already.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    for room in ("documents", "plans", "static"):
        (folder / room).mkdir(exist_ok=True, mode=0o700)
    if keys_beside:
        _write_private(folder / KEY_FILE, new_keys())
    lines = [f"demonstration = {str(demonstration).lower()}"]
    if database_url and demonstration:
        lines.append(f'database_url = "{database_url}"')
    _write_private(described, "\n".join(lines) + "\n")


def new_keys() -> str:
    """Fresh keys, in the form of a key file."""
    long = {"secret_key": SECRET_BYTES}
    drawn = {
        name: urlsafe_b64encode(secrets.token_bytes(long.get(name, KEY_BYTES))).decode() for name in KEY_NAMES
    }
    drawn[PUSH_KEY] = drawn_push_key()
    lines = [
        f'{name} = ["{value}"]' if name == "sealing_keys" else f'{name} = "{value}"'
        for name, value in drawn.items()
    ]
    return (
        "# Keep this file apart from the data and its backups. Without it nothing sealed can be opened.\n"
        + ("\n".join(lines) + "\n")
    )


def drawn_push_key() -> str:
    """A private key (P-256) as posada.push reads it; a number that is none is drawn again."""
    while True:
        number = secrets.token_bytes(KEY_BYTES)
        if 0 < int.from_bytes(number, "big") < P256_ORDER:
            return urlsafe_b64encode(number).decode().rstrip("=")


def _hosts(environment: Mapping[str, str], *, demonstration: bool) -> tuple[str, ...]:
    named = environment.get("POSADA_HOSTS", "")
    hosts = tuple(each.strip() for each in named.split(",") if each.strip()) or LOOPBACK
    beyond = [each for each in hosts if each not in LOOPBACK]
    if demonstration and beyond:
        raise DeploymentUnusable(
            f"A demonstration answers on this machine only, not as {beyond[0]}. Unset POSADA_HOSTS."
        )
    return hosts


def _write_private(path: Path, text: str) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(text)


def _key_path(folder: Path, environment: Mapping[str, str]) -> Path:
    named = environment.get(KEYS)
    return Path(named) if named else folder / KEY_FILE


def _keys(folder: Path, *, demonstration: bool, environment: Mapping[str, str]) -> Keys:
    path = _key_path(folder, environment)
    found: dict[str, object] = {}
    if path.is_file():
        if path.stat().st_mode & 0o077:
            raise DeploymentUnusable(f"{path}: others can read the keys. Mend it with `chmod 600 {path}`.")
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise DeploymentUnusable(
                f"{path}: the key file can’t be read as one. Put the file back that belongs to this office."
            ) from None
    for name in KEY_NAMES:
        from_environment = environment.get(f"POSADA_{name.upper()}")
        if from_environment:
            found[name] = from_environment.split(",") if name == "sealing_keys" else from_environment
    missing = [name for name in KEY_NAMES if not found.get(name)]
    if missing:
        wanted = ", ".join(f"POSADA_{name.upper()}" for name in missing)
        raise DeploymentUnusable(
            f"{folder}: keys are missing. Name a key file in {KEYS}, or set {wanted}. "
            "`posada init --print-keys` draws new ones."
        )
    sealing = found["sealing_keys"]
    return Keys(
        secret=str(found["secret_key"]),
        sealing=tuple(
            _key("sealing_keys", str(each)) for each in (sealing if isinstance(sealing, list) else [sealing])
        ),
        lookup=_key("lookup_key", str(found["lookup_key"])),
        audit=_key("audit_key", str(found["audit_key"])),
        push=environment.get("POSADA_PUSH_KEY") or str(found.get(PUSH_KEY, "")),
    )


def _key(name: str, text: str) -> bytes:
    try:
        return decoded(text)
    except ValueError:
        raise DeploymentUnusable(f"The key {name} is not {KEY_BYTES} bytes in base64.") from None
