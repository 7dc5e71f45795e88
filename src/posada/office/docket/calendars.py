"""Calendars: a download, and a link of one's own that a calendar program reads, until it is revoked.

Comes in: a person, or the token of a link. Goes out: the bytes of an .ics file with case numbers and no name.
A link shows at each reading what its person may see then; revoked, or with the account off, it is not there.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_calendars.py.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from posada.docket.feed import calendar_bytes
from posada.office.access import doors
from posada.office.access.actor import Actor, actor_of
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, save_new
from posada.office.day import today
from posada.office.docket import rules
from posada.office.docket.closing import deadlines
from posada.office.docket.hearings import ShownHearing, shown, spoken
from posada.office.docket.kept_deadlines import record_of
from posada.office.docket.models import FeedLink
from posada.office.intake.models import Child, Hearing, SiblingGroup
from posada.office.refusals import NotThere, Refusal

if TYPE_CHECKING:
    from icalendar import Calendar

HAS_CALENDAR = (Role.ATTORNEY, Role.LEGAL_COORDINATOR)
BACK, AHEAD = timedelta(days=60), timedelta(days=730)
MOST = 5_000


def calendar_of(actor: Actor) -> bytes:
    """The deadlines and hearings of the person's cases, from two months ago to two years from now."""
    on = today()
    rows = deadlines(actor).filter(day__gte=on - BACK, day__lte=on + AHEAD).order_by("day", "pk")[:MOST]
    heard = Hearing.objects.filter(
        group__in=doors.groups(doors.without_home(actor)),
        hearing_date__gte=on - BACK,
        hearing_date__lte=on + AHEAD,
    )
    found = shown(heard.order_by("hearing_date", "pk")[:MOST])
    records = [record_of(each) for each in rows]
    made = calendar_bytes(
        records,
        [each.timed for each in found if each.timed is not None],
        book=rules.book(),
        made_at=timezone.now(),
        case_numbers=_numbers(actor),
        language=spoken(),
    )
    return _with_whole_days(made, [each for each in found if each.timed is None])


def _numbers(actor: Actor) -> dict[str, str]:
    """Case → the number that people use. Two questions, however many cases."""
    works = doors.without_home(actor)
    children = Child.objects.filter(group__in=doors.groups(works)).values_list("pk", "child_id")
    groups = SiblingGroup.objects.filter(pk__in=doors.groups(works)).values_list("pk", "sibling_group_id")
    return {str(pk): number for pk, number in (*children, *groups)}


def _with_whole_days(made: bytes, untimed: Iterable[ShownHearing]) -> bytes:
    """Hearings whose hour or zone nobody knows, as whole days: better in the calendar than left out."""
    listed = list(untimed)
    if not listed:
        return made
    from icalendar import Calendar

    whole: Calendar = Calendar.from_ical(made)
    numbers = dict(
        SiblingGroup.objects.filter(pk__in={each.row.group_id for each in listed}).values_list(
            "pk", "sibling_group_id"
        )
    )
    for each in listed:
        _add_whole_day(whole, each, numbers[each.row.group_id])
    return bytes(whole.to_ical())


def _add_whole_day(whole: "Calendar", hearing: ShownHearing, number: str) -> None:
    from icalendar import Event

    row, event = hearing.row, Event()
    event.add("uid", f"hearing-{row.pk.hex}@posada.invalid")
    event.add("sequence", row.version - 1 + (hearing.detail.version if hearing.detail else 0))
    event.add("dtstamp", timezone.now())
    title = _("Case %(case)s: %(kind)s, hour not known") % {"case": number, "kind": hearing.words}
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("dtstart", row.hearing_date)
    event.add("dtend", row.hearing_date + timedelta(days=1))
    event.add("status", "CANCELLED" if row.voided_at else "CONFIRMED")
    whole.add_component(event)


def living_link(user_id: object) -> FeedLink | None:
    """The link of a person that is not revoked."""
    return FeedLink.objects.filter(user_id=user_id, revoked_at__isnull=True).first()


def make_link(actor: Actor) -> str:
    """A new link; the one before it dies. Returns the token, which is shown once and kept as a hash only."""
    if actor.user_id is None or not actor.has(*HAS_CALENDAR):
        raise NotThere
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            _revoke(actor)
            link = FeedLink(user_id=actor.user_id, token_hash=hash_of(token))
            save_new(link, actor=actor, act="feed.make")
    except IntegrityError:
        raise Refusal(_("Another link was made in this moment. Look again."), code="feed_twice") from None
    return token


def revoke_link(actor: Actor) -> None:
    """The link of the person dies at once; without one nothing happens."""
    with transaction.atomic():
        _revoke(actor)


def _revoke(actor: Actor) -> None:
    link = living_link(actor.user_id)
    if link is not None:
        changes = {"revoked_at": timezone.now()}
        save_change(link, version=link.version, changes=changes, actor=actor, act="feed.revoke")


def calendar_behind(token: str) -> bytes:
    """The calendar of the person whose link this is. Raises NotThere for any other."""
    link = (
        FeedLink.objects.filter(token_hash=hash_of(token), revoked_at__isnull=True)
        .select_related("user")
        .first()
    )
    if link is None:
        raise NotThere
    user: User = link.user
    actor = actor_of(user)
    if not actor.has(*HAS_CALENDAR):
        raise NotThere
    with translation.override(user.language if user.language in ("en", "es") else "en"):
        return calendar_of(actor)


def hash_of(token: str) -> str:
    """What the office keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
