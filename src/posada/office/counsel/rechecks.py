"""Conflict checks on the office's tables: dated, kept, and run again whenever somebody in a case changes.

Comes in: a counsel and a group, or a group in which a person, role, relation, kin or merge changed. Goes out: kept
checks, and for every new hit on an open engagement a task for the counsel and one for the legal coordinator.
Other rooms call `recheck_for` in the transaction of their change.
Docs: docs/how-to/match-counsel.md. Tests: tests/office/counsel/test_rechecks.py.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import save_new
from posada.office.casefile.folded_names import telling_tokens
from posada.office.casefile.models import WrittenName
from posada.office.counsel.conflicts import Acts, Asked, Hit, Matter, Person, hits
from posada.office.counsel.models import ConflictCheck, ConflictParty, Counsel, Engagement
from posada.office.day import today
from posada.office.desk.tasks import Wanted, open_task
from posada.office.intake.models import Child, KinLink, Separation, SiblingGroup

Matters = dict[str, Matter]


def standing_engagements() -> QuerySet[Engagement]:
    """Engagements without an end so far; also those that begin later."""
    return Engagement.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gt=today()), voided_at__isnull=True
    )


def check(actor: Actor, counsel: Counsel, group: SiblingGroup) -> ConflictCheck:
    """Check a counsel for a group against everything the counsel and the organization act or acted for; kept."""
    acts = _acts_of(counsel)
    matters = matters_of({group.pk, *(UUID(each.group) for each in acts)})
    found = hits(_asked(counsel), matter=matters[str(group.pk)], acts=acts, matters=matters)
    return _keep(actor, counsel, group, found)


def recheck_for(actor: Actor, group: SiblingGroup) -> int:
    """Check every open engagement that a change in this group may touch. Returns how many had a new hit.

    Call it when a person, name, role, relation, merge, kin, sponsor or accused of the group is new or changed.
    """
    found = 0
    with transaction.atomic():
        for counsel in _near(group):
            found += _recheck(actor, counsel, only=group)
    return found


def recheck_groups(actor: Actor, groups: Iterable[UUID]) -> int:
    """As `recheck_for`, for the groups of an import: only those that ever had counsel are looked at."""
    wanted = set(groups)
    had = Engagement.objects.filter(voided_at__isnull=True).values_list("group_id", flat=True)
    rows = SiblingGroup.objects.in_bulk(sorted(wanted.intersection(had)))
    return sum(recheck_for(actor, group) for group in rows.values())


def recheck_counsel(actor: Actor, counsel: Counsel) -> int:
    """Check every open engagement of a counsel whose name or organization changed."""
    with transaction.atomic():
        return _recheck(actor, counsel, only=None)


def _near(group: SiblingGroup) -> Iterable[Counsel]:
    """Counsel who act or acted for the group, and their organizations."""
    involved = Counsel.objects.filter(engagements__group=group, engagements__voided_at__isnull=True)
    organisations = set(involved.exclude(organisation="").values_list("organisation", flat=True))
    near = Q(pk__in=involved.values("pk")) | Q(organisation__in=organisations)
    return Counsel.objects.filter(near, voided_at__isnull=True).order_by("counsel_id")


def _recheck(actor: Actor, counsel: Counsel, *, only: SiblingGroup | None) -> int:
    standing = list(standing_engagements().filter(counsel=counsel).select_related("group", "counsel__user"))
    if not standing:
        return 0
    acts = _acts_of(counsel)
    matters = matters_of({UUID(each.group) for each in acts})
    new = 0
    for engagement in standing:
        own = only is None or engagement.group_id == only.pk
        some = acts if own else [each for each in acts if each.group == str(only.pk if only else "")]
        found = hits(_asked(counsel), matter=matters[str(engagement.group_id)], acts=some, matters=matters)
        new += _tell_of_new(actor, engagement, found)
    return new


def _tell_of_new(actor: Actor, engagement: Engagement, found: tuple[Hit, ...]) -> int:
    known = known_hits(engagement.counsel_id, engagement.group_id)
    fresh = [each for each in found if each.key not in known]
    if not fresh:
        return 0
    kept = _keep(actor, engagement.counsel, engagement.group, fresh, before=known.values())
    for role in (Role.LEGAL_COORDINATOR, Role.ATTORNEY):
        open_task(
            actor,
            Wanted(
                kind="conflict_hit",
                role=role,
                group=engagement.group,
                counsel=engagement.counsel,
                owner=engagement.counsel.user if role is Role.ATTORNEY else None,
                due_on=today(),
                values={"hits": len(fresh), "check": str(kept.pk)},
                once_key=f"conflict:{kept.pk}:{role}",
            ),
        )
    return 1


def known_hits(counsel_id: UUID, group_id: UUID) -> dict[str, dict[str, Any]]:
    """Key → hit, of all checks of a counsel for a group so far."""
    rows = ConflictCheck.objects.filter(counsel_id=counsel_id, group_id=group_id, voided_at__isnull=True)
    return {hit["key"]: hit for row in rows.order_by("checked_at") for hit in row.hits}


def _keep(
    actor: Actor,
    counsel: Counsel,
    group: SiblingGroup,
    found: Iterable[Hit],
    before: Iterable[dict[str, Any]] = (),
) -> ConflictCheck:
    told = [
        {
            "kind": hit.kind,
            "other": hit.other,
            "through": hit.through,
            "since": hit.since.isoformat() if hit.since else "",
            "bars": hit.bars,
            "key": hit.key,
        }
        for hit in found
    ]
    kept = ConflictCheck(counsel=counsel, group=group, checked_at=timezone.now(), hits=[*before, *told])
    kept.by_id = actor.user_id
    return save_new(kept, actor=actor, act="conflict.check")


def _asked(counsel: Counsel) -> Asked:
    return Asked(str(counsel.pk), telling_tokens(counsel.display_name))


def _acts_of(counsel: Counsel) -> list[Acts]:
    mine = Q(counsel=counsel)
    if counsel.organisation:
        mine |= Q(counsel__organisation=counsel.organisation)
    rows = Engagement.objects.filter(mine, voided_at__isnull=True)
    return [
        Acts(str(group), since, "counsel" if by == counsel.pk else "organization")
        for group, since, by in rows.values_list("group_id", "from_date", "counsel_id").order_by("from_date")
    ]


def matters_of(groups: set[UUID]) -> Matters:
    """The matters of groups by id (as text), in six queries for every 800 groups."""
    ordered = sorted(groups)
    found: Matters = {}
    for start in range(0, len(ordered), 800):
        found.update(_matters(ordered[start : start + 800]))
    return found


def _matters(groups: list[UUID]) -> Matters:
    here: dict[str, Any] = {"group__in": groups, "voided_at__isnull": True}
    children: dict[UUID, list[frozenset[str]]] = defaultdict(list)
    persons: dict[UUID, list[Person]] = defaultdict(list)
    kin: dict[UUID, set[str]] = defaultdict(set)
    apart: dict[UUID, set[str]] = defaultdict(set)
    rows = Child.objects.filter(**here, merged_into__isnull=True)
    for group, given, family in rows.values_list("group_id", "given_name", "family_name"):
        children[group].append(telling_tokens(given, family))
    spelled = WrittenName.objects.filter(child__in=rows.values("pk"), voided_at__isnull=True)
    for group, name in spelled.values_list("child__group_id", "name"):
        children[group].append(telling_tokens(name))
    for group, name, relation in ConflictParty.objects.filter(**here).values_list(
        "group_id", "name", "relation"
    ):
        persons[group].append(Person(telling_tokens(name), relation))
    for group, home in KinLink.objects.filter(**here).values_list("group_id", "home_id"):
        kin[group].add(str(home))
    separations = Separation.objects.filter(**here)
    for group, *others in separations.values_list("group_id", "other_group_id", "home_id", "counsel_id"):
        apart[group].update(str(each) for each in others if each)
    return {
        str(group): Matter(
            str(group),
            tuple(each for each in children[group] if each),
            tuple(each for each in persons[group] if each.name),
            frozenset(kin[group]),
            frozenset(apart[group]),
        )
        for group in groups
    }
