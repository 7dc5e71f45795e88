"""Log lines as JSON: one object a line, with nobody in it, in both sites alike."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from posada.web.deployment import make_deployment

SAYS = """
import django; django.setup()
import logging
try:
    raise ValueError("Brisa Lucero")
except ValueError:
    logging.getLogger("posada.try").exception("two\\nlines of /children/?name=%s", "Brisa", extra={"who": "Brisa"})
"""


def said(folder: Path, **more: str) -> str:
    told = {"PATH": os.environ["PATH"], "POSADA_DATA": str(folder), **more}
    told["DJANGO_SETTINGS_MODULE"] = "posada.web.settings.office"
    ran = subprocess.run([sys.executable, "-c", SAYS], env=told, capture_output=True, text=True, check=True)
    return ran.stderr


@pytest.fixture
def office(tmp_path: Path) -> Path:
    make_deployment(tmp_path / "office", demonstration=True, keys_beside=True)
    return tmp_path / "office"


def test_a_line_is_one_object_without_a_person(office: Path) -> None:
    lines = said(office, POSADA_LOG="json").splitlines()
    assert len(lines) == 1
    found = json.loads(lines[0])
    assert found.keys() == {"at", "level", "from", "says"}
    assert (found["level"], found["from"]) == ("ERROR", "posada.try")
    assert found["says"] == "two\nlines of /children/?… [ValueError]"


def test_lines_are_plain_until_asked_otherwise(office: Path) -> None:
    plain = said(office)
    assert "ERROR posada.try two\nlines of /children/?… [ValueError]" in plain
    assert "Brisa" not in plain
