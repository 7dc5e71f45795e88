"""Messages are handed over once, held where the program is muted, and known to have come back."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail as outbox
from django.utils import timezone

from posada.office.access.actor import machine
from posada.office.access.roles import Role
from posada.office.desk import mailing
from posada.office.desk.models import Mail, Task
from posada.office.intake.models import ProgramSettings
from posada.office.refusals import NotThere
from tests.office.people import person
from tests.office.placement.offered import the_day

MACHINE = machine("tests")


@pytest.fixture(autouse=True)
def _day() -> None:
    the_day()


def _hand(mail: Mail) -> bool:
    return mailing.hand_over(MACHINE, mail, to="a@example.invalid", subject="s", body="b")


def test_a_message_is_handed_over_once() -> None:
    mail = mailing.queue("digest", user=person(Role.AUDITOR))
    assert (_hand(mail), _hand(mail), len(outbox.outbox)) == (True, False, 1)
    mail.refresh_from_db()
    assert mail.message_id == outbox.outbox[0].extra_headers["Message-ID"]


def test_a_program_that_was_muted_meanwhile_holds_what_waits() -> None:
    mail = mailing.queue("digest", user=person(Role.AUDITOR))
    ProgramSettings.objects.update(is_muted=True)
    assert not _hand(mail)
    ProgramSettings.objects.update(is_muted=False)
    assert (_hand(mail), outbox.outbox, Mail.objects.get().state) == (False, [], "held")


def test_a_bounce_of_a_persons_mail_is_the_administrators_task_once() -> None:
    mail = mailing.queue("digest", user=person(Role.AUDITOR))
    _hand(mail)
    mail.refresh_from_db()
    for _again in range(2):
        assert mailing.note_bounce(MACHINE, mail.message_id).state == Mail.State.BOUNCED
    assert Task.objects.get(kind="mail_not_delivered").role == Role.ADMINISTRATOR


@pytest.mark.parametrize("message_id", ["", " ", "<never@example.invalid>"])
def test_a_message_that_was_never_sent_did_not_come_back(message_id: str) -> None:
    mailing.queue("digest", user=person(Role.AUDITOR))
    with pytest.raises(NotThere):
        mailing.note_bounce(MACHINE, message_id)


@pytest.mark.parametrize(
    ("failure", "is_patient", "state"),
    [
        (SMTPServerDisconnected("away"), True, "queued"),
        (ConnectionRefusedError(), True, "queued"),
        (SMTPRecipientsRefused({"a@example.invalid": (450, b"later")}), True, "queued"),
        (SMTPRecipientsRefused({"a@example.invalid": (550, b"never")}), True, "bounced"),
        (ConnectionRefusedError(), False, "bounced"),
    ],
)
def test_a_patient_message_comes_back_only_where_its_recipient_is_refused(
    monkeypatch: pytest.MonkeyPatch, failure: Exception, is_patient: bool, state: str
) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise failure

    monkeypatch.setattr("posada.office.desk.mailing.EmailMessage.send", refuse)
    mail = mailing.queue("reminder", user=person(Role.AUDITOR))
    for _time in range(3):
        assert not mailing.hand_over(
            MACHINE, mail, to="a@example.invalid", subject="s", body="b", is_patient=is_patient
        )
    assert Mail.objects.get().state == state


def test_what_could_not_be_written_waits_again_and_is_said() -> None:
    mail = mailing.queue("reminder", user=person(Role.AUDITOR))
    with pytest.raises(ValueError, match="newline"):
        mailing.hand_over(MACHINE, mail, to="a@example.invalid", subject="s\nt", body="b")
    mail.refresh_from_db()
    assert (mail.state, mail.soft_failures) == ("queued", 1)


@pytest.mark.parametrize(("failures", "minutes"), [(0, 0), (1, 1), (2, 3), (6, 63), (7, 123), (90, 5103)])
def test_the_gaps_between_tries_grow_to_an_hour(failures: int, minutes: int) -> None:
    mail = mailing.queue("reminder", user=person(Role.AUDITOR))
    mail.soft_failures = failures
    mail.queued_at = timezone.now() - timedelta(minutes=minutes)
    assert mailing.is_due(mail)
    mail.queued_at += timedelta(seconds=30)
    assert not mailing.is_due(mail)


def test_links_begin_with_the_address_of_the_deployment(settings) -> None:  # type: ignore[no-untyped-def]
    assert mailing.site_address().startswith("http")
    settings.SITE_ADDRESS = "https://office.example.org/"
    assert mailing.site_address() == "https://office.example.org"
