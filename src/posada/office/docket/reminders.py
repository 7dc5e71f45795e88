"""Reminders of a hearing to those who bring the child: 14, 3 and 1 days before, in neutral words, and recalled.

Comes in: the hearings of the days that the practice names. Goes out: mail to the foster parents with whom the child
lives when it is sent, who have signed in at least once and did not stop it: an appointment, its day and a link, no
name, no court. Where it is and what missing it means stand behind the sign-in. Who says "I will bring them" takes the
hearing's transport out of the watch; no answer leaves it there. What the mail server does not take is tried again, in
growing gaps, until the hearing; of several steps that were missed only the nearest is told.
Source: reminders cut missed court dates by a fifth (New York City, ideas42 and University of Chicago, 2017).
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_reminders.py.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from posada.office.access import doors
from posada.office.access.actor import Actor, machine
from posada.office.access.models import User
from posada.office.audit.history import save_change, save_new
from posada.office.day import today
from posada.office.desk import mailing
from posada.office.desk.models import Mail
from posada.office.docket import rules
from posada.office.docket.hearings import ShownHearing, shown
from posada.office.docket.models import HearingDetail
from posada.office.intake.models import Hearing
from posada.office.licensing.models import Home
from posada.office.placement.models import Placement
from posada.office.placement.offer_checks import standing_placements
from posada.office.placement.offer_mail import foster_parents, language_for
from posada.office.program import settings_of_program
from posada.office.refusals import NotThere
from posada.office.shown_names import day_words

log = logging.getLogger("posada.reminders")
REMINDER, RECALL = "reminder", "reminder_recall"
AHEAD_DAYS = 30
_SIGNER = Signer(salt="posada.reminders.stop")


def send_reminders() -> int:
    """Remind everybody of the hearings ahead, once for each step of the practice's days. How many went out.

    A step is told on its day or, where it was missed, on the first day after it; never when a nearer one has come.
    """
    if settings_of_program().is_muted:
        return 0
    rows = Hearing.objects.filter(
        hearing_date__gte=today(),
        hearing_date__lte=today() + timedelta(days=max(rules.practice().reminder_days)),
        voided_at__isnull=True,
        group__voided_at__isnull=True,
        group__in=standing_placements().values("child__group"),
    )
    told = set(_mails(REMINDER))
    return sum(_tried(partial(_remind, hearing, told)) for hearing in rows.order_by("hearing_date", "pk"))


def recall_reminders() -> int:
    """What each minute does: recall what was said of a hearing that moved or was taken off, then send what waits.

    Returns how many messages went out.
    """
    return _recall() + _deliver_waiting()


def living_with(actor: Actor) -> "QuerySet[Placement]":
    """The placements that stand today in the homes that a foster parent answers for, of children the person sees."""
    own = doors.homes(actor).filter(pk__in=actor.homes)
    return standing_placements().filter(home__in=own, child__in=doors.children(actor))


def appointments_of(actor: Actor) -> list[ShownHearing]:
    """The hearings of the next days to which a foster parent brings children who live in the own home."""
    rows = Hearing.objects.filter(
        group__in=living_with(actor).values("child__group"),
        hearing_date__gte=today(),
        hearing_date__lte=today() + timedelta(days=AHEAD_DAYS),
        voided_at__isnull=True,
    )
    return shown(rows.order_by("hearing_date", "hearing_time", "pk"))


def will_bring(actor: Actor, home: Home, hearing_id: str, *, version: int) -> None:
    """A foster parent says that the home brings the children; who was written down before stays.

    `version`: of the hearing's details as the page showed them, 0 where there were none. Raises NotThere for any
    hearing but their own, SomebodySavedFirst where the details have changed since.
    """
    found = next((each for each in appointments_of(actor) if str(each.row.pk) == hearing_id), None)
    if found is None:
        raise NotThere
    said = {"transport": f"{home.home_id}: {actor.user}"[:200]}
    detail = found.detail
    if detail is None:
        try:
            with transaction.atomic():
                save_new(HearingDetail(hearing=found.row, **said), actor=actor, act="hearing.brought")
            return
        except IntegrityError:  # somebody else wrote the first details in the same moment
            detail = HearingDetail.objects.get(hearing=found.row)
    if not detail.transport:
        save_change(detail, version=version, changes=said, actor=actor, act="hearing.brought")


def stop_token(user: User) -> str:
    """What stands in the link that stops reminders without a sign-in."""
    return _SIGNER.sign(user.pk.hex)


def user_behind(token: str) -> User:
    """Whose reminders a link stops. Raises NotThere for every other token."""
    try:
        return User.objects.get(pk=UUID(_SIGNER.unsign(token)))
    except (BadSignature, ValueError, User.DoesNotExist):
        raise NotThere from None


def set_reminders(user_id: UUID | None, *, wanted: bool) -> None:
    """Stop or begin the reminders of a person."""
    User.objects.filter(pk=user_id).update(wants_reminders=wanted)


def _who_brings(hearing: Hearing) -> Iterator[tuple[Home, User]]:
    living = standing_placements().filter(child__group=hearing.group_id).values("home")
    for home in Home.objects.filter(pk__in=living).order_by("home_id"):
        yield from ((home, user) for user in foster_parents(home))


def _tried(does: Callable[[], int]) -> int:
    """One hearing's fault is not another's: what fails is logged by the kind of its error, and counts as none."""
    try:
        return does()
    except Exception as error:  # whatever it is, the others are told
        log.error("a reminder failed: %s", type(error).__name__)
        return 0


def _remind(hearing: Hearing, told: set[tuple[UUID, str]]) -> int:
    mark = _step(hearing)
    count = 0
    for home, user in _who_brings(hearing) if mark else ():
        key = (user.pk, _digest(hearing, mark))
        if key not in told:
            told.add(key)
            day = hearing.hearing_date
            count += _tried(partial(_send, REMINDER, hearing, home, user, mark=mark, day=day))
    return count


def _deliver_waiting() -> int:
    """Hand over the reminders that the mail server did not take, where they still hold."""
    waiting = Mail.objects.filter(
        kind=REMINDER, state=Mail.State.QUEUED, day__gte=today(), user__isnull=False
    )
    due = [each for each in waiting.order_by("day", "pk") if mailing.is_due(each)]
    hearings = _hearings_of(due)
    return sum(_tried(partial(_again, each, hearings.get(each.lines["hearing"]))) for each in due)


def _again(mail: Mail, hearing: Hearing | None) -> int:
    mark = _step(hearing) if hearing is not None else ""
    if hearing is None or not mark or _digest(hearing, mark) != mail.lines_digest:
        return 0
    for home, user in _who_brings(hearing):
        if user.pk == mail.user_id:
            day = hearing.hearing_date
            return _send(REMINDER, hearing, home, user, mark=mark, day=day, known=mail)
    return 0


def _recall() -> int:
    told = list(
        Mail.objects.filter(
            kind=REMINDER,
            state=Mail.State.HANDED_OVER,
            day__gte=today(),
            home__isnull=False,
            user__isnull=False,
        )
    )
    hearings = _hearings_of(told)
    moved: dict[tuple[UUID, str], partial[int]] = {}
    known = _mails(RECALL)
    for mail in told:
        hearing = hearings.get(mail.lines["hearing"])
        if hearing is None or mail.user_id is None or mail.day is None:
            continue
        if hearing.voided_at is None and hearing.hearing_date == mail.day:
            continue
        key = (mail.user_id, _digest(hearing, mail.day.isoformat()))
        before = known.get(key)
        if before is None or (before.state == Mail.State.QUEUED and mailing.is_due(before)):
            moved[key] = partial(_take_back, mail, hearing, before)
    return sum(_tried(each) for each in moved.values())


def _take_back(mail: Mail, hearing: Hearing, before: Mail | None) -> int:
    assert mail.user is not None and mail.home is not None and mail.day is not None  # noqa: S101
    mark = mail.day.isoformat()
    return _send(RECALL, hearing, mail.home, mail.user, mark=mark, day=mail.day, known=before)


def _mails(kind: str) -> dict[tuple[UUID, str], Mail]:
    """The messages of a kind whose day is still ahead, by who gets it and what it is about."""
    rows = Mail.objects.filter(kind=kind, day__gte=today(), user__isnull=False)
    return {(each.user_id, each.lines_digest): each for each in rows if each.user_id is not None}


def _hearings_of(mails: Iterable[Mail]) -> dict[str, Hearing]:
    found = Hearing.objects.in_bulk({UUID(each.lines["hearing"]) for each in mails})
    return {each.pk.hex: each for each in found.values()}


def _step(hearing: Hearing) -> str:
    """The nearest of the practice's days that has come; empty before the first, and once the hearing is over."""
    left = (hearing.hearing_date - today()).days
    come = [each for each in rules.practice().reminder_days if each >= left]
    if hearing.voided_at is not None or not come or left < 0 or (left == 0 and _has_begun(hearing)):
        return ""
    return f"{min(come)}"


def _has_begun(hearing: Hearing) -> bool:
    """Whether the hour of a hearing of this day is past; by the office's clock where its zone is not known."""
    if hearing.hearing_time is None or hearing.hearing_date != timezone.localdate():
        return False  # a demonstration's day is not the clock's
    timed = shown([hearing])[0].timed
    at = datetime.combine(hearing.hearing_date, hearing.hearing_time)
    return (timed.instant if timed else timezone.make_aware(at)) <= timezone.now()


def _digest(hearing: Hearing, mark: str) -> str:
    return hashlib.sha256(f"{hearing.pk}:{hearing.hearing_date}:{mark}".encode()).hexdigest()


def _send(
    kind: str, hearing: Hearing, home: Home, user: User, *, mark: str, day: date, known: Mail | None = None
) -> bool:
    current = User.objects.get(pk=user.pk)
    if not (current.is_active and current.email and current.last_login and current.wants_reminders):
        return False
    with translation.override(language_for(home, current)):
        subject, body = _words(kind, hearing, current, mark)
    mail = known or mailing.queue(
        kind,
        user=current,
        home=home,
        day=day,
        lines={"hearing": hearing.pk.hex},
        lines_digest=_digest(hearing, mark),
    )
    return mailing.hand_over(
        machine("reminders"), mail, to=current.email, subject=subject, body=body, is_patient=True
    )


def _words(kind: str, hearing: Hearing, user: User, mark: str) -> tuple[str, str]:
    site = mailing.site_address()
    links = {
        "link": site + reverse("my_home"),
        "stop": site + reverse("reminders_stop", args=[stop_token(user)]),
    }
    ending = _("To stop these messages:\n%(stop)s") % links
    if kind == RECALL:
        subject = _("An appointment has changed")
        text = _("The appointment that we reminded you of has changed.\n\nPlease sign in and look:\n%(link)s")
    else:
        day = day_words(hearing.hearing_date)
        subject = _("An appointment on %(day)s") % {"day": day}
        text = _(
            "You have an appointment on %(day)s.\n\nWhere it is, and when: sign in here, and say that you will be"
            " there:\n%(link)s\n\nIf you cannot come, call us today."
        ) % {"day": day, **links}
        return subject, f"{text}\n\n{ending}"
    return subject, f"{text % links}\n\n{ending}"
