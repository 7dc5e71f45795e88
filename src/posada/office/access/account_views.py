"""Pages of accounts, for administrators; directors give assignments there.

Tests: tests/office/access/test_account_views.py.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posada.office.access import account_shown, grants, persons
from posada.office.access.account_forms import AssignmentForm, OwnPasswordForm, PersonForm, RoleForm
from posada.office.access.accounts import AccountAdapter
from posada.office.access.doors import one
from posada.office.access.gate import ANYONE, opens_to
from posada.office.access.models import Assignment, User
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.refusals import FieldsRefused, NotThere

ROWS = 25


@opens_to(Role.ADMINISTRATOR, Role.PROGRAM_DIRECTOR)
@require_safe
def accounts(request: OfficeRequest) -> HttpResponse:
    """Everybody with an account, those who cannot get in yet first."""
    role, off = request.GET.get("role", ""), request.GET.get("off", "")
    page = Paginator(account_shown.listed(role=role, off=bool(off)), ROWS).get_page(request.GET.get("page"))
    query = "&".join(f"{name}={value}" for name, value in (("role", role), ("off", off)) if value)
    shown = {"page": page, "query": query, "role": role, "off": off, "roles": Role.choices}
    return render(request, "access/accounts.html", {**shown, "lines": account_shown.lines(page)})


@opens_to(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def account_new(request: OfficeRequest) -> HttpResponse:
    """Make an account; its owner's way in is shown once."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = persons.make_person(request.actor, **form.cleaned_data)
        except FieldsRefused as refusal:
            for name, told in refusal.faults.items():
                form.add_error(name, told)
        else:
            return _way_in_page(request, user)
    return render(request, "access/account_new.html", {"form": form})


@opens_to(Role.ADMINISTRATOR, Role.PROGRAM_DIRECTOR)
@require_safe
def account_page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One account: its roles, what it is assigned to, what it still holds."""
    return render(request, "access/account.html", account_shown.shown(request.actor, _account(pk)))


@opens_to(Role.ADMINISTRATOR)
@require_POST
def account_way_in(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Give a new way in; the old password and every device are out."""
    return _way_in_page(request, _account(pk))


@opens_to(Role.ADMINISTRATOR)
@require_POST
def account_factor_away(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take a lost second factor away."""
    ended = persons.take_factor_away(request.actor, _account(pk), reason=request.POST.get("reason", ""))
    told = _("The second factor is gone, and %(count)s roles with it. Two persons give them again.")
    messages.warning(request, told % {"count": ended})
    return redirect("account_page", pk)


@opens_to(Role.ADMINISTRATOR)
@require_POST
def account_switch(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Turn an account off, or on again."""
    user = _account(pk)
    (persons.turn_off if user.is_active else persons.turn_on)(request.actor, user)
    messages.success(request, _("The account is off.") if user.is_active else _("The account is on."))
    return redirect("account_page", pk)


@opens_to(Role.ADMINISTRATOR)
@require_POST
def role_give(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Give a role, or ask a second person for it."""
    user, form = _account(pk), RoleForm(request.POST)
    if not form.is_valid():
        shown = account_shown.shown(request.actor, user, role_form=form)
        return render(request, "access/account.html", shown, status=422)
    role = Role(form.cleaned_data["role"])
    if grants.needs_two(role):
        grants.ask_for_role(request.actor, user, role, reason=form.cleaned_data["reason"])
        messages.info(
            request, _("Asked. Another administrator or a director answers under Approvals, within an hour.")
        )
    else:
        grants.give_role(request.actor, user, role)
        messages.success(request, _("Given."))
    return redirect("account_page", pk)


@opens_to(Role.ADMINISTRATOR)
@require_POST
def role_use(request: OfficeRequest, pk: UUID, approval_pk: UUID) -> HttpResponse:
    """Give a role that a second person has approved."""
    user, approval = _account(pk), account_shown.approval_of(request.actor, pk, approval_pk)
    grants.give_role(request.actor, user, Role(approval.scope["role"]), approval_id=approval.pk)
    messages.success(request, _("Given."))
    return redirect("account_page", pk)


@opens_to(Role.ADMINISTRATOR)
@require_POST
def role_end(request: OfficeRequest, pk: UUID, role: str) -> HttpResponse:
    """Take a role away."""
    if role.replace("-", "_") not in Role.values:
        raise NotThere
    grants.end_role(request.actor, _account(pk), Role(role.replace("-", "_")))
    messages.success(request, _("The role is gone."))
    return redirect("account_page", pk)


@opens_to(Role.ADMINISTRATOR, Role.PROGRAM_DIRECTOR)
@require_POST
def assignment_give(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Let somebody work on the program, a group or a home."""
    user, form = _account(pk), AssignmentForm(request.POST)
    if not form.is_valid():
        shown = account_shown.shown(request.actor, user, assignment_form=form)
        return render(request, "access/account.html", shown, status=422)
    given: dict[str, Any] = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
    grants.assign(request.actor, user, **given)
    messages.success(request, _("Assigned."))
    return redirect("account_page", pk)


@opens_to(Role.ADMINISTRATOR, Role.PROGRAM_DIRECTOR)
@require_POST
def assignment_end(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """End an assignment."""
    assignment = one(Assignment.objects.all(), pk)
    grants.end_assignment(request.actor, assignment)
    messages.success(request, _("Ended."))
    return redirect("account_page", assignment.user_id)


@opens_to(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def account_set_up(request: HttpRequest, pk: UUID, token: str) -> HttpResponse:
    """The page of a way in: its bearer chooses a password, and signs in with it."""
    user = persons.person_of_way_in(pk, token)
    form = OwnPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        AccountAdapter(request).set_password(user, form.cleaned_data["password1"])
        messages.success(request, _("The password is yours. Sign in with it."))
        return redirect("account_login")
    return render(request, "access/set_up.html", {"form": form, "user_shown": user})


def _account(pk: UUID) -> User:
    return one(User.objects.all(), pk)


def _way_in_page(request: OfficeRequest, user: User) -> HttpResponse:
    link = request.build_absolute_uri(persons.new_way_in(request.actor, user))
    return render(request, "access/way_in.html", {"link": link, "user_shown": user})
