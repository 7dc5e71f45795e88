"""The worker's part: tells those who asked, once, not in their quiet hours, in their language.

Comes in: announcements whose time has come. Goes out: sealed messages to push services, and rows that say what became
of each. A row is written before its message is sent: a worker that is killed in between tells somebody nothing rather
than the same twice. That happens to a batch of `AT_ONCE` at most: one is claimed, sent and written down before the
next is claimed, and a worker that is told to stop gives back what it has not begun to send. Titles and links are
those of the pages as they are public at this moment: what was withdrawn meanwhile is not told, and an event that is
no longer live neither.
Docs: docs/explanation/push.md. Tests: tests/newsroom/notifications/test_delivering.py.
"""

import logging
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page

from posada.newsroom.notifications.models import Announcement, SentItem, Subscription
from posada.newsroom.notifications.quiet_hours import quiet_from, quiet_until
from posada.newsroom.notifications.site_keys import keys_of, may_send_to
from posada.newsroom.notifications.topics import TOPICS
from posada.push.answers import Outcome
from posada.push.keys import KeysUnusable, PushKeys
from posada.push.notice import MOST_TITLE, NotANotice, Notice
from posada.push.sending import Pace, Result, Target, Urgency, send

LOOK_AGAIN, MOST_TRIES, AT_ONCE = timedelta(minutes=15), 4, 2000
MOST_TTL_SECONDS = 6 * 3600
Clock = Callable[[], datetime]
log = logging.getLogger("posada.newsroom.push")


def deliver_due(
    *, now: datetime | None = None, pace: Pace | None = None, stopping: Event | None = None
) -> Counter[str]:
    """Tell everything whose time has come by `now`. Returns how many messages came to which outcome.

    Once `stopping` is set, nothing further begins. What one announcement raises puts it off and is raised.
    """
    tally: Counter[str] = Counter()
    now = now or timezone.now()
    due = Announcement.objects.filter(next_at__lte=now).order_by("made_at")
    if not due.exists() or settings.NEWSROOM.is_muted:
        return tally
    keys = _keys()
    manner = (_running(now), pace, stopping or Event())
    for announcement in due:
        if keys is None:
            _look_again(announcement, now + timedelta(minutes=1))
            continue
        try:
            tally += _Delivery(announcement, keys, manner=manner).run()
        except NotANotice as error:
            log.error("an announcement cannot be told: %s", error)
            _look_again(announcement, now + LOOK_AGAIN)
        except Exception:  # put off, so that it takes no batch after batch, and the others have their turn
            _look_again(announcement, now + LOOK_AGAIN)
            raise
    return tally


def _running(now: datetime) -> Clock:
    """A clock that is at `now` now."""
    began = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - began)


def _keys() -> PushKeys | None:
    try:
        return keys_of(Path(settings.NEWSROOM.folder), demonstration=settings.NEWSROOM.demonstration)
    except KeysUnusable as error:
        log.error("nothing can be sent: %s", error)
        return None


def pages_of(announcement: Announcement) -> dict[str, tuple[str, str]]:
    """Language → title and link of what is told, as far as it is public now and still so."""
    found = Page.objects.live().public().filter(translation_key=announcement.story).select_related("locale")
    told = {}
    for page in found.specific():
        if announcement.happening == Announcement.Happening.LIVE and getattr(page, "state", "") != "live":
            continue
        title = "".join(each for each in page.title if each.isprintable())[:MOST_TITLE]
        told[page.locale.language_code] = (title, str(page.get_url_parts()[2]))
    return told


class _Delivery:
    """One announcement, one time."""

    def __init__(
        self, announcement: Announcement, keys: PushKeys, *, manner: "tuple[Clock, Pace | None, Event]"
    ) -> None:
        self.announcement, self.keys = announcement, keys
        self.clock, self.pace, self.stopping = manner
        self.topics = announcement.topics.split()
        self.again_at: list[datetime] = []
        self.payloads: dict[tuple[str, str], bytes] = {}
        self.renewed: dict[int, datetime] = {}

    def run(self) -> Counter[str]:
        """Batch by batch: claim, send, write down. Raises NotANotice before anybody is claimed."""
        tally: Counter[str] = Counter()
        for claim in self._claims():
            with transaction.atomic():
                targets = [self._target(each) for each in claim()]
            tally += self._sent(targets)
        if self.stopping.is_set():
            self.again_at.append(self.clock())
        _look_again(self.announcement, min(self.again_at, default=None))
        return tally

    def _is_told_still(self) -> bool:
        """Whether another batch goes out, with titles and links as they are now."""
        if self.stopping.is_set() or self.clock() >= self.announcement.ends_at:
            return False
        pages = pages_of(self.announcement)
        for language in dict(settings.LANGUAGES) if pages else ():
            title, link = pages.get(language) or next(iter(pages.values()))
            tag = f"{self.announcement.happening}-{self.announcement.pk}"
            for topic in self.topics:
                self.payloads[topic, language] = Notice(topic, title, link, tag).packed(topics=TOPICS)
        return bool(pages)

    def _sent(self, targets: list[Target]) -> Counter[str]:
        tally: Counter[str] = Counter()
        results = send(
            targets,
            keys=self.keys,
            allowed=may_send_to(),
            ttl_seconds=MOST_TTL_SECONDS,
            urgency=Urgency.HIGH if "breaking" in self.topics else Urgency.NORMAL,
            pace=self.pace,
            stopping=self.stopping,
        )
        while batch := list(islice(results, 500)):
            tally += self._written(batch)
        return tally

    def _claims(self) -> Iterator[Callable[[], list[Any]]]:
        """What claims the next batch of those to be told now; nobody else's claim is taken."""
        again = SentItem.objects.filter(
            announcement=self.announcement,
            outcome=Outcome.LATER,
            tries__lt=MOST_TRIES,
            again_at__lte=self.clock(),
        )
        if self._is_told_still():
            for rows in _in_order(again.select_related("subscription")):
                asking = [row.subscription for row in rows if self._asks(row.subscription)]
                awake = [each for each in asking if not self._sleeps(each)]
                yield partial(self._claimed_again, again, awake)
                if not self._is_told_still():
                    return
            for batch in _in_order(_not_told(self.announcement)):
                yield partial(self._claimed, [each for each in batch if not self._sleeps(each)])
                if not self._is_told_still():
                    return

    def _claimed_again(self, again: Any, awake: list[Any]) -> list[Any]:
        claim = uuid.uuid4()
        asked = again.filter(subscription__in=[each.pk for each in awake])
        asked.update(claim=claim, outcome="claimed", tries=F("tries") + 1)
        return self._won(claim, awake)

    def _claimed(self, awake: list[Any]) -> list[Any]:
        claim = uuid.uuid4()
        rows = [SentItem(subscription=each, announcement=self.announcement, claim=claim) for each in awake]
        SentItem.objects.bulk_create(rows, ignore_conflicts=True)
        return self._won(claim, awake)

    def _won(self, claim: uuid.UUID, asked: list[Any]) -> list[Any]:
        rows = SentItem.objects.filter(announcement=self.announcement, claim=claim)
        return list(Subscription.objects.filter(pk__in=rows.values("subscription"))) if asked else []

    def _sleeps(self, subscription: Any) -> bool:
        if self._wakes(subscription):
            return False
        until = quiet_until(
            now := self.clock(),
            zone=subscription.zone,
            begins=subscription.quiet_from,
            ends=subscription.quiet_until,
        )
        if until is not None:
            self.again_at.append(min(until, now + LOOK_AGAIN))
        return until is not None

    def _asks(self, subscription: Any) -> bool:
        return any(getattr(subscription, each) for each in self.topics)

    def _wakes(self, subscription: Any) -> bool:
        return self._topic(subscription) == "breaking" and bool(subscription.breaking_always)

    def _topic(self, subscription: Any) -> str:
        asked = (each for each in TOPICS if each in self.topics and getattr(subscription, each))
        return next(asked, self.topics[0])  # it may have been given up a moment ago

    def _target(self, each: Any) -> Target:
        self.renewed[each.pk] = each.renewed_at
        topic = self._topic(each)
        payload = self.payloads.get((topic, each.language)) or self.payloads[topic, settings.LANGUAGE_CODE]
        return Target(each.pk, each.endpoint, each.p256dh, each.auth, payload, self._keep_until(each))

    def _keep_until(self, each: Any) -> datetime:
        """Up to when the push service may keep it: not into the next quiet hours, nor when it is no longer told."""
        end: datetime = self.announcement.ends_at
        evening = quiet_from(self.clock(), zone=each.zone, begins=each.quiet_from, ends=each.quiet_until)
        return end if evening is None or self._wakes(each) else min(end, evening)

    def _written(self, results: list[Result]) -> Counter[str]:
        """Write down what became of some; delete who is gone, unless they came back meanwhile."""
        by_outcome: dict[str, list[int]] = {}
        later: dict[datetime, list[int]] = {}
        with transaction.atomic():
            for each in results:
                outcome = each.outcome
                if outcome is Outcome.GONE and not self._deleted(each.id):
                    outcome = Outcome.LATER
                if outcome is Outcome.LATER:
                    later.setdefault(self._again_at(each), []).append(each.id)
                by_outcome.setdefault(outcome, []).append(each.id)
            for name, ids in by_outcome.items():
                rows = SentItem.objects.filter(announcement=self.announcement, subscription__in=ids)
                rows.update(outcome=name)
            for at, ids in later.items():
                rows = SentItem.objects.filter(announcement=self.announcement, subscription__in=ids)
                rows.update(again_at=at)
            gone = len(by_outcome.get(Outcome.GONE, ()))
            if gone:
                Announcement.objects.filter(pk=self.announcement.pk).update(gone=F("gone") + gone)
        if refused := by_outcome.get(Outcome.REFUSED):
            log.error("a push service refuses our keys: %d messages. See `posada push keys`.", len(refused))
        return Counter({name: len(ids) for name, ids in by_outcome.items()})

    def _deleted(self, pk: int) -> bool:
        count, _kinds = Subscription.objects.filter(pk=pk, renewed_at=self.renewed[pk]).delete()
        return count > 0

    def _again_at(self, result: Result) -> datetime:
        wait = max(LOOK_AGAIN.total_seconds(), result.retry_after or 0.0)
        if self.stopping.is_set() and not result.status and result.retry_after is None:
            wait = 0.0
        at = self.clock() + timedelta(seconds=wait)
        self.again_at.append(at)
        return at


def waiting_for(announcement: Announcement) -> int:
    """How many have asked for it and were not told yet: asleep, or not come to."""
    return int(_not_told(announcement).count())


def _not_told(announcement: Announcement) -> Any:
    wanted = Q(pk__in=[])
    for topic in announcement.topics.split():
        wanted |= Q(**{topic: True})
    told = SentItem.objects.filter(announcement=announcement, subscription=OuterRef("pk"))
    before = Subscription.objects.filter(wanted, made_at__lte=announcement.made_at)
    return before.filter(~Exists(told)).order_by("pk")


def _in_order(rows: Any) -> Iterator[list[Any]]:
    """Rows in batches, by key: nothing is held open in the database while a batch is sent."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield batch
        last = batch[-1].pk


def _look_again(announcement: Announcement, at: datetime | None) -> None:
    """Set when the worker looks again; never where that would be too late."""
    if at is not None and at >= announcement.ends_at:
        at = None
    unchanged = Announcement.objects.filter(pk=announcement.pk, next_at=announcement.next_at)
    unchanged.update(next_at=at)


def forget_old() -> None:
    """Remove what was told a month ago."""
    Announcement.objects.filter(next_at=None, ends_at__lt=timezone.now() - timedelta(days=30)).delete()
