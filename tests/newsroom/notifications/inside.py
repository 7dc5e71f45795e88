"""Acts within a newsroom's own Django: a process that is asked line by line, so that each test need not start one.

`Inside(folder)` is the asking side; `python -m tests.newsroom.notifications.inside` the asked one.
"""

import json
import subprocess
import sys
import traceback
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from select import select
from typing import Any

from tests.newsroom.newsroom_site import environment

SECONDS_TO_ANSWER = 300.0
"""Far longer than any act takes on a busy machine: what has not answered by then hangs."""


class Inside:
    """Calls the functions below, in the other process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def __getattr__(self, name: str) -> Any:
        def ask(**words: Any) -> Any:
            assert self.process.stdin and self.process.stdout
            self.process.stdin.write(json.dumps([name, words]) + "\n")
            self.process.stdin.flush()
            ready, _, _ = select([self.process.stdout], [], [], SECONDS_TO_ANSWER)
            assert ready, f"{name} has not answered in {SECONDS_TO_ANSWER:.0f} seconds"
            told = json.loads(self.process.stdout.readline())
            assert "wrong" not in told, told["wrong"]
            return told["value"]

        return ask


@contextmanager
def inside(folder: Path, **more: str) -> Iterator[Inside]:
    """The other process, for the time of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.newsroom.notifications.inside"],
        env=environment(folder, **more),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield Inside(process)
        except BaseException:
            process.kill()  # it may hang, and leaving the block waits for it
            raise
        assert process.stdin
        process.stdin.close()


def clear() -> None:
    """As if nobody had ever asked."""
    from posada.newsroom.models import ArticlePage, LiveEventPage
    from posada.newsroom.notifications.models import Announcement, Subscription

    for kind in (ArticlePage, LiveEventPage):
        for page in kind.objects.filter(slug__startswith="told-"):
            page.delete()
    Announcement.objects.all().delete()
    Subscription.objects.all().delete()


def subscribe(endpoint: str, p256dh: str, auth: str, topics: list[str], **more: Any) -> None:
    """A browser that asked an hour ago."""
    from django.utils import timezone

    from posada.newsroom.notifications.models import Subscription
    from posada.newsroom.notifications.subscribing import lookup_of

    then = timezone.now() - timedelta(hours=1)
    Subscription.objects.create(
        lookup=lookup_of(endpoint),
        endpoint=endpoint,
        p256dh=p256dh,
        auth=auth,
        made_at=then,
        renewed_at=then,
        **dict.fromkeys(topics, True),
        **more,
    )


def publish(
    name: str, breaking: bool = False, exclusive: bool = False, languages: tuple[str, ...] = ("en", "es")
) -> None:
    """An article in these languages, published as the desk does it; again under the same name: changed."""
    from django.utils import timezone

    from posada.newsroom.models import ArticlePage, NewsroomIndexPage

    until = timezone.now() + timedelta(hours=2) if breaking else None
    key = uuid.uuid5(uuid.NAMESPACE_URL, name)
    for language in languages:
        index = NewsroomIndexPage.objects.get(locale__language_code=language)
        page = ArticlePage.objects.filter(translation_key=key, locale=index.locale).first()
        if page is None:
            page = ArticlePage(
                title=f"{name} {language}", slug=f"told-{name}-{language}", translation_key=key, live=False
            )
            page.summary, page.byline, page.locale = "s", "b", index.locale
            index.add_child(instance=page)
        page.is_exclusive, page.breaking_until = exclusive, until
        page.save_revision().publish()


def go_live(name: str, state: str = "live") -> None:
    """An event in both languages that begins or ends, as the desk turns it."""
    from django.utils import timezone
    from wagtail.signals import page_published

    from posada.newsroom.models import LiveEventPage, NewsroomIndexPage

    key = uuid.uuid5(uuid.NAMESPACE_URL, name)
    for language in ("en", "es"):
        index = NewsroomIndexPage.objects.get(locale__language_code=language)
        page = LiveEventPage.objects.filter(translation_key=key, locale=index.locale).first()
        if page is None:
            page = LiveEventPage(
                title=f"{name} {language}", slug=f"told-{name}-{language}", translation_key=key
            )
            page.summary, page.byline, page.locale = "s", "b", index.locale
            page.starts_at = timezone.now()
            index.add_child(instance=page)
        page.state = state
        page.save(update_fields=["state"])
        page_published.send(sender=LiveEventPage, instance=page, revision=None)


def withdraw(name: str) -> None:
    """Take an article back in every language."""
    from posada.newsroom.models import ArticlePage

    for page in ArticlePage.objects.filter(translation_key=uuid.uuid5(uuid.NAMESPACE_URL, name)):
        page.unpublish()


def age_story(name: str, languages: tuple[str, ...] = ("en", "es")) -> None:
    """As if it had first appeared two days ago, in these languages."""
    from django.utils import timezone

    from posada.newsroom.models import ArticlePage

    pages = ArticlePage.objects.filter(translation_key=uuid.uuid5(uuid.NAMESPACE_URL, name))
    pages.filter(locale__language_code__in=languages).update(
        first_published_at=timezone.now() - timedelta(days=2)
    )


def deliver(in_hours: float = 0, times: int = 1, answer_seconds: float = 30.0) -> dict[str, int]:
    """What the worker does, as of now or later; an answer is waited for so long."""
    from collections import Counter

    from django.utils import timezone

    from posada.newsroom.notifications.delivering import deliver_due
    from posada.push.sending import Pace

    pace = Pace(answer_seconds=answer_seconds, attempts=2, first_wait=0.01, most_wait=0.5)
    tally = Counter[str]()
    for _ in range(times):
        tally += deliver_due(now=timezone.now() + timedelta(hours=in_hours), pace=pace)
    return {str(name): count for name, count in tally.items()}


def deliver_in_batches(at_once: int, then: str) -> dict[str, int]:
    """What the worker does in batches of so many; with the second one it is told to "stop", or something "fails"."""
    from threading import Event

    from posada.newsroom.notifications import delivering

    send, kept, stopping, calls = delivering.send, delivering.AT_ONCE, Event(), []

    def sending(targets: Any, **named: Any) -> Any:
        calls.append(len(targets))
        if len(calls) == 2 and then == "fails":
            raise RuntimeError("as if something went wrong")
        if len(calls) == 2:
            stopping.set()
        return send(targets, **named)

    delivering.send, delivering.AT_ONCE = sending, at_once  # type: ignore[assignment]
    try:
        return {str(name): count for name, count in delivering.deliver_due(stopping=stopping).items()}
    except RuntimeError:
        return {}
    finally:
        delivering.send, delivering.AT_ONCE = send, kept


def retitle(name: str, title: str) -> None:
    """Another title of an article, past the desk."""
    from posada.newsroom.models import ArticlePage

    ArticlePage.objects.filter(translation_key=uuid.uuid5(uuid.NAMESPACE_URL, name)).update(title=title)


def claim_and_die() -> None:
    """What a worker leaves that is killed between its row and its message."""
    from posada.newsroom.notifications.models import Announcement, SentItem, Subscription

    for each in Subscription.objects.all():
        SentItem.objects.create(
            subscription=each, announcement=Announcement.objects.get(), claim=uuid.uuid4()
        )


def renew_while_sending(endpoint: str) -> int:
    """A browser renews just when its old endpoint is found gone: how many subscriptions are left."""
    from django.utils import timezone

    from posada.newsroom.notifications import delivering
    from posada.newsroom.notifications.models import Subscription

    send = delivering.send

    def renewing(*args: Any, **named: Any) -> Any:
        yield from send(*args, **named)

    def before(*args: Any, **named: Any) -> Any:
        Subscription.objects.filter(endpoint=endpoint).update(renewed_at=timezone.now())
        return renewing(*args, **named)

    delivering.send = before  # type: ignore[assignment]
    try:
        deliver()
    finally:
        delivering.send = send
    return int(Subscription.objects.filter(endpoint=endpoint).count())


def standing() -> dict[str, Any]:
    """What is kept."""
    from posada.newsroom.notifications.models import Announcement, SentItem, Subscription

    return {
        "subscriptions": sorted(Subscription.objects.values_list("endpoint", flat=True)),
        "announced": sorted(Announcement.objects.values_list("happening", "topics")),
        "open": Announcement.objects.filter(next_at__isnull=False).count(),
        "gone": sum(Announcement.objects.values_list("gone", flat=True)),
        "outcomes": sorted(SentItem.objects.values_list("outcome", flat=True)),
        "columns": sorted(each.name for each in Subscription._meta.get_fields()),
        "row": {
            name: str(value)
            for name, value in (Subscription.objects.values().first() or {}).items()
            if name not in ("id", "made_at", "renewed_at")
        },
    }


def drop(topic: str) -> None:
    """Nobody wants to be told of a topic any longer."""
    from posada.newsroom.notifications.models import Subscription

    Subscription.objects.update(**{topic: False})


def age_subscriptions() -> None:
    """As if everybody had asked an hour ago."""
    from django.utils import timezone

    from posada.newsroom.notifications.models import Subscription

    Subscription.objects.update(made_at=timezone.now() - timedelta(hours=1))


def quiet(endpoint: str, begins_in: float = -1, ends_in: float = 1) -> None:
    """Quiet hours of a subscription, from so many hours from now to so many."""
    from django.utils import timezone

    from posada.newsroom.notifications.models import Subscription

    now = timezone.now()
    begins, ends = now + timedelta(hours=begins_in), now + timedelta(hours=ends_in)
    Subscription.objects.filter(endpoint=endpoint).update(
        zone="UTC",
        quiet_from=begins.hour * 60 + begins.minute,
        quiet_until=ends.hour * 60 + ends.minute,
    )


def main() -> None:
    """Answer each line."""
    import django

    django.setup()
    for line in sys.stdin:
        name, words = json.loads(line)
        try:
            told = {"value": globals()[name](**words)}
        except Exception:
            told = {"wrong": traceback.format_exc()}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
