"""Records that share a sealed value, found by its keyed hash; no value is opened, and none can be read off.

Comes in: records whose contacts are sealed. Goes out: ids, and for homes the opaque keys that they can be matched by.
Docs: docs/explanation/sealed-fields.md. Tests: tests/office/access/test_look_ups.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import models
from django.db.models import Count, Q

from posada.office.access.models import SealedValue

TELLING = ("a_number", "phone", "email")
"""Fields that name one person or household by themselves; a street names one only with its ZIP code."""
HOME = "licensing.home"
Keys = dict[UUID, frozenset[tuple[str, str]]]


def same_sealed_as(record: models.Model, kind: str) -> list[UUID]:
    """Records of a kind that share a telling value, or a street with its ZIP code, with a record."""
    own = _rows(record._meta.label_lower, [record.pk])
    return sorted(_sharing(own.get(record.pk, {}), kind))


def held_twice(kind: str, field: str) -> list[tuple[UUID, UUID]]:
    """Pairs of records of a kind that hold the same whole value in a looked-up field."""
    rows = SealedValue.objects.filter(owner_kind=kind, field=field).exclude(lookup="")
    twice = rows.values("lookup").annotate(holders=Count("owner_id")).filter(holders__gt=1).values("lookup")
    holders: dict[str, list[UUID]] = defaultdict(list)
    for lookup, owner in rows.filter(lookup__in=list(twice.values_list("lookup", flat=True))).values_list(
        "lookup", "owner_id"
    ):
        holders[lookup].append(owner)
    return [(each[0], other) for each in holders.values() for other in each[1:]]


def linked_homes(home: models.Model) -> Keys:
    """The home and all that share a phone, an e-mail or an address with it, through others too: id → keys.

    Keys are pairs of what it is and a hash. A home without a unit matches every unit of its building.
    """
    known: dict[UUID, dict[str, str]] = {home.pk: {}}
    fresh = {home.pk}
    while fresh:
        found = _rows(HOME, fresh)
        known.update(found)
        fresh = {pk for values in found.values() for pk in _sharing(values, HOME)} - set(known)
    units = defaultdict(set)
    for values in known.values():
        if "unit" in values:
            units[_building(values)].add(values["unit"])
    return {pk: frozenset(_keys(values, units[_building(values)])) for pk, values in known.items()}


def _rows(kind: str, owners: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    rows = SealedValue.objects.filter(owner_kind=kind, owner_id__in=list(owners)).exclude(lookup="")
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for owner, field, lookup in rows.values_list("owner_id", "field", "lookup"):
        found[owner][field] = lookup
    return found


def _sharing(values: dict[str, str], kind: str) -> set[UUID]:
    wanted = Q(pk__in=[])
    for field in TELLING:
        if field in values:
            wanted |= Q(field=field, lookup=values[field])
    rows = SealedValue.objects.filter(owner_kind=kind)
    found = set(rows.filter(wanted).values_list("owner_id", flat=True))
    if _building(values):
        zipped = rows.filter(field="postal_code", lookup=values["postal_code"]).values("owner_id")
        there = rows.filter(field="street", lookup=values["street"], owner_id__in=zipped)
        found |= set(there.values_list("owner_id", flat=True))
    return found


def _building(values: dict[str, str]) -> str:
    return values["street"] + values["postal_code"] if {"street", "postal_code"} <= set(values) else ""


def _keys(values: dict[str, str], units: set[str]) -> Iterator[tuple[str, str]]:
    yield from ((field, values[field]) for field in ("phone", "email") if field in values)
    if building := _building(values):
        own = {values["unit"]} if "unit" in values else {"", *units}
        yield from (("address", building + unit) for unit in own)
