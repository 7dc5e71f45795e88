"""Tells browsers that something waits at the desk: each thing once, nothing at night, nothing from a muted copy.

Comes in: the clock, once a minute. Goes out: messages of topics.py; what a push service says of a browser is kept. A
claim stands in the table before anything is sent; what could not be sent gives it back for the next turn.
Docs: docs/how-to/be-told-at-the-desk.md. Tests: tests/office/nudges/test_telling.py.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from django.utils import timezone

from posada.docket.calendar import business_days_from
from posada.office.access.actor import Actor, actor_of
from posada.office.access.doors import offers
from posada.office.day import today
from posada.office.docket import rules
from posada.office.docket.closing import deadlines
from posada.office.nudges.models import Browser, Told
from posada.office.nudges.office_keys import may_send_to, office_keys
from posada.office.nudges.switching import address_of, drop_ended, topics_of
from posada.office.nudges.topics import DEADLINE_NEAR, OFFER_ANSWERED, Topic, message
from posada.office.placement.models import Offer
from posada.office.program import settings_of_program
from posada.push.answers import Outcome
from posada.push.sending import Pace, Target, send

log = logging.getLogger("posada.nudges")
WAKES, SLEEPS = 7, 21
"""Hours of the office's day between which a phone may be woken."""
FROM_HOUR = 8  # of what is told once a day
LOOKED_BACK = timedelta(days=2)
ANSWERED = (Offer.State.ACCEPTED, Offer.State.DECLINED)
PACE = Pace(attempts=2, all_seconds=45.0)


def tell_staff(*, at: datetime | None = None) -> int:
    """Send what is due. Returns how many browsers took a message."""
    now = timezone.localtime(at)
    drop_ended()
    keys = office_keys()
    if keys is None or settings_of_program().is_muted or not WAKES <= now.hour < SLEEPS:
        return 0
    claimed: dict[tuple[str, str], list[int]] = {}
    targets = []
    for browser in Browser.objects.select_related("user"):
        try:
            address = address_of(browser)
        except InvalidToken:  # of this one alone; nothing is claimed for it
            log.error("the address of a browser does not open with the keys of this office")
            continue
        for topic, claims in _due(browser, hour=now.hour):
            key = (str(browser.pk), topic.code)
            claimed[key] = claims
            targets.append(Target(key, *address, message(topic, browser.language)))
    seen = {str(pk): at for pk, at in Browser.objects.values_list("pk", "renewed_at")}
    sent = 0
    try:
        for result in send(targets, keys=keys, allowed=may_send_to(), pace=PACE):
            sent += result.outcome == Outcome.SENT
            claims = claimed.pop(result.id)
            _follow(result.id[0], result.outcome, claims, renewed_at=seen[result.id[0]])
    finally:  # what nobody answered for is told in the next turn
        Told.objects.filter(pk__in=[pk for claims in claimed.values() for pk in claims]).delete()
    return sent


def _follow(pk: str, outcome: Outcome, claims: list[int], *, renewed_at: datetime) -> None:
    if outcome == Outcome.GONE:  # unless the browser came back meanwhile
        Browser.objects.filter(pk=pk, renewed_at=renewed_at).delete()
    elif outcome in (Outcome.LATER, Outcome.REFUSED):
        Told.objects.filter(pk__in=claims).delete()
    if outcome == Outcome.REFUSED:
        log.error("push services refuse the office's push key or contact")


def _due(browser: Browser, *, hour: int) -> Iterator[tuple[Topic, list[int]]]:
    """Topics with something new for a browser, claimed. The person's rights are those of this moment."""
    actor = actor_of(browser.user)
    for topic in topics_of(actor):
        if topic.code not in browser.topics:
            continue
        claims = [each for what in _what(actor, browser, topic, hour=hour) if (each := _claim(browser, what))]
        if claims:
            yield topic, claims


def _claim(browser: Browser, what: str) -> int | None:
    row, made = Told.objects.get_or_create(browser=browser, what=what)
    return int(row.pk) if made else None


def _what(actor: Actor, browser: Browser, topic: Topic, *, hour: int) -> Iterator[str]:
    if topic is OFFER_ANSWERED:
        rows = offers(actor).filter(
            state__in=ANSWERED, answered_at__gt=max(browser.renewed_at, timezone.now() - LOOKED_BACK)
        )
        for pk in rows.exclude(answered_by_id=actor.user_id).values_list("pk", flat=True)[:100]:
            yield f"{topic.code}:{pk}"
    elif topic is DEADLINE_NEAR and hour >= FROM_HOUR and _has_near(actor):
        yield f"{topic.code}:{today().isoformat()}"


def _has_near(actor: Actor) -> bool:
    last = business_days_from(today(), count=1)
    near = deadlines(actor).filter(state="open", day__gte=today(), day__lte=last)
    return near.filter(rule_id__in=rules.ids_of(*rules.LIMITS)).exists()
