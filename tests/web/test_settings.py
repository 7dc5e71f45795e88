"""Settings of a real deployment, read in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from posada.web.deployment import make_deployment
from tests.served_office import environment

ASK = """
import django, io, json
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
said = io.StringIO()
try:
    call_command("check", deploy=True, fail_level="WARNING", stdout=said, stderr=said)
except SystemCheckError as error:
    said.write(str(error))
names = "DEBUG SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT ALLOWED_HOSTS SESSION_COOKIE_NAME".split()
print(json.dumps({"said": said.getvalue(), **{name: getattr(settings, name) for name in names}}))
from posada.web.wsgi import application
assert callable(application)
"""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("real") / "office"
    make_deployment(folder, demonstration=False, keys_beside=True)
    more = {
        "POSADA_DATA": str(folder),
        "POSADA_HOSTS": "office.example.org",
        "DJANGO_SETTINGS_MODULE": "posada.web.settings.office",
    }
    ran = subprocess.run(
        [sys.executable, "-c", ASK], env=environment(**more), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_the_deployment_check_is_silent(real: dict[str, Any]) -> None:
    assert real["said"].strip() == "System check identified no issues (0 silenced)."


def test_a_real_office_speaks_over_tls_only(real: dict[str, Any]) -> None:
    assert real["SECURE_SSL_REDIRECT"]
    assert real["SESSION_COOKIE_SECURE"]
    assert real["CSRF_COOKIE_SECURE"]
    assert real["SESSION_COOKIE_NAME"] == "__Host-session"
    assert not real["DEBUG"]
    assert real["ALLOWED_HOSTS"] == ["office.example.org"]


def test_every_commit_of_sqlite_is_on_the_disk(tmp_path: Path) -> None:
    from posada.web.settings.office import database

    options = database(f"sqlite:///{tmp_path}/office.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
    assert "journal_mode=WAL" in options["init_command"]
