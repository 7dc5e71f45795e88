"""The daily digest: one a day, none on Sunday, nothing twice, nobody named, and computed when it is sent."""

from datetime import date, timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from posada.office.access.actor import actor_of, machine
from posada.office.access.models import Assignment, User
from posada.office.access.roles import Role
from posada.office.desk import tasks
from posada.office.desk.digests import send_digests
from posada.office.desk.models import Mail, Task
from posada.office.desk.tasks import Wanted
from posada.office.intake.models import ProgramSettings
from posada.office.placement.models import CheckIn
from tests.office.people import TODAY, group_of, home_of, person
from tests.office.placement.offered import offer_of, parent_of, placed, the_day, without_solving

TUESDAY = TODAY
SUNDAY = date(2026, 11, 29)


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


def _worker(**fields: object) -> User:
    return person(Role.PLACEMENT_WORKER, email="worker@example.invalid", **fields)


def _task(due: date | None = None, **fields: object) -> Task:
    return tasks.open_task(
        machine("tests"),
        Wanted("concern", role=Role.PLACEMENT_WORKER, due_on=due, **fields),  # type: ignore[arg-type]
    )


def test_a_digest_names_counts_days_and_links_and_no_person() -> None:
    _worker(display_name="Ana Plantada")
    group = group_of(given_name="Nombre", family_name="Secreto")
    home = home_of(home_id="H-planted")
    for _time in range(2):
        _task(TUESDAY + timedelta(days=3), group=group, home=home)
    assert send_digests(TUESDAY) == 1
    sent = outbox.outbox[0]
    assert "2: A check-in raised a concern" in sent.body
    assert "Fri 27 Nov 2026" in sent.body
    assert "/tasks/?kind=concern" in sent.body
    for planted in ("Nombre", "Secreto", "H-planted", group.sibling_group_id, "Plantada"):
        assert planted not in sent.body + sent.subject


def test_one_a_day_and_none_on_a_sunday() -> None:
    _worker()
    _task(SUNDAY + timedelta(days=1))
    assert (send_digests(SUNDAY), send_digests(TUESDAY), send_digests(TUESDAY)) == (0, 1, 0)


def test_a_line_is_told_again_only_when_it_changed_or_a_task_is_due_tomorrow() -> None:
    _worker()
    _task(TUESDAY + timedelta(days=3))
    days = [TUESDAY + timedelta(days=n) for n in range(4)]
    assert [send_digests(day) for day in days] == [1, 0, 1, 0], (
        "due on the fourth day: told again on the third"
    )
    _task(TUESDAY)
    assert send_digests(TUESDAY + timedelta(days=6)) == 1
    assert "2: " in outbox.outbox[-1].body


def test_acknowledged_tasks_are_silent() -> None:
    user = _worker()
    task = _task(TUESDAY)
    tasks.acknowledge(actor_of(user), task, version=1)
    assert send_digests(TUESDAY) == 0


def test_who_lost_the_assignment_or_the_account_before_sending_gets_nothing_of_it() -> None:
    user, off = _worker(), _worker()
    _task(TUESDAY)
    User.objects.filter(pk=off.pk).update(is_active=False)
    Assignment.objects.filter(user=user).update(until_at=timezone.now())
    assert send_digests(TUESDAY) == 0


def test_old_and_new_worker_of_a_group_each_get_their_own() -> None:
    group = group_of()
    old, new = (
        person(Role.PLACEMENT_WORKER, whole_program=False, email=f"{name}@example.invalid")
        for name in ("old", "new")
    )
    _task(TUESDAY, group=group)
    now = timezone.now()
    for user, until in ((old, now), (new, None)):
        Assignment.objects.create(
            user=user, role=Role.PLACEMENT_WORKER, scope="group", group=group, from_at=now, until_at=until
        )
    assert send_digests(TUESDAY) == 1
    assert outbox.outbox[0].to == ["new@example.invalid"]


def test_a_muted_program_sends_and_keeps_nothing() -> None:
    _worker()
    _task(TUESDAY)
    ProgramSettings.objects.update(is_muted=True)
    assert (send_digests(TUESDAY), Mail.objects.count()) == (0, 0)


def test_what_the_mail_server_refused_is_tried_again_the_same_day(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    _worker()
    _task(TUESDAY)

    def refuse(*_: object, **__: object) -> int:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("posada.office.desk.mailing.EmailMessage.send", refuse)
        assert send_digests(TUESDAY) == 0
    assert (send_digests(TUESDAY), send_digests(TUESDAY)) == (1, 0)


def test_homes_get_theirs_in_their_language_with_what_waits() -> None:
    _group, home = placed()
    parent_of(home, email="p@example.invalid", language="es")
    offer_of(group_of(), home)
    assert send_digests(TUESDAY) == 1
    body = outbox.outbox[0].body
    assert "una oferta espera a su hogar" in body
    assert "/my-home/" in body


def test_overdue_check_ins_are_one_line_with_the_earliest_day() -> None:
    _worker()
    placed()
    CheckIn.objects.update(due_on=TUESDAY - timedelta(days=2))
    Task.objects.all().delete()
    send_digests(TUESDAY)
    assert "4 check-ins are overdue (earliest day: Sun 22 Nov 2026)" in outbox.outbox[0].body
    assert "in two" not in outbox.outbox[0].body
