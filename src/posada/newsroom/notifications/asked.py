"""What `posada push` asks of the newsroom, in a process that has the newsroom's environment only.

Comes in: words on the command line. Goes out: JSON, or a line that says why not.
Docs: docs/reference/commands.md. Tests: tests/cli/test_push.py.
"""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from posada.newsroom.acts import NotDone, act_on


def show_keys() -> dict[str, str]:
    """The public half and the contact."""
    from posada.newsroom.notifications.site_keys import keys_of

    folder, demonstration = _place()
    return _shown(keys_of(folder, demonstration=demonstration))


def draw_keys(contact: str, again: str) -> dict[str, str]:
    """New keys. Raises KeysAreThere, KeysUnusable."""
    from posada.newsroom.notifications.site_keys import make_keys

    folder, demonstration = _place()
    return _shown(make_keys(folder, contact=contact, demonstration=demonstration, again=again == "again"))


def say_contact(contact: str) -> dict[str, str]:
    """Another contact, the same key. Raises KeysUnusable."""
    from posada.newsroom.notifications.site_keys import change_contact

    folder, demonstration = _place()
    return _shown(change_contact(folder, contact=contact, demonstration=demonstration))


def topics() -> list[dict[str, Any]]:
    """How many asked for each topic, by language."""
    from django.conf import settings

    from posada.newsroom.notifications.models import Subscription
    from posada.newsroom.notifications.topics import TOPICS

    languages = dict(settings.LANGUAGES)
    asked = {topic: Subscription.objects.filter(**{topic: True}) for topic in TOPICS}
    return [
        {
            "topic": topic,
            "browsers": rows.count(),
            **{language: rows.filter(language=language).count() for language in languages},
        }
        for topic, rows in asked.items()
    ]


def send_now(story: str, dry: str) -> dict[str, Any]:
    """Send what is due, or say to how many it would go. Raises NotDone."""
    from django.utils import timezone

    from posada.newsroom.notifications.delivering import deliver_due, waiting_for
    from posada.newsroom.notifications.models import Announcement

    if story:
        _announce(story, really=dry != "dry")
    if dry == "dry":
        due = Announcement.objects.filter(next_at__lte=timezone.now())
        return {"would_send": sum(waiting_for(each) for each in due), "announcements": due.count()}
    return {str(outcome): count for outcome, count in deliver_due().items()}


def stats() -> list[dict[str, Any]]:
    """What became of each announcement of the last month, the newest first."""
    from django.db.models import Count
    from django.utils import timezone

    from posada.newsroom.notifications.delivering import waiting_for
    from posada.newsroom.notifications.models import Announcement, SentItem

    month = Announcement.objects.filter(made_at__gt=timezone.now() - timedelta(days=30))
    told = []
    for each in month.order_by("-made_at"):
        counted = SentItem.objects.filter(announcement=each).values_list("outcome").annotate(Count("pk"))
        row = {
            "made_at": each.made_at.isoformat(timespec="seconds"),
            "happening": each.happening,
            "topics": each.topics,
            **dict.fromkeys(("sent", "later", "unsure", "refused", "failed", "not_allowed", "claimed"), 0),
        }
        waiting = waiting_for(each) if each.next_at else 0
        told.append({**row, **dict(counted), "gone": each.gone, "waiting": waiting})
    return told


def _announce(path: str, *, really: bool) -> None:
    from wagtail.models import Page

    from posada.newsroom.notifications.announcing import happenings, hear

    page = next(
        (
            each.specific
            for each in Page.objects.live().public().filter(slug=path.strip("/").rpartition("/")[2])
            if each.get_url_parts()[2] == path
        ),
        None,
    )
    if page is None:
        raise NotDone(f"{path}: no published page stands there.")
    if not happenings(page):
        raise NotDone(f"{path}: it has no mark by which somebody could have asked to be told.")
    if really:
        hear(type(page), instance=page)


def _place() -> tuple[Path, bool]:
    from django.conf import settings

    return Path(settings.NEWSROOM.folder), bool(settings.NEWSROOM.demonstration)


def _shown(keys: Any) -> dict[str, str]:
    if keys is None:
        raise NotDone("No push keys are here: `posada push keys --new --contact mailto:…` draws them.")
    return {"public_key": keys.public, "contact": keys.contact}


ACTS: dict[str, tuple[Any, int]] = {
    "keys": (show_keys, 0),
    "new": (draw_keys, 2),
    "contact": (say_contact, 1),
    "topics": (topics, 0),
    "send": (send_now, 2),
    "stats": (stats, 0),
}
"""What can be asked for, and how many words it takes."""


def main(words: list[str]) -> int:
    """Do one of `ACTS`."""
    from posada.newsroom.notifications.site_keys import KeysAreThere
    from posada.push.keys import KeysUnusable

    return act_on(words, ACTS, refusals=(KeysAreThere, KeysUnusable))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
