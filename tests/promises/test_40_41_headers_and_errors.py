"""Promises 40 and 41: every answer has the headers, and no input brings out the program's insides or a failure.

Every route of the office by each of its methods, as somebody to whom it opens, with hostile queries
and fields. Here each takes some of them in turn; all of them with POSADA_TEST_ALL.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from posada.office.access.roles import Role
from posada.web.deployment import make_deployment
from tests.office.access import cells
from tests.office.access.routes import routes, rows
from tests.served_office import environment

pytestmark = pytest.mark.django_db
ROWS = rows()
HOSTILE = (
    *(
        "",
        "'",
        '"',
        "\\",
        "%00",
        "\x00",
        "\u202e",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "${7*7}",
        "{% debug %}",
    ),
    *("' OR 1=1 --", "1; DROP TABLE access_user", "../../etc/passwd", "..\\..\\x", "file:///etc/passwd"),
    *("-1", "0", "9" * 40, "1e999", "NaN", "true", "null", "[]", "{}", "2026-13-45", "0000-00-00"),
    *("ß" * 300, "x" * 20_000, "9" * 5_000, "²", "٣", "https://evil.example/", "//evil.example"),
)
EACH = len(HOSTILE) if os.environ.get("POSADA_TEST_ALL") else 2
INSIDES = (
    "Traceback",
    "django",
    "sqlite",
    "psycopg",
    "site-packages",
    "SELECT ",
    "OperationalError",
    "TemplateSyntax",
)
WANTED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}


def faults(answer: Any) -> list[str]:
    """What an answer lacks, or says too much."""
    found = [name for name, wanted in WANTED.items() if answer.headers.get(name) != wanted]
    policy = answer.headers.get("content-security-policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        found.append("content-security-policy")
    if "no-store" not in answer.headers.get("cache-control", ""):
        found.append("cache-control")
    if answer.status_code >= 500:
        found.append(f"status {answer.status_code}")
    if not answer.streaming and answer.headers.get("content-type", "").startswith("text/html"):
        text = answer.content.decode(errors="replace")
        found += [word for word in INSIDES if word in text.replace("django_htmx", "")]
    if "evil.example" in answer.headers.get("location", "").partition("?")[0]:
        found.append("an open redirect")
    return found


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_no_input_brings_out_a_failure_and_every_answer_has_its_headers(route: cells.Route) -> None:
    row, asked, turn = ROWS[route.name], 0, sum(map(ord, route.name))
    role = next((each for each in Role if row.opens_to_role(each)), Role.AUDITOR)
    made = cells.made_for(row)
    cells.suit(made, role)
    client = cells.signed_in(cells.somebody(role, "own", row, made))
    client.raise_request_exception = False
    address = cells.address_of(route, row, made)
    for number in range(EACH):
        hostile = HOSTILE[(turn + number * 7) % len(HOSTILE)]
        fields = dict.fromkeys((*row.post, "q", "next", "page", "version", "reason"), hostile)
        for method in row.methods:
            answer = getattr(client, method.lower())(address, fields)
            assert faults(answer) == [], f"{method} {hostile!r}"
            asked += 1
    assert asked > 0


def test_the_check_for_deployments_is_silent(tmp_path: Path) -> None:
    make_deployment(tmp_path / "office", demonstration=False, keys_beside=True)
    words = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    told = {
        "POSADA_DATA": str(tmp_path / "office"),
        "DJANGO_SETTINGS_MODULE": "posada.web.settings.office",
        "POSADA_HOSTS": "office.example.org",
    }
    ran = subprocess.run(words, env=environment(**told), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "no issues" in ran.stdout
