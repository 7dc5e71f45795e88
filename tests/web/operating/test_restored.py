"""The first process of a restored office: silent, signed out, logged; once, and never without its mark."""

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from posada.office.access.roles import Role
from posada.office.audit.chain import verify
from posada.office.audit.models import Entry
from posada.office.desk.models import Mail
from posada.office.intake.models import ProgramSettings
from posada.web.operating.restored import mark, settle
from tests.office.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def under_way() -> None:
    """A message that waits, one that was sent, and somebody who is signed in."""
    for number, state in enumerate((Mail.State.QUEUED, Mail.State.HANDED_OVER)):
        Mail.objects.create(kind="offer", state=state, user=person(Role.INTAKE_WORKER), soft_failures=number)
    Session.objects.create(session_key="known", session_data="", expire_date=timezone.now())


@pytest.mark.usefixtures("under_way")
def test_it_falls_silent_once(tmp_path: Path) -> None:
    mark(tmp_path, made_at="2026-11-24T02:00:00+00:00")
    assert settle(tmp_path)
    assert not settle(tmp_path)
    assert ProgramSettings.objects.get().is_muted
    states = Mail.objects.order_by("soft_failures").values_list("state", flat=True)
    assert list(states) == [Mail.State.HELD, Mail.State.HANDED_OVER]
    assert not Session.objects.exists()
    entry = Entry.objects.get(act="backup.restore")
    assert entry.detail == {"made_at": "2026-11-24T02:00:00+00:00", "mails_held": 1}
    assert verify().broken_at is None


@pytest.mark.usefixtures("under_way")
def test_an_office_without_the_mark_is_left_alone(tmp_path: Path) -> None:
    assert not settle(tmp_path)
    assert Session.objects.count() == 1
    assert not ProgramSettings.objects.filter(is_muted=True).exists()
    assert not Entry.objects.filter(act="backup.restore").exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.usefixtures("under_way")
def test_what_fails_midway_is_done_again_by_the_next_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(tmp_path, made_at="then")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", lambda *_: (_ for _ in ()).throw(OSError("refused")))
        with pytest.raises(OSError, match="refused"):
            settle(tmp_path)
    assert settle(tmp_path)
    assert not (tmp_path / "muted").exists()
