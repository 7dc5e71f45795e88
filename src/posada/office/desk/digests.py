"""The daily digest: counts, kinds, days and links, never a person; computed when it is sent.

One a day at most, none on a Sunday, none without news: a line is told again only when what it says has changed or
one of its tasks is due tomorrow. Acknowledged tasks are silent. Docs: docs/explanation/tasks-and-digests.md.
Tests: tests/office/desk/test_digests.py.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from posada.office.access import doors
from posada.office.access.actor import Actor, actor_of, machine
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.day import today
from posada.office.desk import confirmations, mailing
from posada.office.desk.models import Mail, Task
from posada.office.desk.selectors import SOON_DAYS, open_tasks
from posada.office.desk.task_words import kind_words
from posada.office.docket.digest_lines import docket_lines
from posada.office.placement.answers import is_open
from posada.office.placement.placed_selectors import check_ins_shown
from posada.office.program import settings_of_program
from posada.office.shown_names import day_words

SUNDAY = 6
LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `key` names it from day to day, `digest` is over what it counts, so that a change shows."""

    key: str
    text: str
    link: str
    digest: str
    due_tomorrow: bool = False


def send_digests(day: date | None = None) -> int:
    """Send everybody's digest of a day (today if None). Safe to run again: nobody gets a second one."""
    on = day or today()
    if on.weekday() == SUNDAY or settings_of_program().is_muted:
        return 0
    people = User.objects.filter(is_active=True).exclude(email="").order_by("username")
    return sum(_send(each, on) for each in people)


def lines_of(actor: Actor, *, on: date) -> list[Line]:
    """Everything that waits for a person now, from what the person may see now, in the active language."""
    return [
        *docket_lines(actor, on=on),
        *_tasks(actor, on),
        *_check_ins(actor),
        *_offers(actor),
        *_lists(actor),
    ]


def _send(user: User, on: date) -> bool:
    language = user.language if user.language in LANGUAGES else "en"
    with translation.override(language):
        lines = lines_of(actor_of(user), on=on)
        before = _told_before(user, on)
        news = [each for each in lines if each.due_tomorrow or before.get(each.key) != each.digest]
        if not news:
            return False
        known = {each.key: each.digest for each in lines}
        mail = _claim(user, on, known)
        if mail is None:
            return False
        subject = _("Your tasks for %(day)s") % {"day": _day(on)}
        return mailing.hand_over(
            machine("daily digest"), mail, to=user.email, subject=subject, body=_body(news)
        )


def _told_before(user: User, on: date) -> dict[str, str]:
    """What the last digest that went out said of each line."""
    last = (
        Mail.objects.filter(kind="digest", user=user, day__lt=on, state=Mail.State.HANDED_OVER)
        .order_by("-day")
        .first()
    )
    return dict(last.lines) if last else {}


def _claim(user: User, on: date, known: dict[str, str]) -> Mail | None:
    """The one message of this day: new, or one that the mail server has not taken yet; None where it went out."""
    try:
        with transaction.atomic():
            return mailing.queue(
                "digest", user=user, day=on, lines=known, lines_digest=_hash(sorted(known.items()))
            )
    except IntegrityError:
        return Mail.objects.filter(kind="digest", user=user, day=on, state=Mail.State.QUEUED).first()


def _body(news: list[Line]) -> str:
    told = "\n\n".join(f"{each.text}\n{mailing.site_address()}{each.link}" for each in news)
    return (
        _("What waits for you:") + f"\n\n{told}\n\n" + _("This message names nobody. Sign in to read more.")
    )


def _tasks(actor: Actor, on: date) -> Iterator[Line]:
    by_kind: dict[str, list[Task]] = defaultdict(list)
    soon = on + timedelta(days=SOON_DAYS)
    for task in open_tasks(actor).filter(acknowledged_at__isnull=True):
        if task.due_on is None or task.due_on <= soon:
            by_kind[task.kind].append(task)
    for kind, tasks in sorted(by_kind.items()):
        days = [each.due_on for each in tasks if each.due_on]
        text = _("%(count)d: %(what)s") % {"count": len(tasks), "what": kind_words(kind)}
        if days:
            text += " " + _("(earliest day: %(day)s)") % {"day": _day(min(days))}
        yield Line(
            key=f"task:{kind}",
            text=text,
            link=reverse("tasks") + f"?kind={kind}",
            digest=_hash(sorted(f"{each.pk}:{each.due_on}" for each in tasks)),
            due_tomorrow=on + timedelta(days=1) in days,
        )


def _check_ins(actor: Actor) -> Iterator[Line]:
    if not actor.has(Role.PLACEMENT_WORKER):
        return
    late = list(check_ins_shown(actor, "overdue").values_list("pk", "due_on"))
    if late:
        said = {"count": len(late), "day": _day(late[0][1])}
        text = _("%(count)d check-ins are overdue (earliest day: %(day)s)") % said
        yield Line(
            "check_ins", text, reverse("placed") + "?show=overdue", _hash(sorted(str(pk) for pk, _d in late))
        )


def _offers(actor: Actor) -> Iterator[Line]:
    if not actor.has(Role.FOSTER_PARENT):
        return
    waiting = [each for each in doors.offers(actor).filter(home_id__in=actor.homes) if is_open(each)]
    if waiting:
        ids = _hash(sorted(str(each.pk) for each in waiting))
        yield Line(
            "offers",
            _("%(count)d: an offer waits for your home") % {"count": len(waiting)},
            reverse("my_home"),
            ids,
        )


def _lists(actor: Actor) -> Iterator[Line]:
    month = confirmations.this_month().isoformat()
    text = _("Once a month: look through your list, and say whether it is right.")
    unsure = actor.has(Role.FOSTER_PARENT) and not actor.homes <= confirmations.confirmed_homes()
    if unsure and doors.children(actor).exists():
        yield Line("list:home", text, reverse("my_home"), month)
    if actor.has(Role.ATTORNEY):
        own = doors.counsel(actor).filter(user_id=actor.user_id).first()
        if own is not None and doors.groups(actor).exists() and not confirmations.has_confirmed(own):
            yield Line("list:counsel", text, reverse("my_list"), month)


def _day(day: date) -> str:
    return day_words(day)


def _hash(parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
