"""Whoever brings the child hears of the hearing in time, in neutral words, and of every change; nobody else does."""

import re
from datetime import date, time, timedelta
from smtplib import SMTPConnectError, SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from posada.office.access.actor import actor_of
from posada.office.access.models import Assignment, User
from posada.office.audit.history import save_new
from posada.office.desk.models import Mail, Task
from posada.office.docket import reminders
from posada.office.docket.models import HearingDetail
from posada.office.docket.reminders import recall_reminders, send_reminders
from posada.office.docket.watch import watch_of_program
from posada.office.intake.models import Hearing, ProgramSettings
from posada.office.licensing.models import Home
from posada.office.refusals import SomebodySavedFirst
from tests.office.docket.cases import coordinator, hearing_of
from tests.office.people import TODAY, browser_of
from tests.office.placement.offered import parent_of, placed, the_day, without_solving

SITE = re.compile(r"https?://[^/\\s]+")


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


def _family(days: int = 14, **fields: object) -> tuple[User, Home, Hearing]:
    group, home = placed()
    told = {"email": "home@example.invalid", "last_login": timezone.now(), **fields}
    user = parent_of(home, **told)
    hearing = hearing_of(group, TODAY + timedelta(days=days), kind="master", hearing_time="08:30")
    return user, home, hearing


def test_reminders_come_14_3_and_1_day_before_and_none_twice() -> None:
    _family()
    came = []
    for left in range(15, -1, -1):
        the_day(TODAY + timedelta(days=14 - left))
        if send_reminders():
            came.append(left)
        assert send_reminders() == 0
    assert came == [14, 3, 1]
    assert Mail.objects.filter(kind="reminder", state="handed_over").count() == 3


def _takes(monkeypatch: pytest.MonkeyPatch, *refuses: Exception | None) -> None:
    """What the mail server answers, one after the other; then it takes everything."""
    answers, takes = list(refuses), EmailMessage.send

    def send(message: EmailMessage, **more: Any) -> int:
        answer = answers.pop(0) if answers else None
        if answer is not None:
            raise answer
        return takes(message, **more)

    monkeypatch.setattr("posada.office.desk.mailing.EmailMessage.send", send)


def _later(minutes: int = 600) -> None:
    Mail.objects.filter(state="queued").update(queued_at=timezone.now() - timedelta(minutes=minutes))


AWAY = SMTPConnectError(421, b"away")


def test_what_the_mail_server_did_not_take_goes_out_later_even_the_next_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _family()
    _takes(monkeypatch, AWAY)
    assert (send_reminders(), recall_reminders()) == (0, 0), "not again within the first minute"
    the_day(TODAY + timedelta(days=1))
    _later()
    assert (send_reminders(), recall_reminders(), recall_reminders()) == (0, 1, 0)
    assert outbox.outbox[0].subject == "An appointment on Tue 8 Dec 2026"


def test_of_steps_that_were_missed_only_the_nearest_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _family()
    _takes(monkeypatch, AWAY, AWAY)
    send_reminders()
    the_day(TODAY + timedelta(days=12))
    _later()
    assert send_reminders() == 0
    _later()
    assert (recall_reminders(), recall_reminders(), len(outbox.outbox)) == (1, 0, 1)


@pytest.mark.parametrize(("left", "goes_out"), [(15, 0), (10, 1), (2, 1), (0, 1), (-1, 0)])
def test_a_hearing_that_was_entered_late_is_told_at_once_and_none_after_it(left: int, goes_out: int) -> None:
    _family(left)
    assert (send_reminders(), send_reminders()) == (goes_out, 0)


def test_none_goes_out_once_the_hour_of_the_hearing_is_past() -> None:
    now = timezone.localdate()
    _user, _home, hearing = _family()
    the_day(now)
    Hearing.objects.filter(pk=hearing.pk).update(hearing_date=now, hearing_time=time(0, 0))
    assert send_reminders() == 0


@pytest.mark.parametrize(
    "changes", [{"hearing_date": TODAY + timedelta(days=30)}, {"voided_at": timezone.now()}]
)
def test_what_waits_for_a_hearing_that_moved_or_was_taken_off_is_not_sent(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, object]
) -> None:
    _user, _home, hearing = _family()
    _takes(monkeypatch, AWAY)
    send_reminders()
    _later()
    Hearing.objects.filter(pk=hearing.pk).update(**changes)
    assert (recall_reminders(), outbox.outbox) == (0, [])


def test_a_fault_at_one_hearing_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _family()
    _family(email="second@example.invalid")
    _takes(monkeypatch, RuntimeError("Brisa Lucero Ejemplo"))
    assert send_reminders() == 1
    assert "a reminder failed: RuntimeError" in caplog.text
    assert "Brisa" not in caplog.text
    _later()
    assert recall_reminders() == 1


def test_a_reminder_has_a_day_and_a_link_and_no_name_court_or_status() -> None:
    _user, home, hearing = _family()
    child = hearing.group.children.get()
    assert send_reminders() == 1
    sent = outbox.outbox[0]
    told = sent.subject + sent.body
    assert sent.subject == "An appointment on Tue 8 Dec 2026"
    assert "/my-home/" in told
    for word in ("court", "Baltimore", "hearing", "judge", child.given_name, child.family_name, home.home_id):
        assert word.lower() not in told.lower()


def test_it_speaks_the_language_of_the_home() -> None:
    _user, home, _hearing = _family()
    Home.objects.filter(pk=home.pk).update(best_language="es")
    send_reminders()
    assert "Usted tiene una cita" in outbox.outbox[0].body


@pytest.mark.parametrize("fields", [{"last_login": None}, {"email": ""}, {"wants_reminders": False}])
def test_who_never_signed_in_or_stopped_it_gets_none(fields: dict[str, object]) -> None:
    _family(**fields)
    assert send_reminders() == 0


def test_who_no_longer_answers_for_the_home_gets_none_and_a_muted_office_sends_none() -> None:
    user, _home, _hearing = _family()
    ProgramSettings.objects.update(is_muted=True)
    assert send_reminders() == 0
    ProgramSettings.objects.update(is_muted=False)
    Assignment.objects.filter(user=user).update(until_at=timezone.now())
    assert send_reminders() == 0


def test_a_hearing_that_moved_or_was_taken_off_is_recalled_once() -> None:
    _user, _home, hearing = _family()
    send_reminders()
    assert recall_reminders() == 0
    Hearing.objects.filter(pk=hearing.pk).update(hearing_date=date(2026, 12, 20))
    assert (recall_reminders(), recall_reminders()) == (1, 0)
    assert outbox.outbox[-1].subject == "An appointment has changed"


def test_a_recall_outlives_a_mail_server_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    _user, _home, hearing = _family()
    send_reminders()
    Hearing.objects.filter(pk=hearing.pk).update(hearing_date=date(2026, 12, 20))
    _takes(monkeypatch, *[AWAY] * 5)
    for _minute in range(5):
        assert recall_reminders() == 0
    recall = Mail.objects.get(kind="reminder_recall")
    assert (recall.state, recall.soft_failures) == ("queued", 1), "the gaps grow"
    for _time in range(4):
        _later()
        assert recall_reminders() == 0
    _later()
    assert (recall_reminders(), recall_reminders()) == (1, 0)
    assert not Task.objects.filter(kind="mail_not_delivered").exists()


def test_one_recall_is_enough_for_all_that_was_said_of_a_day() -> None:
    _user, _home, hearing = _family()
    send_reminders()
    the_day(TODAY + timedelta(days=11))
    send_reminders()
    Hearing.objects.filter(pk=hearing.pk).update(hearing_date=TODAY)
    assert (recall_reminders(), recall_reminders()) == (1, 0), "also where the day is now past"


def test_a_reply_that_refuses_the_recipient_is_a_bounce_the_third_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _family()
    _takes(monkeypatch, *[SMTPRecipientsRefused({"home@example.invalid": (550, b"no such user")})] * 3)
    send_reminders()
    for _time in range(2):
        _later()
        recall_reminders()
    assert Mail.objects.get().state == "bounced"
    assert Task.objects.filter(kind="mail_not_delivered").count() == 1


def test_a_minute_asks_for_all_hearings_at_once() -> None:
    _family()
    send_reminders()
    with CaptureQueriesContext(connection) as one:
        recall_reminders()
    for number in range(3):
        _family(email=f"home-{number}@example.invalid")
    send_reminders()
    with CaptureQueriesContext(connection) as four:
        recall_reminders()
    assert Mail.objects.count() == 4
    assert len(four) == len(one)


def test_stop_works_for_whoever_got_it_and_looking_stops_nothing() -> None:
    user, home, _hearing = _family()
    send_reminders()
    link = SITE.sub(
        "", next(line for line in outbox.outbox[0].body.splitlines() if "/reminders/stop/" in line)
    )
    stranger = Client()
    assert stranger.head(link).status_code == 200
    assert b"Stop these reminders?" in stranger.get(link).content
    assert User.objects.get(pk=user.pk).wants_reminders
    assert b"no more reminders" in stranger.post(link).content
    assert not User.objects.get(pk=user.pk).wants_reminders
    other = "b" if link[-2] == "a" else "a"
    assert stranger.get(f"{link[:-2]}{other}/").status_code == 404
    browser_of(user).post(f"/my-home/{home.pk}/bring/", {"reminders": "on"})
    assert User.objects.get(pk=user.pk).wants_reminders


def test_an_answer_takes_it_out_of_the_watch_and_no_answer_leaves_it_at_risk() -> None:
    user, home, hearing = _family()
    browser = browser_of(user)
    page = browser.get("/my-home/").content.decode()
    assert "8:30 at the court" in page
    assert "the judge can order them removed" in page
    lacks = [str(words) for each in watch_of_program() for _tone, words in each.lacks]
    assert "transport not confirmed" in lacks
    other = _family()[2]
    assert browser.post(f"/my-home/{home.pk}/bring/", {"hearing": str(other.pk)}).status_code == 404
    assert browser.post(f"/my-home/{home.pk}/bring/", {"hearing": str(hearing.pk)}).status_code == 302
    watched = {
        each.hearing.row.pk: [str(words) for _tone, words in each.lacks] for each in watch_of_program()
    }
    assert "transport not confirmed" not in watched.get(hearing.pk, [])
    assert "transport not confirmed" in watched[other.pk]


def _detail(hearing: Hearing, **fields: object) -> HearingDetail:
    return save_new(HearingDetail(hearing=hearing, **fields), actor=coordinator(), act="hearing.detail")


def test_whoever_the_desk_wrote_down_stays_and_the_page_names_the_version_it_shows() -> None:
    user, home, hearing = _family()
    detail = _detail(hearing, place="Room 3")
    browser = browser_of(user)
    assert f'name="version" value="{detail.version}"' in browser.get("/my-home/").content.decode()
    said = {"hearing": str(hearing.pk)}
    assert browser.post(f"/my-home/{home.pk}/bring/", {**said, "version": "9" * 5000}).status_code == 409
    assert browser.post(f"/my-home/{home.pk}/bring/", {**said, "version": "1"}).status_code == 302
    detail.refresh_from_db()
    assert (detail.transport, detail.version) == (f"{home.home_id}: {user}", 2)
    HearingDetail.objects.filter(pk=detail.pk).update(transport="the desk's van", version=3)
    assert browser.post(f"/my-home/{home.pk}/bring/", {**said, "version": "2"}).status_code == 302
    detail.refresh_from_db()
    assert (detail.transport, detail.version) == ("the desk's van", 3)


@pytest.mark.parametrize(("transport", "stays"), [("the other parent", True), ("", False)])
def test_of_two_who_answer_in_one_moment_the_second_reads_again(
    monkeypatch: pytest.MonkeyPatch, transport: str, stays: bool
) -> None:
    user, home, hearing = _family()
    before = reminders.appointments_of(actor_of(user))
    _detail(hearing, place="Room 3", transport=transport)
    monkeypatch.setattr(reminders, "appointments_of", lambda _actor: before)
    if stays:
        reminders.will_bring(actor_of(user), home, str(hearing.pk), version=0)
    else:
        with pytest.raises(SomebodySavedFirst):
            reminders.will_bring(actor_of(user), home, str(hearing.pk), version=0)
    assert HearingDetail.objects.get().transport == transport
