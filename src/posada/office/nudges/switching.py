"""Switching topics on and off in this browser, and which browsers may still be told.

Comes in: the acting person, the key of the session, and what the browser says of itself. Goes out: rows. A browser
whose session is over, whose person is off or has lost the role, is told nothing, and its row goes.
Docs: docs/how-to/be-told-at-the-desk.md. Tests: tests/office/nudges/test_switching.py.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access.actor import Actor
from posada.office.access.sealed_secret import open_secret, seal_secret
from posada.office.audit.chain import append
from posada.office.nudges.models import Browser
from posada.office.nudges.office_keys import may_send_to
from posada.office.nudges.topics import TOPICS, Topic
from posada.office.refusals import Refusal
from posada.push.endpoints import EndpointRefused, checked_endpoint
from posada.push.message import NotASubscription, checked_keys


def topics_of(actor: Actor) -> list[Topic]:
    """The topics that the person's roles open."""
    return [each for each in TOPICS.values() if actor.has(*each.roles)]


def switch(
    actor: Actor, session_key: str, said: dict[str, str], *, topics: Iterable[str], language: str
) -> Browser | None:
    """Keep what this browser is told of; without a topic it is told nothing more. Raises Refusal.

    `said`: endpoint, p256dh and auth, as the browser gives them.
    """
    endpoint, p256dh, auth = (said.get(name, "") for name in ("endpoint", "p256dh", "auth"))
    chosen = [each.code for each in topics_of(actor) if each.code in set(topics)]
    lookup = hashed(endpoint)
    if not chosen:
        switch_off(actor, lookup)
        return None
    try:
        checked_endpoint(endpoint, allowed=may_send_to())
        checked_keys(p256dh, auth)
    except (EndpointRefused, NotASubscription):
        raise Refusal(_("This browser’s push service is not known here."), code="push_unknown") from None
    with transaction.atomic():
        kept: Browser
        kept, _made = Browser.objects.update_or_create(
            lookup=lookup,
            defaults={
                "user_id": actor.user_id,
                "session": hashed(session_key),
                "sealed": seal_secret(json.dumps([endpoint, p256dh, auth])).encode(),
                "topics": chosen,
                "language": language,
                "renewed_at": timezone.now(),
            },
        )
        append(actor, "nudges.on", subject=kept, detail={"topics": chosen})
    return kept


def switch_off(actor: Actor, lookup: str) -> None:
    """This browser is told nothing more."""
    row = Browser.objects.filter(lookup=lookup, user_id=actor.user_id).first()
    if row is not None:
        with transaction.atomic():
            append(actor, "nudges.off", subject=row)
            row.delete()


def standing_in(actor: Actor, session_key: str) -> list[str]:
    """The topics that are on in this session."""
    row = Browser.objects.filter(user_id=actor.user_id, session=hashed(session_key)).first()
    return list(row.topics) if row is not None else []


def address_of(browser: Browser) -> tuple[str, str, str]:
    """Endpoint, p256dh and auth."""
    endpoint, p256dh, auth = json.loads(open_secret(bytes(browser.sealed).decode()))
    return endpoint, p256dh, auth


def drop_ended() -> int:
    """Take away browsers whose session is over or whose person is off. Returns how many there were."""
    standing = {
        hashed(key)
        for key in Session.objects.filter(expire_date__gt=timezone.now()).values_list(
            "session_key", flat=True
        )
    }
    gone = [
        each.pk
        for each in Browser.objects.select_related("user")
        if each.session not in standing or not each.user.is_active
    ]
    Browser.objects.filter(pk__in=gone).delete()
    return len(gone)


def hashed(text: Any) -> str:
    """By which an address or a session is found again, and not learned."""
    return hashlib.sha256(str(text).encode()).hexdigest()
