"""Forms of accounts. Tests: tests/office/access/test_account_views.py."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from posada.office.access.grants import SCOPES
from posada.office.access.models import User
from posada.office.access.roles import Role


class PersonForm(forms.Form):
    """A new account. There is no field for a password: its owner chooses one."""

    username = forms.SlugField(
        label=_("User name"), max_length=80, help_text=_("Letters, digits, hyphens. It never changes.")
    )
    display_name = forms.CharField(label=_("Name, as colleagues know it"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("For the daily list of what is due.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    same_as = forms.SlugField(
        label=_("User name of another account of the same person"),
        required=False,
        help_text=_("Two accounts of one person never count as two persons."),
    )


class RoleForm(forms.Form):
    """A role, and why."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    reason = forms.CharField(label=_("Why"), max_length=500, help_text=_("Whoever approves it reads this."))


class AssignmentForm(forms.Form):
    """What a person is to work on, by opaque id."""

    role = forms.ChoiceField(label=_("In the role"), choices=[(str(each), each.label) for each in SCOPES])
    scope = forms.ChoiceField(
        label=_("Works on"),
        choices=[
            ("program", _("the whole program")),
            ("group", _("one sibling group")),
            ("home", _("one home")),
        ],
    )
    to = forms.UUIDField(
        label=_("Id of the group or home"), required=False, help_text=_("From the address of its page.")
    )
    reason = forms.CharField(label=_("Why"), max_length=300)


class OwnPasswordForm(forms.Form):
    """A password that its owner chooses, twice."""

    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Four words in a row are easy to keep in mind."),
    )
    password2 = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *arguments: Any, user: User, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Both are the same, and it is not one that everybody uses."""
        given = super().clean() or {}
        one, again = given.get("password1"), given.get("password2")
        if one and again and one != again:
            self.add_error("password2", _("This is not the same as above."))
        elif one:
            try:
                validate_password(one, self.user)
            except ValidationError as error:
                self.add_error("password1", error)
        return given
