"""The office's tables as the program that plans are made from, and the count of changes that makes plans stale.

Comes in: nothing but the database. Goes out: `posada.records.Program`, the same that a program folder gives.
Open offers hold their beds as pins, and a group that has counsel keeps it; a declined home is forbidden for that
group; a home that is not open takes nobody new. Countries are left out: no plan reads them.
Docs: docs/explanation/from-plan-to-placement.md. Tests: tests/office/test_program.py.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from posada import records
from posada.office.counsel.models import Counsel, Engagement
from posada.office.day import today
from posada.office.intake.models import (
    Child,
    Court,
    CourtCounty,
    Hearing,
    KinLink,
    Opening,
    ProgramSettings,
    Separation,
    SiblingGroup,
)
from posada.office.licensing.models import Home
from posada.office.placement.endings import gone_children
from posada.office.placement.models import Offer, Override, Placement
from posada.programme.canonical import digest, in_order
from posada.programme.tables import (
    CHILDREN,
    COUNSEL,
    COURT_COUNTIES,
    COURTS,
    HEARINGS,
    HOMES,
    KIN,
    OPENINGS,
    OVERRIDES,
    PLACEMENTS,
    SEPARATIONS,
)

HELD_BY_OFFER, DECLINED, ENGAGED = "offer", "declined", "engaged"
SILENT_AFTER = 3
"""Offers that a home let pass without a word, after which plans leave it out until somebody has called it."""


def settings_of_program() -> ProgramSettings:
    """The one program of this office."""
    return ProgramSettings.objects.get_or_create(pk=1)[0]


def note_change() -> None:
    """Count a change of what a plan reads: older plans are stale. Call it in the transaction of the change."""
    with transaction.atomic():
        if ProgramSettings.objects.filter(pk=1).update(changed_number=F("changed_number") + 1) == 0:
            ProgramSettings.objects.create(pk=1, changed_number=1)


def read_program(*, with_country: bool = False) -> records.Program:
    """The program as it stands, for a plan on the office's day. `with_country` is for an approved export only."""
    settings = settings_of_program()
    homes = list(Home.objects.filter(voided_at__isnull=True).exclude(state=Home.State.PREPARING))
    kept: dict[str, Any] = {
        "children": in_order(_children(with_country=with_country), table=CHILDREN),
        "homes": in_order(map(home_record, homes), table=HOMES),
        "kin": in_order(_kin(), table=KIN),
        "counsel": in_order(_counsel(), table=COUNSEL),
        "courts": in_order(_courts(), table=COURTS),
        "court_counties": in_order(
            (records.CourtCounty(each.county_fips, each.court_code) for each in CourtCounty.objects.all()),
            table=COURT_COUNTIES,
        ),
        "hearings": in_order(_hearings(), table=HEARINGS),
        "separations": in_order(_separations(), table=SEPARATIONS),
        "placements": in_order(_placements(today()), table=PLACEMENTS),
        "openings": in_order(_openings(), table=OPENINGS),
        "overrides": in_order(_overrides(), table=OVERRIDES),
    }
    tables: dict[str, Any] = {name: tuple(rows) for name, rows in kept.items()}
    program = records.Program(
        plan_date=today(),
        name=settings.name,
        state=settings.state,
        policy=settings.policy,
        seed=settings.seed,
        rule_changes=tuple(
            records.RuleChange(
                rule, tuple(value) if isinstance(value, list) else value, date.fromisoformat(day)
            )
            for rule, value, day in settings.rule_changes
        ),
        held_groups=dict(
            SiblingGroup.objects.exclude(held_reason="").values_list("sibling_group_id", "held_reason")
        ),
        closed_homes=frozenset(each.home_id for each in homes if not takes_new(each)),
        **tables,
    )
    program = _without_loose_ends(program)
    return replace(program, input_sha256=digest(program))


def takes_new(home: Home) -> bool:
    """Whether a plan may send somebody new to the home: it is open, nothing is held, and it answers its offers."""
    is_silent = home.silent_offers >= SILENT_AFTER
    return home.state == Home.State.OPEN and not home.held_reason and not is_silent


def _without_loose_ends(program: records.Program) -> records.Program:
    """Leave out rows about a group, home or counsel that is not in the program: voided, merged, or not yet open."""
    groups = {each.sibling_group_id for each in program.children}
    homes = {each.home_id for each in program.homes}
    counsel = {each.counsel_id for each in program.counsel}

    def is_known(row: records.Separation | records.Override) -> bool:
        told = (getattr(row, "other_group_id", None), groups), (row.home_id, homes), (row.counsel_id, counsel)
        return row.sibling_group_id in groups and all(one is None or one in known for one, known in told)

    return replace(
        program,
        kin=tuple(row for row in program.kin if row.sibling_group_id in groups and row.home_id in homes),
        hearings=tuple(row for row in program.hearings if row.sibling_group_id in groups),
        openings=tuple(row for row in program.openings if row.home_id in homes),
        placements=tuple(row for row in program.placements if row.home_id in homes),
        separations=tuple(row for row in program.separations if is_known(row)),
        overrides=tuple(row for row in program.overrides if is_known(row)),
    )


def _children(*, with_country: bool) -> Iterator[records.Child]:
    rows = Child.objects.filter(voided_at__isnull=True, merged_into__isnull=True)
    rows = rows.exclude(pk__in=gone_children(today()))
    # Bare values: thousands of objects, each with its group, take longer than the rest of the reading.
    told = rows.values_list(
        *("child_id", "group__sibling_group_id", "birth_date", "sex", "languages", "country", "arrived_on"),
        *("needs", "location_fips"),
    )
    for child, group, born, sex, languages, country, arrived, needs, place in told.iterator(chunk_size=2000):
        yield records.Child(
            child_id=child,
            sibling_group_id=group,
            birth_date=born,
            sex=sex,
            languages=tuple(languages),
            country=(country or None) if with_country else None,
            arrived_on=arrived,
            needs=tuple(needs),
            location_fips=place or None,
        )


def child_record(each: Child, *, with_country: bool = False) -> records.Child:
    """A child as a row of children.csv."""
    return records.Child(
        child_id=each.child_id,
        sibling_group_id=each.group.sibling_group_id,
        birth_date=each.birth_date,
        sex=each.sex,
        languages=tuple(each.languages),
        country=(each.country or None) if with_country else None,
        arrived_on=each.arrived_on,
        needs=tuple(each.needs),
        location_fips=each.location_fips or None,
    )


def home_record(each: Home) -> records.Home:
    """A home as a row of homes.csv."""
    return records.Home(
        home_id=each.home_id,
        kind=each.kind,
        county_fips=each.county_fips,
        licensed_capacity=each.licensed_capacity,
        license_from=each.license_from,
        license_to=each.license_to,
        checks_clear_until=each.checks_clear_until,
        beds_girls=each.beds_girls,
        beds_boys=each.beds_boys,
        beds_any=each.beds_any,
        age_min=each.age_min,
        age_max=each.age_max,
        accepts_sexes=tuple(each.accepts_sexes),
        max_siblings=each.max_siblings,
        languages=tuple(each.languages),
        abilities=tuple(each.abilities),
        own_children_birth_dates=tuple(
            sorted(date.fromisoformat(day) for day in each.own_children_birth_dates)
        ),
        cost_cents_per_child_day=each.cost_cents_per_child_day,
    )


def _kin() -> Iterator[records.KinLink]:
    rows = KinLink.objects.filter(voided_at__isnull=True).exclude(home__state=Home.State.PREPARING)
    told = rows.values_list("group__sibling_group_id", "home__home_id", "sponsor_category", "relationship")
    for each in told.iterator(chunk_size=2000):
        yield records.KinLink(*each)


def _engaged() -> dict[UUID, tuple[str, Counsel]]:
    """Groups that wait for a home and have counsel already: row id → (the group's id, its counsel)."""
    homeless = Child.objects.filter(voided_at__isnull=True, merged_into__isnull=True).exclude(
        pk__in=Placement.objects.filter(
            Q(to_date__isnull=True) | Q(to_date__gte=today()), voided_at__isnull=True
        ).values("child")
    )
    rows = Engagement.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gt=today()),
        group__in=homeless.values("group"),
        group__voided_at__isnull=True,
        scope=Engagement.Scope.FULL,
        from_date__lte=today(),
        voided_at__isnull=True,
        counsel__is_active=True,
        counsel__voided_at__isnull=True,
    )
    return {
        each.pk: (each.group.sibling_group_id, each.counsel)
        for each in rows.select_related("group", "counsel")
    }


def _counsel() -> Iterator[records.Counsel]:
    """Counsel with the places that a plan may fill: the open ones, and those of groups that wait and are theirs."""
    own = Counter(counsel.pk for _, counsel in _engaged().values())
    for each in Counsel.objects.filter(voided_at__isnull=True, is_active=True):
        yield records.Counsel(
            counsel_id=each.counsel_id,
            courts=tuple(each.courts),
            open_slots=each.open_slots + own[each.pk],
            languages=tuple(each.languages),
            case_types=tuple(each.case_types),
            organisation=each.organisation,
            available_from=each.available_from,
        )


def _courts() -> Iterator[records.Court]:
    for each in Court.objects.all():
        yield records.Court(each.court_code, each.name, each.city, each.state, each.lat, each.lon)


def _hearings() -> Iterator[records.Hearing]:
    rows = Hearing.objects.filter(voided_at__isnull=True)
    told = rows.values_list("group__sibling_group_id", "court_code", "hearing_date")
    for each in told.iterator(chunk_size=2000):
        yield records.Hearing(*each)


def _separations() -> Iterator[records.Separation]:
    rows = Separation.objects.filter(voided_at__isnull=True)
    for each in rows.select_related("group", "other_group", "home", "counsel"):
        yield records.Separation(
            sibling_group_id=each.group.sibling_group_id,
            reason=each.reason,
            other_group_id=each.other_group.sibling_group_id if each.other_group else None,
            home_id=each.home.home_id if each.home else None,
            counsel_id=each.counsel.counsel_id if each.counsel else None,
        )


def _placements(on: date) -> Iterator[records.Placement]:
    rows = Placement.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=on),
        voided_at__isnull=True,
        child__voided_at__isnull=True,
        child__merged_into__isnull=True,
    )
    for each in rows.select_related("child", "home"):
        yield records.Placement(each.child.child_id, each.home.home_id, each.from_date, each.to_date)


def _openings() -> Iterator[records.Opening]:
    for each in Opening.objects.filter(voided_at__isnull=True).select_related("home"):
        yield records.Opening(each.home.home_id, each.opens_on, each.closes_on)


def _overrides() -> Iterator[records.Override]:
    """What people pinned and forbade, what open offers hold, and who has declined whom."""
    rows = Override.objects.filter(voided_at__isnull=True, ended_at__isnull=True)
    for each in rows.select_related("group", "home", "counsel", "by"):
        yield records.Override(
            action=each.action,
            sibling_group_id=each.group.sibling_group_id,
            reason=each.reason,
            by=each.by_text or (str(each.by) if each.by else ""),
            home_id=each.home.home_id if each.home else None,
            counsel_id=each.counsel.counsel_id if each.counsel else None,
        )
    held, declined = ("pin", HELD_BY_OFFER), ("forbid", DECLINED)
    told = {Offer.State.OPEN: held, Offer.State.NOT_DELIVERED: held, Offer.State.DECLINED: declined}
    offers = Offer.objects.filter(state__in=told, voided_at__isnull=True)
    pinned = set(rows.filter(action="pin", home__isnull=False).values_list("group_id", flat=True))
    for offer in offers.select_related("group", "home"):
        action, reason = told[Offer.State(offer.state)]
        if action == "pin" and offer.group_id in pinned:
            continue
        yield records.Override(
            action, offer.group.sibling_group_id, reason, HELD_BY_OFFER, home_id=offer.home.home_id
        )
    kept = set(
        rows.filter(action="pin", counsel__isnull=False).values_list("group__sibling_group_id", flat=True)
    )
    for group, counsel in _engaged().values():
        if group not in kept:
            yield records.Override("pin", group, ENGAGED, ENGAGED, counsel_id=counsel.counsel_id)
