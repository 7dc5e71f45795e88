"""The office's rows as the facts that posada.licensing decides about.

Comes in: homes and enquiries with what belongs to them. Goes out: frozen records of the pure room.
Tests: tests/office/licensing/test_opening.py.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from posada.licensing.check_types import CheckRules, check_rules
from posada.licensing.checks import CheckRecord, State
from posada.licensing.enquiry import Ending, Stage
from posada.licensing.enquiry import Enquiry as EnquiryFacts
from posada.licensing.household import Household, Member, Part
from posada.licensing.permission import Permission
from posada.licensing.study import EarlierRefusal, HomeFacts
from posada.licensing.study import HomeStudy as StudyFacts
from posada.office.access.doors import same_name
from posada.office.access.look_ups import same_sealed_as
from posada.office.day import today
from posada.office.licensing.models import (
    Check,
    Enquiry,
    Home,
    HomeStudy,
    HouseholdMember,
    LicenseException,
    RefusalSeen,
)
from posada.office.program import settings_of_program

REFUSED = frozenset({Ending.CHECK_REFUSED, Ending.HOME_NOT_SAFE, Ending.STUDY_NOT_APPROVED})
"""Endings that the next office has to see."""


def rules_today() -> CheckRules:
    """The check types of the program's policy as they stand on the office's day."""
    return check_rules(settings_of_program().policy, on=today())


def with_all(homes: QuerySet[Home]) -> QuerySet[Home]:
    """Homes with everything that `facts_of` reads, in a fixed number of queries."""
    return homes.prefetch_related(
        Prefetch(
            "members", HouseholdMember.objects.filter(voided_at__isnull=True).order_by("entered_at", "pk")
        ),
        Prefetch(
            "checks",
            Check.objects.filter(voided_at__isnull=True)
            .select_related("document")
            .order_by("entered_at", "pk"),
        ),
        Prefetch("studies", HomeStudy.objects.filter(voided_at__isnull=True).order_by("written_on", "pk")),
        Prefetch(
            "exceptions", LicenseException.objects.filter(voided_at__isnull=True).order_by("from_date", "pk")
        ),
    )


def household_of(home: Home) -> Household:
    """Who lives in a home, past members too."""
    return Household(
        home_id=str(home.pk),
        kind=home.kind,
        members=tuple(
            Member(
                member_id=str(each.pk),
                part=Part(each.part),
                birth_date=each.birth_date,
                moved_in_on=each.moved_in_on,
                moved_out_on=each.moved_out_on,
                carer_until=each.carer_until,
            )
            for each in home.members.all()
        ),
    )


def check_of(each: Check) -> CheckRecord:
    """One recorded check. A document that was voided is none; one that nobody marked is not yet legible."""
    document = each.document if each.document and each.document.voided_at is None else None
    return CheckRecord(
        check_id=str(each.pk),
        type_id=each.check_type,
        member_id=str(each.member_id) if each.member_id else None,
        result=State(each.result),
        requested_on=each.requested_on,
        issued_on=each.issued_on,
        expires_on=each.expires_on,
        has_document=document is not None,
        is_legible=None if document is None else document.is_legible,
    )


def permission_of(each: LicenseException) -> Permission:
    """One license exception."""
    return Permission(
        permission_id=str(each.pk),
        home_id=str(each.home_id),
        rule_id=each.rule,
        from_date=each.from_date,
        to_date=each.to_date,
        reason=each.reason,
        asked_by=str(each.asked_by_id),
        approved_by=str(each.approved_by_id) if each.approved_by_id else None,
        approved_on=min(each.approved_at.date(), today()) if each.approved_at else None,
        group_id=str(each.group_id) if each.group_id else None,
        type_id=each.check_type or None,
        member_id=str(each.member_id) if each.member_id else None,
    )


def facts_of(home: Home, *, refusals: Iterable[EarlierRefusal] = ()) -> HomeFacts:
    """All that the decision to open a home looks at. The home comes from `with_all`."""
    return HomeFacts(
        household=household_of(home),
        checks=tuple(check_of(each) for each in home.checks.all()),
        licensed_capacity=home.licensed_capacity,
        license_from=home.license_from,
        license_to=home.license_to,
        studies=tuple(
            StudyFacts(
                author=str(each.author_id),
                written_on=each.written_on,
                recommends_capacity=each.recommends_capacity,
                approved_by=str(each.approved_by_id) if each.approved_by_id else None,
                approved_on=each.approved_on,
            )
            for each in home.studies.all()
        ),
        permissions=tuple(permission_of(each) for each in home.exceptions.all()),
        refusals=tuple(refusals),
    )


def earlier_refusals(home: Home) -> list[EarlierRefusal]:
    """Refusals of the same people under any spelling of contacts, address or name; nothing is shown."""
    closed = Enquiry.objects.filter(stage="closed", ending_reason__in=REFUSED, voided_at__isnull=True)
    gone = Home.objects.filter(state="closed", state_reason__in=REFUSED).exclude(pk=home.pk)
    seen = set(RefusalSeen.objects.filter(home=home).values_list("refused_id", flat=True))
    found: list[tuple[UUID, date]] = []
    for rows, kind in ((closed, "licensing.enquiry"), (gone, "licensing.home")):
        refused = dict(rows.values_list("pk", "changed_at"))
        same = {*same_sealed_as(home, kind), *same_name(home, kind, refused)}
        found += [(pk, at.date()) for pk, at in refused.items() if pk in same]
    return [
        EarlierRefusal(refusal_id=str(pk), on=on, is_acknowledged=pk in seen)
        for pk, on in sorted(found, key=str)
    ]


def enquiry_of(each: Enquiry) -> EnquiryFacts:
    """One enquiry."""
    return EnquiryFacts(
        enquiry_id=str(each.pk),
        kind=each.kind,
        county_fips=each.county_fips,
        received_on=each.since,
        languages=tuple(each.languages),
        beds_offered=each.beds_offered,
        max_siblings=each.max_siblings,
        source=each.source,
        has_owner=each.owner_id is not None,
        stage=Stage(each.stage),
    )
