"""The forms of signing in, in our words: what a field is for stands beside it, and nothing is said twice.

Tests: tests/office/access/test_sign_in.py.
"""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as SecondFactorAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class _Plain(forms.Form):
    """No placeholder stands in for a label."""

    said: dict[str, tuple[Any, Any]] = {}

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.said:
                field.label, field.help_text = self.said[name]


class SignInForm(_Plain, LoginForm):
    """User name and password."""

    said = {"login": (_("User name"), ""), "password": (_("Password"), "")}


class NewPasswordForm(_Plain, ChangePasswordForm):
    """One's own new password."""

    said = {
        "oldpassword": (_("Password until now"), ""),
        "password1": (
            _("New password"),
            _("At least 12 characters. Four words in a row are easy to keep in mind."),
        ),
        "password2": (_("New password again"), ""),
    }


class PasswordAgainForm(_Plain, ReauthenticateForm):
    """The password once more, before something that matters."""

    said = {"password": (_("Password"), "")}


CODE = (_("Code"), _("The six digits that your authenticator app shows now, or one of your recovery codes."))


class CodeForm(_Plain, AuthenticateForm):
    """The code of this half minute."""

    said = {"code": CODE}


class CodeAgainForm(_Plain, SecondFactorAgainForm):
    """The code once more, before something that matters."""

    said = {"code": CODE}


class FirstCodeForm(_Plain, ActivateTOTPForm):
    """The first code of an app that has just been set up."""

    said = {"code": (_("Code"), _("The six digits that the app shows for Posada now."))}

    def clean_code(self) -> str:
        """The code, which then opens nothing more: allauth remembers only those that were given at a sign-in."""
        code: str = super().clean_code()
        if not TOTP(Authenticator(user=self.user))._mark_code_used(code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class NewPasskeyForm(_Plain, AddWebAuthnForm):
    """A name for a passkey or a security key, and whether it signs in without a password."""

    said = {
        "name": (_("Name"), _("So that you can tell it from others: “my phone”, “the blue key”.")),
        "passwordless": (
            _("Sign in with it alone"),
            _("It then asks for your finger, face or PIN, and you need no password."),
        ),
    }
