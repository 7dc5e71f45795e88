"""Settings of the public site, read from the newsroom that POSADA_NEWSROOM_DATA names.

Of the office it knows two public keys and the folder of the exchange: no key, no database, no folder of it.
Docs: docs/explanation/the-public-site.md. Tests: tests/newsroom/test_site.py.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

import posada.newsroom
import posada.page
from posada.newsroom.deployment import FOLDER, read_newsroom
from posada.web.json_log import JSON, SETTING
from posada.web.static_headers import add_headers
from posada.web.translations import compile_where_stale

compile_where_stale(Path(posada.newsroom.__path__[0]))
NEWSROOM = read_newsroom(Path(os.environ.get(FOLDER, "demo/newsroom")), environment=os.environ)

DEBUG = False
WATCHED = [r"^health$", r"^ready$", r"^metrics$"]
SECRET_KEY = NEWSROOM.secret
ALLOWED_HOSTS = list(NEWSROOM.hosts)
ROOT_URLCONF = "posada.web.newsroom_urls"
WSGI_APPLICATION = "posada.web.newsroom_wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "posada.newsroom.notifications",
    "posada.newsroom",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "posada.newsroom.desk_policy.DeskPolicyMiddleware",
    "posada.web.operating.health.NobodyMiddleware",
    "posada.web.operating.metrics.MetricsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "posada.newsroom.desk_gate.DeskGateMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "posada.newsroom.frame.framed",
            ],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """Django's description of the newsroom's own database."""
    described: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if described["ENGINE"] == "django.db.backends.sqlite3":
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        described["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": pragmas}
    return described


DATABASES = {"default": database(NEWSROOM.database_url)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT, AXES_COOLOFF_TIME = 10, 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "posada.web.counted_name.name_given"
AXES_CLIENT_IP_CALLABLE = "posada.newsroom.visitor_address.client_address"
AXES_LOCKOUT_TEMPLATE = "newsroom/desk_locked.html"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address"]
AXES_VERBOSE = False
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # the link of a new account
ACCOUNT_ADAPTER = "posada.newsroom.desk_accounts.DeskAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,20/15m/key"}
ACCOUNT_FORMS = {
    "login": "posada.newsroom.desk_forms.DeskSignInForm",
    "reauthenticate": "posada.newsroom.desk_forms.DeskPasswordAgainForm",
}
MFA_FORMS = {
    "authenticate": "posada.newsroom.desk_forms.DeskCodeForm",
    "reauthenticate": "posada.newsroom.desk_forms.DeskCodeAgainForm",
    "activate_totp": "posada.newsroom.desk_forms.DeskFirstCodeForm",
    "add_webauthn": "posada.newsroom.desk_forms.DeskPasskeyForm",
}
MFA_ADAPTER = "posada.newsroom.desk_accounts.DeskFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = NEWSROOM.demonstration
MFA_TOTP_ISSUER = "Posada newsroom"

SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "newsroom_session", "newsroom_csrf"  # a port is no border for cookies
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/cms/"
SESSION_COOKIE_AGE, SESSION_IDLE_SECONDS = 12 * 3600, 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
if NEWSROOM.behind_tls:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = WATCHED  # asked from beside the site, where no TLS stands between
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in NEWSROOM.hosts if not host.startswith("[")]
CSRF_COOKIE_HTTPONLY = False  # the desk of Wagtail reads it for its own requests
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the desk shows a preview in a frame; the public policy says frame-ancestors

LIVE_HOSTS = tuple(
    h.strip() for h in os.environ.get("POSADA_NEWSROOM_LIVE_HOSTS", "").split(",") if h.strip()
)
"""Hosts from which visitors' browsers may load live video; nobody's until the operator names one."""
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "media-src": [SELF, *(f"https://{host}" for host in LIVE_HOSTS)],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
DESK_POLICY = {
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}
"""What the desk of Wagtail (/cms/, behind a sign-in) needs beyond the public policy."""
SIGN_IN_POLICY = {"img-src": [SELF, "data:"]}
"""And what our own pages need with which one signs in to it: the square code that an authenticator app reads."""

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["posada.web.formats"]
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]
LANGUAGE_NAMES = {"en": _("English"), "es": _("Spanish")}
TIME_ZONE = os.environ.get("POSADA_TIME_ZONE", "America/New_York")
USE_TZ = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [
    ("posada/fonts", str(Path(posada.page.__path__[0]) / "assets")),
    str(Path(__file__).parent.parent / "static"),
]
STATIC_ROOT = str(NEWSROOM.folder / "static")
STATIC_IS_COLLECTED = (NEWSROOM.folder / "static" / "staticfiles.json").is_file()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_IS_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_IS_COLLECTED
WHITENOISE_ADD_HEADERS_FUNCTION = add_headers
WHITENOISE_ALLOW_ALL_ORIGINS = WHITENOISE_AUTOREFRESH = False
METRICS_TOKEN = os.environ.get("POSADA_NEWSROOM_METRICS_TOKEN", "")  # opens /metrics; else nothing is there
METRICS_FOLDER = NEWSROOM.folder.resolve() / "run" / "metrics"
METRICS_READINGS = "posada.web.operating.newsroom_metrics.readings"
MEDIA_ROOT, MEDIA_URL = str(NEWSROOM.media), "/unserved/"
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a page of Wagtail's desk has many

WAGTAIL_SITE_NAME = "Posada"
WAGTAILADMIN_BASE_URL = NEWSROOM.address
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "posada.newsroom.second_reading.publish_what_was_read"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

LOG_LINES = JSON if os.environ.get(SETTING) == JSON else "plain"
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "posada.web.json_log.JsonLine"},
    },
    "filters": {"no_person": {"()": "posada.web.plain_log.NoPerson"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": LOG_LINES, "filters": ["no_person"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "posada": {"level": "INFO"},
        "django.server": {"handlers": [], "propagate": False, "level": "CRITICAL"},
        "axes": {"level": "ERROR"},
    },
}
