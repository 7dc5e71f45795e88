"""May this group go to this home now? Asked of the independent checker, over everyone who lives there today.

Comes in: a group and a home of the office. Goes out: `Fault`s, each with the code of the rule that stands against
it; none: it may. Nothing of a plan is believed: licenses, checks, beds and separations are read anew.
Docs: docs/explanation/offers-and-placements.md. Tests: tests/office/placement/test_offer_checks.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from posada import records
from posada.office.access import doors
from posada.office.day import today
from posada.office.intake.models import Child, KinLink, Separation, SiblingGroup
from posada.office.licensing.models import Home, LicenseException
from posada.office.placement.endings import gone_children
from posada.office.placement.models import Offer, Override, Placement
from posada.office.placement.one_place import stop_of
from posada.office.program import child_record, home_record, settings_of_program
from posada.placement.check_facts import Facts, gather
from posada.placement.check_homes import Household, broken_rules, needs_license_exception
from posada.rulebook.changed import policy_of

NOT_OPEN, ADDRESS, EXCEPTION, NOBODY_WAITS, UNRELATED = (
    "not_open",
    "address_incomplete",
    "license_exception",
    "nobody_waits",
    "unrelated_children",
)
ADDRESS_FIELDS = ("street", "city", "postal_code")
ROOM = frozenset({"capacity", "household", "under_two", "beds"})
"""Rules that say: somebody else has the bed."""
LIVE = (Offer.State.OPEN, Offer.State.NOT_DELIVERED)
"""Offers that hold their bed."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a group may not go to a home. `code`: a rule of docs/reference/rules.md, or one of this file's.

    `day`: the day that the rule turns on, where there is one (a license or a check that ended).
    """

    code: str
    day: date | None = None


def faults_of(group: SiblingGroup, home: Home, *, held: bool = True, moving: bool = False) -> list[Fault]:
    """Everything that stands against it today. `held`: beds that other open offers hold count as taken.

    `moving`: the group leaves the home it lives in now.
    """
    found = list(_faults_of_home(home))
    facts, arrivals = _household(group, home, held=held, moving=moving)
    mine = group.sibling_group_id
    if not arrivals.get(mine):
        return [*found, Fault(NOBODY_WAITS)]
    for broken in broken_rules(facts, home.home_id, arrivals):
        if broken.group in ("", mine):
            found.append(Fault(broken.code, _day_of(broken.code, home)))
    house = Household(facts.home[home.home_id], facts.residents.get(home.home_id, ()), arrivals)
    if needs_license_exception(facts, house) and not exception_stands(group, home):
        found.append(Fault(EXCEPTION))
    comes = group.children.filter(voided_at__isnull=True, merged_into__isnull=True)
    if stop_of(group, home, children=comes) is not None and not exception_stands(group, home, UNRELATED):
        found.append(Fault(UNRELATED))
    return list(dict.fromkeys(found))


def exception_stands(group: SiblingGroup, home: Home, rule: str = "household") -> bool:
    """Whether an approved, dated permission beyond a rule holds today for this group: the household number's."""
    on = today()
    return LicenseException.objects.filter(
        Q(group=group) | Q(group__isnull=True),
        home=home,
        rule__startswith=rule,
        approved_by__isnull=False,
        from_date__lte=on,
        to_date__gte=on,
        voided_at__isnull=True,
    ).exists()


def address_faults(home: Home) -> tuple[bool, bool]:
    """(incomplete, only not known): nothing at all is known of an address in a demonstration, which is a warning."""
    filled = doors.has_sealed(home)
    if not filled.intersection((*ADDRESS_FIELDS, "unit")):
        known_nothing = settings.DEPLOYMENT.demonstration
        return not known_nothing, known_nothing
    wanted = (*ADDRESS_FIELDS, *(("unit",) if home.is_multi_unit else ()))
    return not filled.issuperset(wanted), False


def waiting_children(group: SiblingGroup) -> list[Child]:
    """The children of a group who live nowhere in the program today, oldest first."""
    settled = standing_placements().filter(child__group=group).values("child_id")
    rows = group.children.filter(voided_at__isnull=True, merged_into__isnull=True).exclude(pk__in=settled)
    rows = rows.exclude(pk__in=gone_children(today()))
    return list(rows.select_related("group").order_by("birth_date", "child_id"))


def _faults_of_home(home: Home) -> Iterator[Fault]:
    if home.state != Home.State.OPEN or home.held_reason or home.voided_at:
        yield Fault(NOT_OPEN)
    if address_faults(home)[0]:
        yield Fault(ADDRESS)


def _day_of(code: str, home: Home) -> date | None:
    return {"license": home.license_to, "checks": home.checks_clear_until}.get(code)


def standing_placements() -> "QuerySet[Placement]":
    """The placements that stand today; the last day counts."""
    on = today()
    return Placement.objects.filter(Q(to_date__isnull=True) | Q(to_date__gte=on), voided_at__isnull=True)


def _household(
    group: SiblingGroup, home: Home, *, held: bool, moving: bool
) -> tuple[Facts, dict[str, tuple[records.Child, ...]]]:
    """The facts about one home and whoever lives there, comes there, or is kept apart from them."""
    others = Offer.objects.filter(home=home, state__in=LIVE, voided_at__isnull=True).exclude(group=group)
    coming = {group.pk, *(others.values_list("group_id", flat=True) if held else ())}
    living = standing_placements()
    if moving:
        living = living.exclude(child__group=group)
    groups = coming | set(living.filter(home=home).values_list("child__group_id", flat=True))
    children = Child.objects.filter(group_id__in=groups, voided_at__isnull=True, merged_into__isnull=True)
    children = children.exclude(pk__in=gone_children(today()))
    program = _small_program(groups, home, list(children.select_related("group")), living)
    facts = gather(program, policy=policy_of(program))
    names = SiblingGroup.objects.filter(pk__in=coming).values_list("sibling_group_id", flat=True)
    return facts, {name: facts.waiting_children(name) for name in names if name in facts.members}


def _small_program(
    groups: set[UUID], home: Home, children: list[Child], living: "QuerySet[Placement]"
) -> records.Program:
    described = settings_of_program()
    separations = Separation.objects.filter(
        Q(group_id__in=groups) | Q(other_group_id__in=groups), voided_at__isnull=True
    ).select_related("group", "other_group", "home")
    kin = KinLink.objects.filter(group_id__in=groups, home=home, voided_at__isnull=True).select_related(
        "group"
    )
    forbidden = Override.objects.filter(
        action="forbid", group_id__in=groups, home=home, ended_at__isnull=True, voided_at__isnull=True
    ).select_related("group")
    living = living.filter(Q(home=home) | Q(child__group_id__in=groups)).select_related("child", "home")
    is_open = home.state == Home.State.OPEN and not home.held_reason
    return records.Program(
        plan_date=today(),
        state=described.state,
        policy=described.policy,
        children=tuple(child_record(each) for each in children),
        homes=(home_record(home),),
        kin=tuple(
            records.KinLink(
                each.group.sibling_group_id, home.home_id, each.sponsor_category, each.relationship
            )
            for each in kin
        ),
        separations=tuple(
            records.Separation(
                sibling_group_id=each.group.sibling_group_id,
                reason=each.reason,
                other_group_id=each.other_group.sibling_group_id if each.other_group else None,
                home_id=each.home.home_id if each.home else None,
                counsel_id=None,
            )
            for each in separations
        ),
        placements=tuple(
            records.Placement(each.child.child_id, each.home.home_id, each.from_date, each.to_date)
            for each in living
        ),
        overrides=tuple(
            records.Override("forbid", each.group.sibling_group_id, each.reason, "", home_id=home.home_id)
            for each in forbidden
        ),
        closed_homes=frozenset() if is_open else frozenset({home.home_id}),
    )
