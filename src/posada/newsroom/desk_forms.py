"""The forms of signing in at the desk, in plain words: what a field is for stands beside it.

Tests: tests/newsroom/test_desk_accounts.py.
"""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

SAME_WORDS: dict[str, tuple[Any, Any]] = {
    "login": (_("User name"), ""),
    "password": (_("Password"), ""),
    "code": (_("Code"), _("The six digits that your authenticator app shows now, or a recovery code.")),
    "name": (_("Name"), _("So that you can tell it from others: “my phone”, “the blue key”.")),
    "new_password1": (_("New password"), _("At least 12 characters. Four words in a row are easy to keep.")),
    "new_password2": (_("New password again"), ""),
}


class _Plain(forms.Form):
    """No placeholder stands in for a label."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in SAME_WORDS:
                field.label, field.help_text = SAME_WORDS[name]


class DeskSignInForm(_Plain, LoginForm):
    """User name and password."""


class DeskCodeForm(_Plain, AuthenticateForm):
    """The code of this half minute."""


class DeskFirstCodeForm(_Plain, ActivateTOTPForm):
    """The first code of an app that has just been set up."""


class DeskPasswordAgainForm(_Plain, ReauthenticateForm):
    """The password once more, before something that matters."""


class DeskCodeAgainForm(_Plain, CodeAgainForm):
    """The code once more, before something that matters."""


class DeskPasskeyForm(_Plain, AddWebAuthnForm):
    """A name for a passkey or a security key."""


class FirstPasswordForm(_Plain, SetPasswordForm):
    """One's own password, chosen behind the link of a new account."""
