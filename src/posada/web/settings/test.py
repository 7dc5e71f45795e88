"""Settings of tests: the office's own, on the database that POSADA_DATABASE_URL names, with keys that are known.

Docs: CONTRIBUTING.md. Tests: tests/web/test_settings.py.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from posada.web.deployment import DEPLOYMENT_FILE, FOLDER, make_deployment

_folder = Path(tempfile.gettempdir()) / f"posada-test-{os.getuid()}-{os.getpid()}"
if not (_folder / DEPLOYMENT_FILE).exists():
    make_deployment(_folder, demonstration=True, keys_beside=True)
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ[FOLDER] = str(_folder)

from posada.web.settings.office import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MFA_TOTP_TOLERANCE = 1  # the half minute may end between the making of a code and its use
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
