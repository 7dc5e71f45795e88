"""Numbers for a monitor: for its token alone, without a person, and counted by all web processes together."""

import os
import re
import subprocess
import sys
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from posada.office.access.actor import NOBODY
from posada.office.access.opening_pace import ACT
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.desk.models import Mail
from posada.web.operating.office_metrics import BACKUP_MADE, readings
from posada.web.served_keys import RUN
from tests.office.people import browser_of, person

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql_too]
TOKEN = "a watcher's token, long enough"
AS_WATCHER = {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}
COUNTS_TWICE = """
import os, sys
from django.conf import settings
settings.configure(METRICS_TOKEN=sys.argv[1], METRICS_FOLDER=sys.argv[2], METRICS_READINGS="builtins.tuple",
                   ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__,
                   MIDDLEWARE=["posada.web.operating.metrics.MetricsMiddleware"])
urlpatterns = []
import django; django.setup()
from django.test import Client
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("homes/<slug:pk>/", lambda request, pk: HttpResponse(pk), name="home_page")]
if os.fork() == 0:  # another web process
    Client().get("/homes/a-secret/")
    os._exit(0)
os.wait()
Client().get("/homes/a-secret/?q=who")
Client().get("/elsewhere/Rosa/")
sys.stdout.write(Client().get("/metrics", HTTP_AUTHORIZATION="Bearer " + sys.argv[1]).text)
"""


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "METRICS_TOKEN", TOKEN)


def now() -> dict[str, float]:
    """Every reading, by its name and word."""
    return {f"{each.name} {word}".strip(): value for each in readings() for word, value in each.values}


def alike(answer: Any) -> tuple[int, str, dict[str, str]]:
    """An answer without what is drawn anew each time."""
    drawn = re.compile(r'(nonce[-=]"?|csrfmiddlewaretoken" value="|X-CSRFToken":")[\w=+/-]+')
    headers = {k: drawn.sub("", v) for k, v in answer.headers.items() if k != "Expires"}
    headers["Content-Security-Policy"] = "".join(sorted(headers["Content-Security-Policy"]))
    body = answer.content.decode().replace("/metrico", "/metrics")  # the address itself may stand in it
    return answer.status_code, drawn.sub("", body), headers


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options", "patch"])
@pytest.mark.parametrize("given", ["", "Bearer wrong", f"Basic {TOKEN}"])
def test_without_the_token_the_address_is_as_unknown_as_any(method: str, given: str) -> None:
    asks = getattr(Client(), method)
    here, elsewhere = (asks(address, HTTP_AUTHORIZATION=given) for address in ("/metrics", "/metrico"))
    assert alike(here) == alike(elsewhere)
    assert here.status_code == 404


def test_nothing_stands_there_until_a_token_is_set() -> None:
    assert Client().get("/metrics", HTTP_AUTHORIZATION="Bearer ").status_code == 404
    administrator = browser_of(person(Role.ADMINISTRATOR))
    assert administrator.get("/metrics").status_code == 404


def test_all_processes_count_into_one_and_no_address_is_told(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", COUNTS_TWICE, TOKEN, str(tmp_path / "counted")],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    counts = {
        (sample.labels["route"], sample.labels["status"]): sample.value
        for family in text_string_to_metric_families(ran.stdout)
        for sample in family.samples
        if sample.name == "posada_request_seconds_count"
    }
    assert counts == {("home_page", "2xx"): 2, ("none", "4xx"): 1}
    assert not re.search("a-secret|Rosa|who|elsewhere", ran.stdout)
    assert (tmp_path / "counted").stat().st_mode & 0o077 == 0


def test_what_waits_and_what_was_opened_is_counted() -> None:
    before = now()
    user = person(Role.INTAKE_WORKER)
    Mail.objects.create(kind="digest", user=user)
    Mail.objects.create(kind="digest", user=user, state=Mail.State.HANDED_OVER)
    append(NOBODY, ACT)
    append(NOBODY, ACT)
    after = now()
    grown = {name: after[name] - before[name] for name in after if name.startswith("posada_mail")}
    assert grown == {"posada_mail_waiting queued": 1, "posada_mail_waiting held": 0}
    assert after["posada_sealed_opened_last_hour"] - before["posada_sealed_opened_last_hour"] == 2
    assert after["posada_log_entries"] - before["posada_log_entries"] >= 2
    assert after["posada_database_up"] == 1


def test_the_backup_has_an_age_once_there_is_one() -> None:
    made = Path(settings.DEPLOYMENT.folder) / RUN / BACKUP_MADE
    made.unlink(missing_ok=True)
    assert "posada_backup_age_seconds" not in now()
    made.parent.mkdir(exist_ok=True)
    made.touch()
    stamp = made.stat().st_mtime - 3600
    os.utime(made, (stamp, stamp))
    assert now()["posada_backup_age_seconds"] >= 3600
    made.unlink()


def test_tasks_that_wait_and_fail_are_counted_with_the_oldest_ones_age() -> None:
    from django_tasks_db.models import DBTaskResult

    def put(status: str) -> None:
        DBTaskResult.objects.create(
            id=uuid.uuid4(),
            status=status,
            task_path="x.y",
            args_kwargs={"args": [], "kwargs": {}},
            backend_name="default",
            queue_name="default",
            priority=0,
            run_after=timezone.now(),
        )

    before = now()
    put("READY")
    put("FAILED")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=5))
    after = now()
    assert after["posada_tasks ready"] - before["posada_tasks ready"] == 1
    assert after["posada_tasks failed"] - before["posada_tasks failed"] == 1
    assert after["posada_oldest_task_seconds"] >= 290
