"""What goes wrong slowly: a backup that grows old, clocks that drift, and a second key holder who is not there.

Comes in: the office for which Django is set up. Goes out: findings. Nothing is changed.
Docs: docs/how-to/watch-the-office.md. Tests: tests/web/operating/test_watch_doctor.py.
"""

import time
from collections.abc import Iterator
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from posada.office.access.models import RoleGrant
from posada.office.access.roles import Role
from posada.office.access.second_factor import FACTORS
from posada.web.operating.doctor import Finding, Standing
from posada.web.operating.health import LEAST_TOKEN, seconds_since
from posada.web.operating.office_metrics import BACKUP_MADE
from posada.web.served_keys import RUN

HOURS_OF_BACKUP = 26.0
"""One a night, and two hours for a night that began late."""
SECONDS_APART = 5.0
"""A one-time code lives for thirty seconds; offers lapse to the second."""
HALF = "half-[12].txt"
HOLDERS = 2


def examine_watch() -> Iterator[Finding]:
    """Look at all of it. What the database would say is left out while it does not answer."""
    if not settings.DEPLOYMENT.demonstration:
        yield from _backup(Path(settings.DEPLOYMENT.folder))
        yield from _halves(Path(settings.DEPLOYMENT.folder))
    yield from _token()
    try:
        yield from [*_clock(), *_holders()]
    except (DatabaseError, InterfaceError):
        return


def _backup(folder: Path) -> Iterator[Finding]:
    age, how = seconds_since(folder / RUN / BACKUP_MADE), f"posada backup --data {folder} --out FILE"
    if age is None:
        yield Finding("age of backup", Standing.WRONG, "No backup was made of this office yet.", how)
    elif age > HOURS_OF_BACKUP * 3600:
        says = f"The last backup is {age / 3600:,.0f} hours old; {HOURS_OF_BACKUP:.0f} are the most."
        yield Finding("age of backup", Standing.WRONG, says, f"Look why none was made since, and run: {how}")
    else:
        yield Finding("age of backup", Standing.RIGHT, f"The last backup is {age / 3600:,.0f} hours old.")


def _halves(folder: Path) -> Iterator[Finding]:
    found = sorted(path for depth in ("", "*/") for path in folder.glob(depth + HALF))
    if found:
        says = (
            "A half of the key of backups lies beside the data: who copies the folder comes nearer to them."
        )
        yield Finding("halves of the key", Standing.WRONG, says, f"Give it to its holder; then rm {found[0]}")


def _token() -> Iterator[Finding]:
    if 0 < len(settings.METRICS_TOKEN) < LEAST_TOKEN:
        says = f"POSADA_METRICS_TOKEN has fewer than {LEAST_TOKEN} characters, and opens nothing."
        yield Finding("watcher's token", Standing.WRONG, says, "Draw one with `openssl rand -hex 32`.")


def _clock() -> Iterator[Finding]:
    """The office's clock against the database's, where that is a server of its own."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        before = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        apart = abs(float(cursor.fetchone()[0]) - (before + time.time()) / 2)
    if apart > SECONDS_APART:
        says = f"This machine's clock and the database's are {apart:,.0f} seconds apart."
        mend = "Let both keep time by themselves: `timedatectl set-ntp true` on each."
        yield Finding("clock", Standing.WRONG, says, mend)
    else:
        yield Finding("clock", Standing.RIGHT, "It agrees with the database's.")


def _holders() -> Iterator[Finding]:
    """Keys are changed by two administrators, who are two persons."""
    with_factor = Authenticator.objects.filter(type__in=FACTORS).values("user_id")
    held = RoleGrant.objects.filter(
        role=Role.ADMINISTRATOR, until_at__isnull=True, user__is_active=True, user_id__in=with_factor
    )
    count = held.values("user__person_key").distinct().count()  # one person may have two accounts
    if count < HOLDERS:
        says = f"Of two administrators with a second factor there {'is one' if count else 'is none'}."
        mend = "Make a second account in the office, under accounts; each sets up a second factor."
        yield Finding("key holders", Standing.WRONG, f"{says} Changing a key takes both.", mend)
    else:
        yield Finding("key holders", Standing.RIGHT, f"{count:,} administrators have a second factor.")
