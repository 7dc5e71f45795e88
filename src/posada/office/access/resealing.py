"""Everything that is sealed, sealed again with the newest key, a few rows at a time, while people work.

Comes in: the tables and files of the office. Goes out: the same content under the newest key, look-up hashes rebuilt,
and how much each key still seals. Each value is written only where it still stands as it was read (compare-and-set),
so that nobody's edit is lost; what was done stays done, so that a run that was killed goes on where it ended.
Nothing is shown to anybody, and no version moves.
Docs: docs/how-to/change-keys.md. Tests: tests/office/access/test_resealing.py.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db import models, transaction

from posada.office.access import sealed
from posada.office.access.doors import LOOKED_UP
from posada.office.access.key_ring import newest_number
from posada.office.access.models import SealedValue
from posada.office.access.sealed_secret import seal_again, sealed_by
from posada.office.casefile import vault

BATCH = 200  # rows of one transaction
MOST_ROUNDS = 5
"""After so many rounds in which something was left to do, somebody seals with another key than this process."""
TOKEN = "gAAAAA"  # noqa: S105  how the spelling in base64 of what sealed_secret seals begins
Change = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Column:
    """A column with sealed content: bytes, text, or texts anywhere within JSON.

    `only`: rows that can have some. `batch`: how many of them are held in memory at once.
    """

    model: str
    name: str
    only: Mapping[str, Any] = field(default_factory=dict)
    batch: int = BATCH

    def rows(self) -> "models.QuerySet[Any]":
        """Its rows, in order."""
        return apps.get_model(self.model)._default_manager.filter(**self.only).order_by("pk")


IN_THE_HISTORY = ("preparation.answer", "packets.share")
"""Records whose history has what stood sealed in them before."""
COLUMNS = (
    Column("access.KeptForm", "sealed"),
    Column("mfa.Authenticator", "data"),
    Column("intake.Import", "sealed", {"sealed__isnull": False}, batch=1),
    Column("away.AwayDevice", "private"),
    Column("nudges.Browser", "sealed"),
    Column("packets.Share", "secret"),
    Column("preparation.Answer", "told"),
    Column("preparation.Answer", "english"),
    Column("audit.Revision", "changed", {"record_kind__in": IN_THE_HISTORY}),
)
"""All columns that `sealed_secret` seals something for; a test looks into every other one of the database."""


@dataclass(slots=True)
class Resealed:
    """What was done. `unreadable`: what no key of the deployment opens; it was left as it is."""

    rows: int = 0
    files: int = 0
    look_ups: int = 0
    unreadable: int = 0
    is_whole: bool = False


def reseal(tell: Callable[[str], None] = lambda _: None) -> Resealed:
    """Seal everything with the newest key, until a round finds nothing to do. Safe at any time."""
    done = Resealed()
    for _ in range(MOST_ROUNDS):
        before = (done.rows, done.files, done.look_ups)
        done.unreadable = 0
        _reseal_values(done, tell)
        for column in COLUMNS:
            _reseal_column(column, done, tell)
        _reseal_files(done, tell)
        if before == (done.rows, done.files, done.look_ups):
            done.is_whole = True
            break
    return done


def still_sealed(*, with_files: bool = True) -> dict[str, Counter[str]]:
    """How much each key still seals: its number → place → count. Nothing is opened; files are read through.

    What no key of this deployment sealed stands under the empty number.
    """
    found: dict[str, Counter[str]] = {}

    def count(number: str, place: str) -> None:
        found.setdefault(number, Counter())[place] += 1

    numbers = SealedValue.objects.values_list("key_number").annotate(n=models.Count("pk")).order_by()
    for number, rows in numbers:
        found.setdefault(number, Counter())["sealed fields"] += rows
    for column in COLUMNS:
        for value in column.rows().values_list(column.name, flat=True).iterator(column.batch):
            for piece in _pieces(value):
                count(sealed_by(piece), "rows")
    for name, _at in vault.stored_names() if with_files else ():
        if vault.NAME.fullmatch(name) and (number := vault.sealed_by_key(name)) is not None:
            count(number, "documents")
    return found


def _reseal_values(done: Resealed, tell: Callable[[str], None]) -> None:
    """Sealed fields of people: those of an older key, and those whose look-up hash is not what it would be now."""
    newest, last = newest_number(), 0
    behind = ~models.Q(key_number=newest) | models.Q(field__in=LOOKED_UP) | ~models.Q(lookup="")
    while batch := list(SealedValue.objects.filter(behind, pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        fresh = [(row, _changes(row, newest, done)) for row in batch]
        with transaction.atomic():
            for row, changes in fresh:
                standing = SealedValue.objects.filter(pk=row.pk, sealed=bytes(row.sealed), lookup=row.lookup)
                if changes and standing.update(**changes):
                    done.rows += "sealed" in changes
                    done.look_ups += "lookup" in changes
        tell(f"Sealed fields: {done.rows:,} sealed again, {done.look_ups:,} look-up hashes rebuilt")


def _changes(row: SealedValue, newest: str, done: Resealed) -> dict[str, Any]:
    place = sealed.place_of(row.owner_kind, row.owner_id, row.field)
    try:
        text = sealed.unseal(bytes(row.sealed), number=row.key_number, place=place)
    except sealed.CannotOpen:
        done.unreadable += 1
        return {}
    changes: dict[str, Any] = {}
    if row.key_number != newest:
        changes["sealed"], changes["key_number"] = sealed.seal(text, place=place)
    lookup = sealed.lookup_of(row.field, text) if row.field in LOOKED_UP else ""
    return changes if lookup == row.lookup else {**changes, "lookup": lookup}


def _reseal_column(column: Column, done: Resealed, tell: Callable[[str], None]) -> None:
    rows, last = column.rows(), None
    while True:
        part = rows if last is None else rows.filter(pk__gt=last)
        batch = list(part.values_list("pk", column.name)[: column.batch])
        if not batch:
            return
        last = batch[-1][0]
        fresh = [(pk, value, _again(value, done)) for pk, value in batch]
        with transaction.atomic():
            for pk, value, again in fresh:
                if again is not None:
                    standing = rows.order_by().filter(pk=pk, **{column.name: value})
                    done.rows += standing.update(**{column.name: again})
        tell(f"{column.model}: {done.rows:,} values sealed again")


def _reseal_files(done: Resealed, tell: Callable[[str], None]) -> None:
    for name, _at in list(vault.stored_names()):
        if not vault.NAME.fullmatch(name):
            continue
        try:
            done.files += vault.seal_file_again(name, newest=newest_number())
        except vault.FileUnreadable:
            done.unreadable += 1
        tell(f"Documents: {done.files:,} sealed again")


def _again(value: Any, done: Resealed) -> Any:
    """A value of a column with all that is sealed in it sealed anew; None: there is nothing to do."""
    newest, is_new = newest_number(), False

    def change(piece: bytes) -> bytes:
        nonlocal is_new
        if sealed_by(piece) == newest:
            return piece
        try:
            again = seal_again(piece)
        except InvalidToken:
            done.unreadable += 1
            return piece
        is_new = True
        return again

    changed = _mapped(value, change)
    return changed if is_new else None


def _mapped(value: Any, change: Change) -> Any:
    """The same value with each sealed piece in it changed."""
    if isinstance(value, dict):
        return {name: _mapped(each, change) for name, each in value.items()}
    if isinstance(value, list):
        return [_mapped(each, change) for each in value]
    if isinstance(value, bytes | bytearray | memoryview):
        content = bytes(value)
        if content.startswith(TOKEN.encode()):
            return _mapped(content.decode(), change).encode()
        return change(content) if content else content
    if isinstance(value, str) and value.startswith(TOKEN):
        try:
            return urlsafe_b64encode(change(urlsafe_b64decode(value))).decode()
        except (NotBase64, ValueError):
            return value  # somebody's own words that begin so
    return value


def _pieces(value: Any) -> Iterator[bytes]:
    """Each sealed piece of a value, as bytes."""
    found: list[bytes] = []

    def keep(piece: bytes) -> bytes:
        found.append(piece)
        return piece

    _mapped(value, keep)
    yield from found
