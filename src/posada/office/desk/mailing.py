"""Messages: queued, handed over, bounced, or held. No text is kept; it is made when it is sent.

Comes in: who is written to and what kind of message. Goes out: rows of `Mail`, and mail through Django's backend.
No message holds personal data: its text is a sentence and a link. A muted program holds everything.
Source: RFC 3834 (automatic messages say that they are). Docs: docs/explanation/tasks-and-digests.md.
Tests: tests/office/desk/test_mailing.py.
"""

from datetime import timedelta
from email.utils import make_msgid
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.desk.models import Mail
from posada.office.desk.tasks import Wanted, open_task
from posada.office.program import settings_of_program
from posada.office.refusals import NotThere

if TYPE_CHECKING:
    from posada.office.access.actor import Actor
    from posada.office.licensing.models import Home
    from posada.office.placement.models import Offer

SOFT_FAILURES = 3
"""So many failed deliveries are a bounce. Source: the program's own practice."""
LONGEST_GAP = 60  # minutes
_DOUBLED = 6  # gaps of 1, 2, 4 … 32 minutes
_FOR_GOOD = 500  # RFC 5321, 4.2.1: replies from here on will not change


def site_address() -> str:
    """The address that links in messages begin with: `SITE_ADDRESS`, or the first host of the deployment."""
    told = getattr(settings, "SITE_ADDRESS", "")
    if told:
        return str(told).rstrip("/")
    deployment = settings.DEPLOYMENT
    host = next(iter(deployment.hosts), "127.0.0.1")
    return f"https://{host}" if deployment.behind_tls else f"http://{host}:8000"


def queue(
    kind: str,
    *,
    user: User | None = None,
    home: "Home | None" = None,
    offer: "Offer | None" = None,
    **more: Any,
) -> Mail:
    """Put a message in the queue, or hold it where the program is muted. Call it in the transaction of its cause."""
    state = Mail.State.HELD if settings_of_program().is_muted else Mail.State.QUEUED
    return Mail.objects.create(kind=kind, user=user, home=home, offer=offer, state=state, **more)


def is_due(mail: Mail) -> bool:
    """Whether a message that waits may be tried again: 1, 3, 7 … 63 minutes after it was queued, then each hour."""
    tries = mail.soft_failures
    minutes = 2 ** min(tries, _DOUBLED) - 1 + LONGEST_GAP * max(0, tries - _DOUBLED)
    return bool(timezone.now() >= mail.queued_at + timedelta(minutes=minutes))


def hand_over(
    actor: "Actor", mail: Mail, *, to: str, subject: str, body: str, is_patient: bool = False
) -> bool:
    """Give a queued message to the mail server, once. False: held, sent already, or the server did not take it.

    `is_patient`: only a reply that refuses the recipient for good can make it a bounce, no server that is away. Its
    sender asks `is_due` before it tries again. Whatever else `send` raises is raised, and the message waits again.
    """
    if settings_of_program().is_muted:
        Mail.objects.filter(pk=mail.pk, state=Mail.State.QUEUED).update(state=Mail.State.HELD)
        return False
    message_id = make_msgid(domain=settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost")
    claimed = Mail.objects.filter(pk=mail.pk, state=Mail.State.QUEUED).update(
        state=Mail.State.HANDED_OVER, handed_over_at=timezone.now(), message_id=message_id
    )
    if claimed != 1:
        return False
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(subject, body, to=[to], headers=headers).send()
    except (SMTPException, OSError) as error:
        _came_to_nothing(actor, mail, can_bounce=not is_patient or _refuses_for_good(error))
        return False
    except Exception:
        _came_to_nothing(actor, mail)
        raise
    return True


def note_bounce(actor: "Actor", message_id: str) -> Mail:
    """A message came back: the task "not delivered – call" opens at once, and an offer's clock stops.

    Twice the same bounce changes nothing. Raises NotThere for a message that was never sent.
    """
    mail = Mail.objects.filter(message_id=message_id.strip()).first() if message_id.strip() else None
    if mail is None:
        raise NotThere
    return mark_bounced(actor, mail)


def mark_bounced(actor: "Actor", mail: Mail) -> Mail:
    """As `note_bounce`, for a message at hand."""
    with transaction.atomic():
        done = (
            Mail.objects.filter(pk=mail.pk)
            .exclude(state=Mail.State.BOUNCED)
            .update(state=Mail.State.BOUNCED, bounced_at=timezone.now())
        )
        mail.refresh_from_db()
        if done == 1:
            append(actor, "mail.bounced", detail={"mail": mail.pk, "kind": mail.kind})
            _tell(actor, mail)
    return mail


def _tell(actor: "Actor", mail: Mail) -> None:
    if mail.offer is not None:
        from posada.office.placement.offers import stop_clock

        stop_clock(actor, mail.offer)
    elif mail.user is not None:
        open_task(
            actor,
            Wanted(
                "mail_not_delivered",
                role=Role.ADMINISTRATOR,
                values={"user": str(mail.user_id)},
                once_key=f"bounce:user:{mail.user_id}",
                again=True,
            ),
        )


def _refuses_for_good(error: Exception) -> bool:
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return any(code >= _FOR_GOOD for code, _said in error.recipients.values())


def _came_to_nothing(actor: "Actor", mail: Mail, *, can_bounce: bool = True) -> None:
    """Back into the queue; from the third time on it counts as a bounce, where it can."""
    mail.refresh_from_db()
    mail.soft_failures += 1
    Mail.objects.filter(pk=mail.pk).update(
        state=Mail.State.QUEUED, handed_over_at=None, message_id="", soft_failures=mail.soft_failures
    )
    if can_bounce and mail.soft_failures >= SOFT_FAILURES:
        mark_bounced(actor, mail)
