"""Sealing keys that seal for too long, and old ones that are still there.

Comes in: the office for which Django is set up. Goes out: findings. Nothing is changed or opened.
Docs: docs/how-to/change-keys.md. Tests: tests/web/operating/test_key_doctor.py.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError
from django.utils import timezone

from posada.office.access.key_asking import known_since
from posada.office.access.key_ring import key_number, newest_number, sealing_keys
from posada.web.operating.doctor import Finding, Standing
from posada.web.operating.key_change import key_times, still_needing, told

CHANGE = "See `posada keys list`, and docs/how-to/change-keys.md."


def examine_keys(*, at: datetime | None = None) -> Iterator[Finding]:
    """Look at the ages of sealing keys, and at what old ones still seal. `at`: now if None."""
    now, times = at or timezone.now(), key_times()
    try:
        since = known_since(newest_number())
        if since is not None and now - since > times.seals_for:
            says = (
                f"The key that seals is {(now - since).days:,} days old; {times.seals_for.days} are the most."
            )
            yield Finding("age of keys", Standing.WRONG, says, f"Draw a new one. {CHANGE}")
        elif since is not None:
            yield Finding("age of keys", Standing.RIGHT, f"The key that seals came on {since:%Y-%m-%d}.")
        for key in sealing_keys()[1:]:
            yield _old(key_number(key), is_late=since is not None and now - since > times.old_for)
    except DatabaseError:
        return  # what is wrong with the database is a finding of its own


def _old(number: str, *, is_late: bool) -> Finding:
    needed = still_needing(number)
    standing = Standing.WRONG if is_late else Standing.NOTE
    if needed:
        says = f"The old key {number} is still needed: {told(needed)}."
        return Finding("old keys", standing, says, "Run `posada keys reseal`.")
    return Finding(
        "old keys", standing, f"Nothing needs the old key {number} any more.", f"Retire it. {CHANGE}"
    )
