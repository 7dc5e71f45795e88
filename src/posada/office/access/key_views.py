"""The page of keys: which there are, by their public numbers; asking for a new one, or for an old one to go.

Tests: tests/office/access/test_key_views.py.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from posada.office.access import key_asking
from posada.office.access.approval_words import said_of
from posada.office.access.gate import opens_to
from posada.office.access.models import Approval
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role


class AskForm(forms.Form):
    """What is to be done, and why."""

    what = forms.ChoiceField(label=gettext_lazy("What is to be done"))
    reason = forms.CharField(label=gettext_lazy("Why"), min_length=5, max_length=500)

    def __init__(self, keys: list[key_asking.KnownKey], data: Any = None) -> None:
        super().__init__(data)
        old = [(each.number, _("Retire the key %(key)s") % {"key": each.number}) for each in keys[1:]]
        self.fields["what"].choices = [(key_asking.NEW, _("Draw a new key")), *old]  # type: ignore[attr-defined]

    def scope(self) -> dict[str, Any]:
        """Exactly what was chosen."""
        what = self.cleaned_data["what"]
        return key_asking.scope_of(what if what == key_asking.NEW else key_asking.RETIRE, what)


@opens_to(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: OfficeRequest) -> HttpResponse:
    """The keys, what I asked for with its id for the command line, and a form to ask."""
    known = list(key_asking.known_keys())
    form = AskForm(known, request.POST or None)
    if request.method == "POST" and form.is_valid():
        key_asking.ask(request.actor, scope=form.scope(), reason=form.cleaned_data["reason"])
        messages.success(request, _("Asked. Another administrator has to agree on the page of approvals."))
        return redirect("sealing_keys")
    mine = Approval.objects.filter(act=key_asking.ACT, asked_by_id=request.actor.user_id)
    asked = [(each, said_of(each)) for each in mine.select_related("answered_by").order_by("-asked_at")[:10]]
    shown = {"form": form, "keys": known, "asked": asked}
    return render(request, "access/keys.html", shown, status=422 if form.is_bound else 200)
