"""Every address of the office. Each room has its own file; what allauth brings is chosen here, one by one.

Tests: tests/office/access/test_matrix.py.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as code_app
from allauth.mfa.webauthn import views as passkey
from allauth.usersessions import views as sessions
from django.urls import include, path
from django.views.i18n import set_language

from posada.office.access.second_factor import adds_factor, takes_factor
from posada.office.away.signing_out import clears_device
from posada.web.going_live import going_live
from posada.web.operating import office_health

ROOMS = (
    *("desk", "intake", "licensing", "placement", "counsel", "casefile", "docket", "packets"),
    *("preparation", "ledger", "away", "nudges", "retention"),
    *("access", "audit"),
)

urlpatterns = [
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", clears_device(account.logout), name="account_logout"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/2fa/", second_factor.index, name="mfa_index"),
    path("accounts/2fa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("accounts/2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("accounts/2fa/totp/activate/", adds_factor(code_app.activate_totp), name="mfa_activate_totp"),
    path("accounts/2fa/totp/deactivate/", takes_factor(code_app.deactivate_totp), name="mfa_deactivate_totp"),
    path("accounts/2fa/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "accounts/2fa/recovery-codes/generate/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "accounts/2fa/recovery-codes/download/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("accounts/2fa/webauthn/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("accounts/2fa/webauthn/add/", adds_factor(passkey.add_webauthn), name="mfa_add_webauthn"),
    path(
        "accounts/2fa/webauthn/reauthenticate/",
        passkey.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "accounts/2fa/webauthn/keys/<int:pk>/remove/",
        takes_factor(passkey.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("accounts/2fa/webauthn/keys/<int:pk>/edit/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("accounts/2fa/webauthn/login/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("accounts/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("language/", set_language, name="set_language"),
    path("going-live/", going_live, name="going_live"),
    path("health", office_health.health, name="health"),
    path("ready", office_health.ready, name="ready"),
    *(path("", include(f"posada.office.{room}.urls")) for room in ROOMS),
]
handler404 = "posada.web.errors.not_there"
handler500 = "posada.web.errors.broken"
handler400 = "posada.web.errors.not_understood"
handler403 = "posada.web.errors.not_there"
