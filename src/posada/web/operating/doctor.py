"""What is wrong with a deployment, and how to mend each thing.

Comes in: an office for which Django is set up. Goes out: findings, the worst first. Nothing is changed.
Docs: docs/how-to/run-the-office.md. Tests: tests/web/operating/test_doctor.py.
"""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection

from posada.web.deployment import KEY_FILE, Deployment
from posada.web.operating.preparing import unapplied
from posada.web.operating.worker import SIGN_OF_LIFE
from posada.web.served_keys import is_served
from posada.web.serving import RUN

LEAST_FREE = 1 << 30  # bytes
SECONDS_ALIVE = 60.0
LEAST_POSTGRESQL = 150_000  # 15


class Standing(StrEnum):
    """How a finding stands. Only `wrong` makes the doctor's status 1."""

    WRONG = "wrong"
    NOTE = "note"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `mend` is empty where there is nothing to mend."""

    what: str
    standing: Standing
    says: str
    mend: str = ""


def examine() -> list[Finding]:
    """Look at everything; what is wrong comes first."""
    deployment: Deployment = settings.DEPLOYMENT
    found = [
        *_debug(),
        *_keys(deployment),
        *_ages_of_keys(),
        *_hosts(deployment),
        *_permissions(deployment),
        *_database(deployment),
        *_static(deployment),
        *_processes(deployment),
        *_disk(deployment),
        *_mail(deployment),
        *_zone(),
        *_deployment_check(deployment),
        *_backups(deployment),
        *_watch(),
        *_newsroom(deployment),
    ]
    order = list(Standing)
    return sorted(found, key=lambda each: order.index(each.standing))


def _newsroom(deployment: Deployment) -> Iterator[Finding]:
    from posada.web.operating.newsroom_doctor import examine_newsroom

    return examine_newsroom(deployment.folder, served=is_served(deployment.folder))


def _right(what: str, says: str) -> Finding:
    return Finding(what, Standing.RIGHT, says)


def _wrong(what: str, says: str, mend: str) -> Finding:
    return Finding(what, Standing.WRONG, says, mend)


def _note(what: str, says: str, mend: str = "") -> Finding:
    return Finding(what, Standing.NOTE, says, mend)


def _debug() -> Iterator[Finding]:
    if settings.DEBUG:
        yield _wrong(
            "debug", "Errors show the program's insides.", "Use the settings as shipped: DEBUG is off there."
        )
    else:
        yield _right("debug", "Errors show nothing of the program's insides.")


def _keys(deployment: Deployment) -> Iterator[Finding]:
    beside = deployment.folder / KEY_FILE
    if not deployment.demonstration and beside.exists():
        yield _wrong(
            "keys",
            "The keys lie beside the data: whoever copies the folder can open what is sealed.",
            f"Move {beside} to a place of its own and name it in POSADA_KEY_FILE.",
        )
    elif len(set(deployment.keys.sealing)) != len(deployment.keys.sealing):
        yield _wrong("keys", "A sealing key is given twice.", "Give each sealing key once, the newest first.")
    else:
        yield _right("keys", "All keys are there.")


def _ages_of_keys() -> Iterator[Finding]:
    from posada.web.operating.key_doctor import examine_keys

    return examine_keys()


def _watch() -> Iterator[Finding]:
    from posada.web.operating.watch_doctor import examine_watch

    return examine_watch()


def _hosts(deployment: Deployment) -> Iterator[Finding]:
    if deployment.demonstration:
        yield _note("TLS", "A demonstration answers on this machine only, without TLS.")
        return
    if not deployment.behind_tls:
        yield _wrong(
            "TLS",
            "POSADA_PLAIN_HTTP is set: passwords and names cross the network as they are.",
            "Unset POSADA_PLAIN_HTTP and let a server that speaks TLS stand before the office.",
        )
    if not os.environ.get("POSADA_HOSTS"):
        yield _wrong(
            "hosts", "The office answers to this machine's names only.", "Set POSADA_HOSTS to its name."
        )
    if "*" in deployment.hosts:
        yield _wrong("hosts", "The office answers to any name.", "Set POSADA_HOSTS to its own name.")
    elif deployment.behind_tls and os.environ.get("POSADA_HOSTS"):
        yield _right("TLS", f"The office answers as {', '.join(deployment.hosts)}, over TLS only.")


def _permissions(deployment: Deployment) -> Iterator[Finding]:
    folder = deployment.folder
    open_to_others = [path for path in (folder, *folder.iterdir()) if path.lstat().st_mode & 0o077]
    inside = folder.stat().st_mode & 0o077
    if inside:
        yield _wrong("permissions", f"Others on this machine can read {folder}.", f"chmod 700 {folder}")
    elif open_to_others and any(path.suffix in {".toml", ".json"} for path in open_to_others):
        names = " ".join(str(path) for path in open_to_others if path.is_file())
        yield _wrong("permissions", "Others may read files with secrets.", f"chmod 600 {names}")
    else:
        yield _right("permissions", "Nobody else on this machine can read the folder.")
    if not os.access(folder, os.W_OK):
        yield _wrong("permissions", f"{folder} cannot be written to.", f"chown -R $(id -u) {folder}")


def _database(deployment: Deployment) -> Iterator[Finding]:
    init = f"posada init --data {deployment.folder}"
    try:
        missing = unapplied()
    except DatabaseError as error:
        yield _wrong("database", f"It does not answer ({type(error).__name__}).", "See POSADA_DATABASE_URL.")
        return
    if missing:
        yield _wrong("database", f"{len(missing)} changes of tables are missing.", init)
    else:
        yield _right("database", f"{connection.vendor}: tables are up to date.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            version = int(cursor.fetchone()[0])
            cursor.execute("SHOW fsync")
            syncs = cursor.fetchone()[0] == "on"
        if version < LEAST_POSTGRESQL:
            yield _wrong("database", "PostgreSQL is older than 15.", "Upgrade PostgreSQL.")
        if not syncs:
            yield _wrong("database", "PostgreSQL may lose what it has confirmed.", "Set fsync = on.")


def _static(deployment: Deployment) -> Iterator[Finding]:
    if (deployment.folder / "static" / "staticfiles.json").is_file():
        yield _right("static files", "They are gathered.")
    else:
        yield _wrong("static files", "They were never gathered.", f"posada init --data {deployment.folder}")


def _processes(deployment: Deployment) -> Iterator[Finding]:
    sign = deployment.folder / RUN / SIGN_OF_LIFE
    if not is_served(deployment.folder):
        says, mend = "The office is not being served.", f"posada serve --data {deployment.folder}"
        yield _note("worker", says, mend) if deployment.demonstration else _wrong("worker", says, mend)
    elif not sign.exists() or time.time() - sign.stat().st_mtime > SECONDS_ALIVE:
        yield _wrong(
            "worker", "The worker gives no sign of life: plans and mail wait.", "Start `posada serve` again."
        )
    else:
        yield _right("worker", "It is alive.")


def _disk(deployment: Deployment) -> Iterator[Finding]:
    free = shutil.disk_usage(deployment.folder).free
    told = f"{free / 1e9:,.1f} GB are free."
    if free < LEAST_FREE:
        yield _wrong("disk", told, "Make room, or move the folder to a larger disk.")
    else:
        yield _right("disk", told)


def _mail(deployment: Deployment) -> Iterator[Finding]:
    if deployment.demonstration:
        yield _note("mail", "A demonstration writes its mail to the terminal.")
    elif not deployment.mail_url:
        yield _wrong(
            "mail", "No mail leaves: offers reach nobody.", "Set POSADA_MAIL_URL and POSADA_MAIL_FROM."
        )
    elif deployment.mail_from.endswith("@example.org"):
        yield _wrong("mail", "The sender is an example.", "Set POSADA_MAIL_FROM to an address of yours.")
    else:
        yield _right("mail", f"It is sent as {deployment.mail_from}.")


def _zone() -> Iterator[Finding]:
    name = settings.TIME_ZONE
    if name not in available_timezones():
        yield _wrong("time zone", f"{name} is not known.", "Set POSADA_TIME_ZONE, such as America/New_York.")
    elif not os.environ.get("POSADA_TIME_ZONE"):
        yield _note("time zone", f"{name}, because POSADA_TIME_ZONE is not set.")
    else:
        yield _right("time zone", str(ZoneInfo(name)))


def _deployment_check(deployment: Deployment) -> Iterator[Finding]:
    if deployment.demonstration:
        return
    said = StringIO()
    try:
        call_command("check", deploy=True, fail_level="WARNING", stdout=said, stderr=said)
    except SystemCheckError as error:
        lines = [line for line in str(error).splitlines() if line.startswith("?:")]
        yield _wrong("settings", " ".join(lines), "Use the settings as shipped.")
    else:
        yield _right("settings", "The check for deployments finds nothing.")


def _backups(deployment: Deployment) -> Iterator[Finding]:
    if deployment.demonstration:
        return
    if not os.environ.get("POSADA_BACKUP_KEY"):
        yield _wrong(
            "backups",
            "There is no key for backups.",
            "Draw one with `posada backup --new-keys --out FOLDER` and set POSADA_BACKUP_KEY.",
        )
    else:
        yield _right("backups", "The public key of backups is there.")
