"""Several unrelated children in one place: the home stops, and another human being of licensing has to agree.

Comes in: a group and a home. Goes out: what the place has gathered, or None. A place is every home, of any kind and
state, that shares an address, a phone, an e-mail or an account with it. A licensed home alone is bounded by its
license; the stop is for sponsors, and for places that stand on file as several homes.
Source: U.S. Senate, Permanent Subcommittee on Investigations, January 2016. Docs: docs/reference/checks.md.
Tests: tests/office/placement/test_one_place.py.
"""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from posada.licensing.check_types import days_or_count
from posada.licensing.unrelated import Linked, Stop, related_by, stop_at
from posada.office.access.look_ups import Keys, linked_homes
from posada.office.day import today
from posada.office.intake.models import Child, KinLink, SiblingGroup
from posada.office.licensing.models import Home, HouseholdMember
from posada.office.placement.models import Offer, Placement
from posada.office.program import settings_of_program

Children = dict[UUID, set[str]]


def stop_of(group: SiblingGroup, home: Home, *, children: Iterable[Child]) -> Stop | None:
    """What the place of a home has gathered, if these children make it the number at which somebody is asked."""
    keys = _place_of(home)
    if home.kind != "kin" and len(keys) == 1:
        return None
    related = _related(set(keys))
    there = _there(set(keys), related, but=group)
    new = () if (home.pk, group.pk) in related else tuple(each.child_id for each in children)
    pieces = [Linked(str(pk), hashes, frozenset(there[pk])) for pk, hashes in keys.items() if pk != home.pk]
    stop = stop_at(
        Linked(str(home.pk), keys[home.pk], frozenset(there[home.pk])),
        children=new,
        others=pieces,
        limit=days_or_count(settings_of_program().policy, "unrelated.stop_at", on=today()),
    )
    return stop if stop is not None and (home.kind == "kin" or len(stop.homes) > 1) else None


def _place_of(home: Home) -> Keys:
    """The home and all that share something with it, an account of a member too, through others too: id → keys."""
    keys = linked_homes(home)
    while True:
        people = _people_of(set(keys))
        fresh = people.keys() - keys.keys()
        if not fresh:
            return {pk: hashes | people.get(pk, frozenset()) for pk, hashes in keys.items()}
        for other in Home.objects.filter(pk__in=fresh):
            keys = {**linked_homes(other), **keys}


def _people_of(homes: set[UUID]) -> Keys:
    """Every home in which an account of these homes is a member: a person may be in two homes."""
    living = HouseholdMember.objects.filter(voided_at__isnull=True, user__isnull=False)
    accounts = living.filter(home__in=homes).values("user_id")
    found: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    for home_id, user_id in living.filter(user_id__in=accounts).values_list("home_id", "user_id"):
        found[home_id].add(("person", str(user_id)))
    return {pk: frozenset(hashes) for pk, hashes in found.items()}


def _related(homes: set[UUID]) -> set[tuple[UUID, UUID]]:
    """(home, group) of every accepted tie of kin that counts as one."""
    rows = KinLink.objects.filter(home__in=homes, voided_at__isnull=True)
    ties = rows.values_list("home_id", "group_id", "sponsor_category")
    return {(home, group) for home, group, category in ties if related_by(category)}


def _there(homes: set[UUID], related: set[tuple[UUID, UUID]], *, but: SiblingGroup) -> Children:
    """Home → children placed there now or before, or offered, of groups without kin in it; not of this group."""
    found: Children = defaultdict(set)
    lived = Placement.objects.filter(home__in=homes, voided_at__isnull=True).exclude(child__group=but)
    for home, group, child in lived.values_list("home_id", "child__group_id", "child__child_id"):
        if (home, group) not in related:
            found[home].add(child)
    live = Offer.objects.filter(
        home__in=homes, state__in=(Offer.State.OPEN, Offer.State.NOT_DELIVERED), voided_at__isnull=True
    ).exclude(group=but)
    offered = live.filter(group__children__voided_at__isnull=True, group__children__merged_into__isnull=True)
    for home, group, child in offered.values_list("home_id", "group_id", "group__children__child_id"):
        if (home, group) not in related:
            found[home].add(child)
    return found
