"""Finding a child by name or id, within what the person may see.

Comes in: the acting person and what was typed (in the body of a POST, never in an address). Goes out: a query of
children, best matches first. Accents, the order of words and one slip of a letter do not matter; a beginning of
two letters is enough. `index_names` keeps the keys; whoever writes children calls it in the same transaction.
Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_search.py.
"""

from collections.abc import Iterable
from functools import reduce
from itertools import islice
from operator import add
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from posada.intake.names import sound
from posada.intake.search import search_keys
from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.casefile.folded_names import one_letter_away, tokens_of
from posada.office.casefile.models import WrittenName
from posada.office.intake.models import Child, NameKey
from posada.office.many_rows import write_rows

MOST_TOKENS = 6
SHORTEST_BEGINNING = 2
MOST_WORDS = 200  # spellings of the program that one typed token may stand for
_BATCH, _ASKED = 2_000, 500
_MANY = 5_000


def index_names(children: Iterable[Child], *, new: bool = False) -> None:
    """Write the search keys of these children afresh: one key for each token of each of their names.

    `new`: they were written in this transaction, and so have neither keys nor names as authorities write them.
    Bulk: a few statements for each 2,000 children, so that an import can hand over everybody at once.
    """
    each = iter(children)
    while batch := list(islice(each, _BATCH)):
        _index(batch, new=new)


def _index(batch: list[Child], *, new: bool) -> None:
    written: dict[UUID, list[str]] = {}
    pks = [each.pk for each in batch]
    with transaction.atomic():
        for some in () if new else (pks[start : start + _ASKED] for start in range(0, len(pks), _ASKED)):
            rows = WrittenName.objects.filter(child__in=some, voided_at__isnull=True)
            for child_id, name in rows.values_list("child_id", "name"):
                written.setdefault(child_id, []).append(name)
            NameKey.objects.filter(child__in=some).delete()
        write_rows(
            NameKey,
            ("child_id", "key"),
            (
                (child.pk, key)
                for child in batch
                for key in _keys_of(child.given_name, child.family_name, *written.get(child.pk, ()))
            ),
        )


def _keys_of(*names: str) -> set[str]:
    return {*tokens_of(*names), *search_keys(" ".join(names), begun=False)}


def find_children(actor: Actor, typed: str) -> QuerySet[Child]:
    """Children whom the person may see and whose names or id answer to what was typed; best first.

    All tokens must be met; where nobody meets all of three or more, those who miss one are shown.
    """
    shown = doors.children(actor)
    by_id = shown.filter(child_id__in={typed.strip(), typed.strip().upper()})
    tokens = tokens_of(typed)[:MOST_TOKENS]
    if not tokens or by_id.exists():
        return by_id.order_by("child_id")
    meant = sorted((_words_for(token) for token in tokens), key=_how_many)
    met = [Exists(_keys().filter(key__in=words)) for words in meant]
    ranked = shown.annotate(
        exact=_count([Exists(_keys().filter(key=token)) for token in tokens]), met=_count(met)
    ).order_by("-met", "-exact", "family_name", "given_name", "child_id")
    strict = ranked.filter(pk__in=_holders(meant[0]))
    for one in met[1:]:  # the rarest names the few children of whom the others are asked
        strict = strict.filter(one)
    if len(tokens) < 3 or strict.exists():
        return strict
    return ranked.filter(pk__in=_holders(meant[0] | meant[1]), met__gte=len(tokens) - 1)


def _holders(words: set[str]) -> QuerySet:
    return NameKey.objects.filter(key__in=words).values("child_id")


def _how_many(words: set[str]) -> int:
    """How many keys a typed token may mean, counted as far as it matters for the order."""
    return NameKey.objects.filter(key__in=words)[:_MANY].count()


def _words_for(token: str) -> set[str]:
    """Tokens that stand in the program and that this one may mean."""
    near = {*one_letter_away(token), f"~{sound(token)}"}
    found = set(NameKey.objects.filter(key__in=near).values_list("key", flat=True).distinct())
    if len(token) >= SHORTEST_BEGINNING:
        begins = NameKey.objects.filter(_begins_with(token))
        found.update(begins.values_list("key", flat=True).distinct().order_by()[:MOST_WORDS])
    return found or {token}


def _begins_with(token: str) -> Q:
    begins = Q(key__startswith=token)
    if connection.vendor == "sqlite":  # its LIKE folds case and so leaves the index alone; a range does not
        begins &= Q(key__gte=token, key__lt=token + "\U0010ffff")
    return begins


def _keys() -> QuerySet[NameKey]:
    return NameKey.objects.filter(child=OuterRef("pk"))


def _count(claims: list[Exists]) -> Any:
    ones = [Case(When(each, then=Value(1)), default=Value(0), output_field=IntegerField()) for each in claims]
    return reduce(add, ones)
