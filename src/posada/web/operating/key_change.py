"""A new sealing key, and an old one taken away: each asked for by one administrator and agreed to by another.

Comes in: an approval for exactly this. Goes out: a key file with another list of sealing keys, or the list for those
who keep keys elsewhere; the key that was taken away in a file of its own, for backups that were made before.
The log has both persons and the key's public number, and nothing of any key. Taking away is refused while any row,
file or letter needs the key, and for an hour after a newer one came: what was sealed then may not be saved yet.
Docs: docs/how-to/change-keys.md. Tests: tests/web/operating/test_key_change.py.
"""

import secrets
import tomllib
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from posada.office.access import two_persons
from posada.office.access.actor import Actor, machine
from posada.office.access.key_asking import ACT, NEW, known_since, scope_of
from posada.office.access.key_ring import key_number, newest_number, sealing_keys
from posada.office.access.models import Approval
from posada.office.access.resealing import Resealed, still_sealed
from posada.office.audit.chain import append
from posada.office.exchange_keys import letters_opener, public_bytes
from posada.office.licensing.letters import waiting_by_key
from posada.office.refusals import Refusal
from posada.web.apart import newsroom_of
from posada.web.key_file import KEY_BYTES, KeysNotWritten, encoded, replace_sealing, sealing_in, write_apart
from posada.web.served_keys import served_since

LETTERS, FILES_OF_PUBLIC = "letters", "address for letters on the public site"


@dataclass(frozen=True, slots=True)
class KeyTimes:
    """How long keys are used; see key_times.toml."""

    seals_for: timedelta
    old_for: timedelta
    rest: timedelta


@cache
def key_times() -> KeyTimes:
    """What is shipped."""
    said = tomllib.loads((Path(__file__).with_name("key_times.toml")).read_text(encoding="utf-8"))
    return KeyTimes(
        timedelta(days=said["seals_for_days"]),
        timedelta(days=said["old_key_days"]),
        timedelta(minutes=said["rest_minutes"]),
    )


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was drawn. `listed`: all sealing keys, newest first, for those who keep them elsewhere."""

    number: str
    listed: str


def new_key(actor: Actor, approval: Approval, *, write: bool) -> NewKey:
    """Draw a key that seals from now on. `write`: put it into the key file; else it is only listed.

    Raises two_persons.Expired, Refusal, KeysNotWritten; then nothing was used or changed.
    """
    file, key = settings.DEPLOYMENT.key_file, secrets.token_bytes(KEY_BYTES)
    if write and file is None:
        raise KeysNotWritten("The sealing keys come from the environment. Ask for the list with --print.")
    number = key_number(key)
    _must_be_administrator(actor)
    with transaction.atomic():
        used = two_persons.use(actor, approval.pk, ACT, scope=scope_of(NEW))
        detail = {"key": number, "agreed": str(used.answered_by_id)}
        append(actor, "keys.new", subject=used, detail=detail)  # from here on one at a time
        keys = (key, *_listed())
        if write and file is not None:
            replace_sealing(file.path, keys)
    if write:
        tell_newsroom()
    return NewKey(number, ",".join(encoded(each) for each in keys))


def may_reseal() -> None:
    """Note that sealing again begins. Raises Refusal where what is served could not read what it writes."""
    if served_since(settings.DEPLOYMENT) is None:
        raise Refusal(
            "The office that is being served does not know the newest key yet. Start `posada serve` again first.",
            code="key_unknown",
        )
    tell_newsroom()
    append(machine("posada keys"), "keys.reseal", detail={"key": newest_number()})


def end_reseal(done: Resealed) -> None:
    """Note in the log what was sealed again: counts alone."""
    append(machine("posada keys"), "keys.resealed", detail={"key": newest_number(), **asdict(done)})


def is_in_a_file() -> bool:
    """Whether the sealing keys stand in a key file that this office looks at by itself."""
    return settings.DEPLOYMENT.key_file is not None


def still_needing(number: str, *, with_files: bool = True) -> Counter[str]:
    """What only this key opens: place → count."""
    found = Counter(still_sealed(with_files=with_files).get(number, Counter()))
    found[LETTERS] = waiting_by_key().get(number, 0)
    found[FILES_OF_PUBLIC] = int(number == _number_of_newsroom())
    return +found


def retire(actor: Actor, approval: Approval, *, out: Path, at: datetime | None = None) -> Counter[str]:
    """Take an old key away, into a file of its own. `at`: now if None. Returns what still needs it; then it stays.

    Raises two_persons.Expired, Refusal, KeysNotWritten; then nothing was used or changed.
    """
    _must_be_administrator(actor)
    number = str(approval.scope.get("key", ""))
    keys = {key_number(each): each for each in sealing_keys()}
    if number not in keys or number == newest_number():
        raise Refusal("This is no old key of this office.", code="no_old_key")
    _must_have_rested(at or timezone.now())
    if needed := still_needing(number):
        return needed
    overwrite_what_stood()
    with transaction.atomic():
        used = two_persons.use(actor, approval.pk, ACT, scope=approval.scope)
        if needed := still_needing(number, with_files=False):
            raise Refusal(f"Something is sealed with it again: {told(needed)}.", code="key_needed")
        detail = {"key": number, "agreed": str(used.answered_by_id)}
        append(actor, "keys.retire", subject=used, detail=detail)
        write_apart(out, _kept_apart(number, keys[number]))
        if settings.DEPLOYMENT.key_file is not None:
            stay = [each for each in _listed() if each != keys[number]]
            replace_sealing(settings.DEPLOYMENT.key_file.path, stay)
    return Counter()


def told(needed: Counter[str]) -> str:
    """Counts in words, such as `12 sealed fields, 3 documents`."""
    return ", ".join(f"{count:,} {place}" for place, count in sorted(needed.items()))


def tell_newsroom() -> None:
    """Let the public site beside the office seal its letters to the newest key."""
    folder = newsroom_of(Path(settings.DEPLOYMENT.folder))
    if folder is not None:
        from posada.newsroom.deployment import change_letters_key

        change_letters_key(folder, public_bytes(letters_opener(sealing_keys()[0])))


def overwrite_what_stood() -> None:
    """Write the database anew, so that nothing that the old key opens lies in its free pages. Raises Refusal."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("VACUUM")
            return
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0]:
            raise Refusal("The database is busy. Try again in a minute.", code="busy")


def _must_be_administrator(actor: Actor) -> None:
    """Whoever asked must still be one: a role that was taken away meanwhile is gone. Raises Refusal."""
    if not actor.has(*two_persons.ACTS[ACT]):
        raise Refusal("Who asked for this is no administrator any more.", code="not_yours")


def _must_have_rested(now: datetime) -> None:
    since, served = known_since(newest_number()), served_since(settings.DEPLOYMENT)
    if served is None:
        raise Refusal("The office that is being served does not know the newest key yet.", code="key_unknown")
    rest = key_times().rest
    came = max(since or now, datetime.fromtimestamp(served, UTC))
    if now - came < rest:
        raise Refusal(
            f"The newest key came {(now - came) // timedelta(minutes=1)} minutes ago. An older one may go after "
            f"{rest // timedelta(minutes=1)}: what was sealed with it then may not be saved yet.",
            code="too_early",
        )


def _number_of_newsroom() -> str:
    """The number of the key that letters of the public site are sealed to; empty: there is none, or another's."""
    folder = newsroom_of(Path(settings.DEPLOYMENT.folder))
    if folder is None:
        return ""
    from posada.newsroom.deployment import letters_key_of

    named = letters_key_of(folder)
    return next(
        (key_number(each) for each in sealing_keys() if public_bytes(letters_opener(each)) == named), ""
    )


def _listed() -> tuple[bytes, ...]:
    """The sealing keys as the key file lists them, without any that only this process still remembers."""
    file = settings.DEPLOYMENT.key_file
    return sealing_keys() if file is None else sealing_in(file.path.read_text(encoding="utf-8"))


def _kept_apart(number: str, key: bytes) -> str:
    return (
        f"# Sealing key {number}, taken away {timezone.now():%Y-%m-%d}. Only backups made before need it: to\n"
        "# restore one, put it behind the others in sealing_keys. When those backups are gone, destroy this file.\n"
        f'retired_key = "{encoded(key)}"\n'
    )
