"""Checks, the people of a household, home studies and license exceptions of a home.

Each change counts anew until when the home's checks are clear. Docs: docs/reference/checks.md.
Tests: tests/office/licensing/test_opening.py.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.licensing.study import AuthorCannotApprove, check_approver
from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.audit.history import save_change, save_new
from posada.office.day import today
from posada.office.licensing.models import Check, Home, HomeStudy, HouseholdMember, LicenseException
from posada.office.licensing.opening import count_clear_days
from posada.office.program import note_change
from posada.office.refusals import Refusal


class SamePerson(Refusal):
    """Whoever wrote it cannot approve it."""

    code = "same_person"


def record_check(
    actor: Actor, home: Home, *, fields: dict[str, Any], check: Check | None, version: int
) -> Check:
    """Write down a check, new or changed. Raises Refusal for days that cannot be, SomebodySavedFirst."""
    issued, expires = fields.get("issued_on"), fields.get("expires_on")
    if fields["result"] == Check.Result.CLEAR and issued is None:
        raise Refusal(_("A clear check says on which day it was issued."), code="no_issue_date")
    if issued and issued > today():
        raise Refusal(_("The day of issue has not come yet."), code="issued_later")
    if issued and expires and expires < issued:
        raise Refusal(_("It expires before it was issued."), code="expires_before_issue")
    with transaction.atomic():
        if check is None:
            saved = save_new(Check(home=home, **fields), actor=actor, act="check.record")
        else:
            saved = save_change(check, version=version, changes=fields, actor=actor, act="check.change")
        count_clear_days(actor, home)
    return saved


def add_member(actor: Actor, home: Home, *, fields: dict[str, Any]) -> HouseholdMember:
    """Somebody lives in the home. An adult raises the checks that the policy demands, on the day itself."""
    with transaction.atomic():
        made = save_new(HouseholdMember(home=home, **fields), actor=actor, act="member.add")
        count_clear_days(actor, home)
        _own_children(actor, home)
    return made


def change_member(
    actor: Actor, member: HouseholdMember, *, version: int, changes: dict[str, Any]
) -> HouseholdMember:
    """A member moved out, stopped caring, or was written down wrongly."""
    with transaction.atomic():
        changed = save_change(member, version=version, changes=changes, actor=actor, act="member.change")
        count_clear_days(actor, member.home)
        _own_children(actor, member.home)
    return changed


def write_study(
    actor: Actor, home: Home, *, written_on: date, summary: str, recommends_capacity: int
) -> HomeStudy:
    """A home study by the person who acts; another approves it."""
    study = HomeStudy(
        home=home,
        author_id=actor.user_id,
        written_on=written_on,
        summary=summary,
        recommends_capacity=recommends_capacity,
    )
    return save_new(study, actor=actor, act="study.write")


def approve_study(actor: Actor, study: HomeStudy, *, version: int) -> HomeStudy:
    """Approve a home study that another human being wrote. Raises SamePerson, SomebodySavedFirst."""
    _other_person(actor, study.author)
    changes = {"approved_by_id": actor.user_id, "approved_on": today()}
    return save_change(study, version=version, changes=changes, actor=actor, act="study.approve")


def ask_exception(actor: Actor, home: Home, *, fields: dict[str, Any]) -> LicenseException:
    """Ask for a dated permission beyond a rule; it stands only once another has approved it."""
    if len(fields["reason"].strip()) < 5:
        raise Refusal(_("Say in a few words why."), code="no_reason")
    if fields["to_date"] < fields["from_date"]:
        raise Refusal(_("It ends before it begins."), code="exception_dates")
    asked = LicenseException(home=home, asked_by_id=actor.user_id, **fields)
    return save_new(asked, actor=actor, act="exception.ask", reason=fields["reason"])


def approve_exception(actor: Actor, asked: LicenseException, *, version: int) -> LicenseException:
    """Approve what another human being asked for. Raises SamePerson, SomebodySavedFirst."""
    _other_person(actor, asked.asked_by)
    with transaction.atomic():
        changes = {"approved_by_id": actor.user_id, "approved_at": timezone.now()}
        changed = save_change(asked, version=version, changes=changes, actor=actor, act="exception.approve")
        count_clear_days(actor, asked.home)
        note_change()
    return changed


def _other_person(actor: Actor, author: User) -> None:
    try:
        check_approver(author=author.person_key, approver=actor.person_key)
    except AuthorCannotApprove as error:
        raise SamePerson(_("Whoever wrote this can’t approve it: another person has to.")) from error


def _own_children(actor: Actor, home: Home) -> None:
    """The home's own children as homes.csv lists them: those who live there now."""
    living = home.members.filter(
        part=HouseholdMember.Part.OWN_CHILD, voided_at__isnull=True, birth_date__isnull=False
    )
    days = sorted(
        each.birth_date.isoformat()
        for each in living
        if each.birth_date
        and each.moved_in_on <= today()
        and (each.moved_out_on is None or each.moved_out_on > today())
    )
    current = Home.objects.get(pk=home.pk)
    changed = save_change(
        current,
        version=current.version,
        changes={"own_children_birth_dates": days},
        actor=actor,
        act="home.own_children",
    )
    if changed.version != current.version:
        note_change()
