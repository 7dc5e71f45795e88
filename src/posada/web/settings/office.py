"""Settings of the office, read from the deployment that POSADA_DATA names.

Docs: docs/reference/settings.md. Tests: tests/web/test_settings.py.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

import posada.page
from posada.web.deployment import FOLDER, read_deployment
from posada.web.json_log import JSON, SETTING
from posada.web.static_headers import add_headers
from posada.web.translations import compile_where_stale

compile_where_stale(Path(posada.__path__[0]))
DEPLOYMENT = read_deployment(Path(os.environ.get(FOLDER, "demo")), environment=os.environ)

DEBUG = False
WATCHED = [r"^health$", r"^ready$", r"^metrics$"]
SECRET_KEY = DEPLOYMENT.keys.secret
ALLOWED_HOSTS = list(DEPLOYMENT.hosts)
ROOT_URLCONF = "posada.web.office_urls"
WSGI_APPLICATION = "posada.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

OFFICE_APPS = [
    "posada.office.access",
    "posada.office.audit",
    "posada.office.intake",
    "posada.office.licensing",
    "posada.office.placement",
    "posada.office.counsel",
    "posada.office.casefile",
    "posada.office.desk",
    "posada.office.docket",
    "posada.office.packets",
    "posada.office.preparation",
    "posada.office.ledger",
    "posada.office.away",
    "posada.office.nudges",
    "posada.office.retention",
]
INSTALLED_APPS = [
    "posada.web",
    *OFFICE_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random, and tokens of forms are masked: no BREACH
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "posada.web.operating.health.NobodyMiddleware",
    "posada.web.operating.metrics.MetricsMiddleware",
    "posada.office.access.session_saved.SessionSavedMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "posada.office.access.gate.GateMiddleware",
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
                "csp.context_processors.nonce",
                "posada.office.access.shown.signed_in",
                "posada.web.going_live.muted",
            ],
        },
    }
]

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
    " PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-2000;"
)


def database(url: str) -> dict[str, Any]:
    """Django's description of a database. SQLite: WAL, every commit on the disk, and writers wait their turn."""
    described: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if described["ENGINE"] == "django.db.backends.sqlite3":
        described["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": SQLITE_PRAGMAS,
        }
    elif "options" not in described.get("OPTIONS", {}):  # also where the server's own settings are looser
        described.setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=on"
    return described


DATABASES = {"default": database(DEPLOYMENT.database_url)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "office_cache",
        # Codes that were used and tries that were counted are kept here; with Django's 300, some hundred tries of
        # made-up names would push them out.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "posada.office.access.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "240/m/ip",  # right ones too: a whole office that begins its day stands behind one address
    "login_failed": "30/m/ip,10/15m/key",
}
ACCOUNT_FORMS = {
    "login": "posada.office.access.sign_in_forms.SignInForm",
    "change_password": "posada.office.access.sign_in_forms.NewPasswordForm",
    "reauthenticate": "posada.office.access.sign_in_forms.PasswordAgainForm",
}
MFA_FORMS = {
    "authenticate": "posada.office.access.sign_in_forms.CodeForm",
    "reauthenticate": "posada.office.access.sign_in_forms.CodeAgainForm",
    "activate_totp": "posada.office.access.sign_in_forms.FirstCodeForm",
    "add_webauthn": "posada.office.access.sign_in_forms.NewPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEPLOYMENT.demonstration
MFA_TOTP_ISSUER = "Posada"
MFA_ADAPTER = "posada.office.access.accounts.SecondFactorAdapter"
USERSESSIONS_TRACK_ACTIVITY = False  # a write for every page; the gate keeps the last minute
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "posada.web.counted_name.name_given"
AXES_CLIENT_IP_CALLABLE = "posada.office.access.known_device.place_of_try"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address"]
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60
SESSION_SEALED_IDLE_SECONDS = 15 * 60  # while the page that is open has shown a sealed field
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "posada.office.access.views.form_expired"
LANGUAGE_COOKIE_SAMESITE, LANGUAGE_COOKIE_SECURE = "Lax", False
KNOWN_DEVICE_COOKIE_NAME = "known_device"
if DEPLOYMENT.behind_tls:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    KNOWN_DEVICE_COOKIE_NAME = "__Host-known-device"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = WATCHED  # asked from beside the office, where no TLS stands between
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in DEPLOYMENT.hosts if not host.startswith("[")]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer a form says "Origin: null" and is refused
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 40
FILE_UPLOAD_HANDLERS = ["posada.web.upload_memory.OnlyInMemory"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
MEDIA_ROOT = str(DEPLOYMENT.documents)
MEDIA_URL = "/unserved/"
DOCUMENT_SCANNER = os.environ.get("POSADA_SCANNER", "")  # a command that reads a file from its input
METRICS_TOKEN = os.environ.get("POSADA_METRICS_TOKEN", "")  # opens /metrics; else nothing is there
METRICS_FOLDER = DEPLOYMENT.folder.resolve() / "run" / "metrics"
METRICS_READINGS = "posada.web.operating.office_metrics.readings"
SITE_ADDRESS = os.environ.get("POSADA_ADDRESS", "")  # what links in messages begin with

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["posada.web.formats"]
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
TIME_ZONE = os.environ.get("POSADA_TIME_ZONE", "America/New_York")
USE_TZ = True
STATIC_URL = "static/"
STATICFILES_DIRS = [("posada/fonts", str(Path(posada.page.__path__[0]) / "assets"))]
STATIC_ROOT = str(DEPLOYMENT.folder / "static")
STATIC_IS_COLLECTED = (DEPLOYMENT.folder / "static" / "staticfiles.json").is_file()
"""Whether `posada init` or `posada demo` has gathered the static files; until then they come from their sources."""
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
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = False

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if DEPLOYMENT.mail_url:
    _mail = urlsplit(DEPLOYMENT.mail_url)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
    EMAIL_USE_TLS, EMAIL_TIMEOUT = True, 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = DEPLOYMENT.mail_from
ADMINS: list[tuple[str, str]] = []

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
        "stderr": {"class": "logging.StreamHandler", "formatter": LOG_LINES, "filters": ["no_person"]},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "posada": {"level": "INFO"},
        "django.server": {"handlers": [], "propagate": False, "level": "CRITICAL"},
        "axes": {"level": "ERROR"},
    },
}
