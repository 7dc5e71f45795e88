"""Every address of the public site. English stands at the root, Spanish under /es/; the editors' desk under /cms/.

Tests: tests/newsroom/test_site.py, tests/newsroom/test_desk_gate.py.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as code_app
from allauth.mfa.webauthn import views as passkey
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as desk_urls

from posada.newsroom import desk_accounts, feeds, not_there, served_clip, site_map
from posada.newsroom.desk_gate import adds_factor, takes_factor
from posada.newsroom.notifications import pages, subscribing
from posada.web.operating import health, newsroom_health

SIGN_IN = [
    path("", account.login, name="account_login"),
    path("out/", account.logout, name="account_logout"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("new/<slug:who>/<slug:token>/", desk_accounts.set_up, name="desk_set_up"),
    path("factors/", second_factor.index, name="mfa_index"),
    path("code/", second_factor.authenticate, name="mfa_authenticate"),
    path("code/again/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("app/", adds_factor(code_app.activate_totp), name="mfa_activate_totp"),
    path("app/away/", takes_factor(code_app.deactivate_totp), name="mfa_deactivate_totp"),
    path("recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("recovery/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/new/", adds_factor(passkey.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/again/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/away/", takes_factor(passkey.remove_webauthn), name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
]
urlpatterns = [
    path("cms/sign-in/", include(SIGN_IN)),
    path("cms/login/", RedirectView.as_view(pattern_name="account_login")),
    path("cms/", include(desk_urls)),
    re_path(r"^(es/)?_util/", not_there.not_there),  # Wagtail's other ways in are none here
    path("clips/<uuid:pk>/<str:part>", served_clip.clip_part, name="clip_part"),
    path("health", health.alive, name="health"),
    path("ready", newsroom_health.ready, name="ready"),
    path("sitemap.xml", site_map.sitemap, name="sitemap"),
    path("robots.txt", site_map.robots, name="robots"),
    path("sw.js", pages.service_worker, name="service_worker"),
    path("told/", subscribing.subscribe),
    path("told/standing/", subscribing.standing),
    path("told/renew/", subscribing.renew),
    path("told/stop/", subscribing.stop),
    *i18n_patterns(
        path("app.webmanifest", pages.manifest, name="manifest"),
        path(_("be-told/"), pages.be_told, name="be_told"),
        path(_("be-told/stop/<str:token>/"), pages.stop_being_told, name="stop_being_told"),
        path(_("offline/"), pages.offline, name="offline"),
        path("feeds/news.rss", feeds.rss, name="rss"),
        path("feeds/news.atom", feeds.atom, name="atom"),
        path("feeds/news.json", feeds.json_feed, name="json_feed"),
        path("feeds/<slug:topic>.<slug:kind>", feeds.topic_feed, name="topic_feed"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
handler404 = "posada.newsroom.not_there.not_there"
handler500 = "posada.newsroom.not_there.broken"
