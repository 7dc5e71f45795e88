"""Pages of counsel for a group: who could act, the check, the engagement and its end; an attorney's own groups.

Docs: docs/how-to/match-counsel.md. Tests: tests/office/counsel/test_case_views.py.
"""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.counsel import engagements, people, selectors
from posada.office.counsel.engagements import NewEngagement
from posada.office.counsel.forms import EndForm, EngageForm, PartyForm, ReasonForm, RelationForm
from posada.office.counsel.models import ConflictCheck, ConflictParty, Engagement
from posada.office.counsel.words import SCOPES, hit_words
from posada.office.day import today
from posada.office.intake.models import SiblingGroup
from posada.office.kept_form import save_kept
from posada.office.refusals import Refusal

A_PAGE = 25


@opens_to(Role.ATTORNEY)
@require_safe
def my_groups(request: OfficeRequest) -> HttpResponse:
    """The groups that an attorney acts for or stands in for, nearest hearing first."""
    page = Paginator(selectors.own_groups(request.actor), A_PAGE).get_page(request.GET.get("page"))
    own = doors.counsel(request.actor).first()
    return render(
        request, "counsel/my_groups.html", {"page": page, "own": own, "scopes": SCOPES, "today": today()}
    )


@opens_to(Role.LEGAL_COORDINATOR)
@require_safe
def group_counsel(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Who acts for a group, who could, who is named in its case, and what checks found."""
    group = doors.one(doors.groups(request.actor), pk)
    hearing = (
        group.hearings.filter(hearing_date__gte=today(), voided_at__isnull=True)
        .order_by("hearing_date")
        .first()
    )
    court = hearing.court_code if hearing else ""
    checks = ConflictCheck.objects.filter(group=group, voided_at__isnull=True).exclude(hits=[])
    shown = {
        "group": group,
        "children": group.children.filter(voided_at__isnull=True, merged_into__isnull=True),
        "hearing": hearing,
        "acting": group.engagements.filter(voided_at__isnull=True)
        .select_related("counsel")
        .order_by("-from_date"),
        "parties": [
            (each, people.RELATIONS.get(each.relation, each.relation))
            for each in group.conflict_parties.filter(voided_at__isnull=True).order_by("name")
        ],
        "candidates": Paginator(selectors.candidates(request.actor, group, court=court), A_PAGE).get_page(
            request.GET.get("page")
        ),
        "checks": [
            (each, [hit_words(hit) for hit in each.hits]) for each in checks.order_by("-checked_at")[:10]
        ],
        "scopes": SCOPES,
        "today": today(),
    }
    return render(request, "counsel/group_counsel.html", shown)


@opens_to(Role.LEGAL_COORDINATOR)
@require_POST
def conflict_check(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Check a counsel for a group; the result is the page on which the engagement is made."""
    group = doors.one(doors.groups(request.actor), pk)
    counsel = doors.one(doors.counsel(request.actor), _uuid(request.POST.get("counsel", "")))
    checked = engagements.run_check(request.actor, counsel, group)
    return redirect("engage", checked.pk)


@opens_to(Role.LEGAL_COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def engage(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """What the check found, and the engagement."""
    checked = doors.one(_checks(request), pk)
    form = EngageForm(request.POST or None, has_hits=bool(checked.hits), initial={"from_date": today()})

    def save(typed: Any) -> Engagement:
        new = NewEngagement(checked.counsel, checked.group, shown=checked, **typed.cleaned_data)
        return engagements.engage(request.actor, new)

    return save_kept(
        request,
        form,
        save,
        template="counsel/engage.html",
        done=reverse("group_counsel", args=[checked.group_id]),
        context={
            "check": checked,
            "hits": [(hit, hit_words(hit)) for hit in checked.hits],
            "bars": any(hit["bars"] for hit in checked.hits),
        },
    )


def _checks(request: OfficeRequest) -> Any:
    rows = ConflictCheck.objects.filter(
        voided_at__isnull=True,
        group__in=doors.groups(request.actor),
        counsel__in=doors.counsel(request.actor),
    )
    return rows.select_related("counsel", "group")


@opens_to(Role.LEGAL_COORDINATOR, Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def engagement_end(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Record the end of an engagement."""
    rows = Engagement.objects.filter(voided_at__isnull=True, group__in=doors.groups(request.actor))
    own = (
        rows
        if request.actor.has(Role.LEGAL_COORDINATOR)
        else rows.filter(counsel__user_id=request.actor.user_id)
    )
    engagement = doors.one(own.select_related("counsel", "group"), pk)
    form = EndForm(request.POST or None, initial={"version": engagement.version, "until_date": today()})

    def save(typed: Any) -> Engagement:
        given = dict(typed.cleaned_data)
        until = given.pop("until_date")
        return engagements.end_engagement(request.actor, engagement, until=until, **given)

    is_desk = request.actor.has(Role.LEGAL_COORDINATOR)
    done = reverse("group_counsel", args=[engagement.group_id]) if is_desk else reverse("my_groups")
    return _of_group(request, engagement.group, form, save, _("Record the end"), done=done)


@opens_to(Role.LEGAL_COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def engagement_void(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take back an engagement that was entered by mistake."""
    rows = Engagement.objects.filter(voided_at__isnull=True, group__in=doors.groups(request.actor))
    engagement = doors.one(rows.select_related("counsel", "group"), pk)

    def save(typed: Any) -> Engagement:
        return engagements.void_engagement(request.actor, engagement, **typed.cleaned_data)

    form = ReasonForm(request.POST or None, initial={"version": engagement.version})
    return _of_group(request, engagement.group, form, save, _("Take this out as a mistake"))


@opens_to(Role.LEGAL_COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def party_add(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Name a person in a group's case."""
    group = doors.one(doors.groups(request.actor), pk)

    def save(typed: Any) -> ConflictParty:
        return people.add_party(request.actor, group, **typed.cleaned_data)

    return _of_group(request, group, PartyForm(request.POST or None), save, _("Name a person in the case"))


@opens_to(Role.LEGAL_COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def party_change(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Change what a person is in the case."""
    party = doors.one(_parties(request), pk)

    def save(typed: Any) -> ConflictParty:
        return people.change_relation(request.actor, party, **typed.cleaned_data)

    form = RelationForm(request.POST or None, initial={"version": party.version, "relation": party.relation})
    return _of_group(request, party.group, form, save, _("Change what the person is in the case"))


@opens_to(Role.LEGAL_COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def party_void(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take out a person who was named by mistake."""
    party = doors.one(_parties(request), pk)

    def save(typed: Any) -> ConflictParty:
        return people.void_party(request.actor, party, **typed.cleaned_data)

    form = ReasonForm(request.POST or None, initial={"version": party.version})
    return _of_group(request, party.group, form, save, _("Take this out as a mistake"))


def _parties(request: OfficeRequest) -> Any:
    rows = ConflictParty.objects.filter(voided_at__isnull=True, group__in=doors.groups(request.actor))
    return rows.select_related("group")


def _of_group(
    request: OfficeRequest, group: SiblingGroup, form: Any, save: Any, heading: Any, *, done: str = ""
) -> HttpResponse:
    back = done or reverse("group_counsel", args=[group.pk])
    return save_kept(
        request,
        form,
        save,
        template="counsel/form.html",
        done=back,
        context={"group": group, "heading": heading, "button": heading, "leave": back},
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal(_("Choose a counsel."), code="no_counsel") from None
