"""Asking to be told, and no longer: what a browser says about itself.

Comes in: JSON of a page or of the service worker. Goes out: the choice as it stands, and a link that ends it without
a sign-in. Whoever holds the endpoint may change its choice: nobody else knows it. No address of a visitor is kept.
Docs: docs/how-to/be-told.md. Tests: tests/newsroom/notifications/test_subscribing.py.
"""

import hashlib
import json
import os
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from posada.newsroom.asking_rate import asks_too_often
from posada.newsroom.notifications.models import Subscription
from posada.newsroom.notifications.quiet_hours import known_zones, minute_of
from posada.newsroom.notifications.site_keys import may_send_to
from posada.newsroom.notifications.topics import TOPICS
from posada.push.endpoints import EndpointRefused, checked_endpoint
from posada.push.message import NotASubscription, checked_keys

MOST_BYTES, MOST_ASKED = 8192, int(os.environ.get("POSADA_NEWSROOM_MOST_TOLD", "60"))
SALT = "stop being told"


class NotUnderstood(Exception):
    """What a browser said makes no sense; the message is for whoever reads the answer."""


def lookup_of(endpoint: str) -> str:
    """By which an endpoint is found again."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """Keep a choice; one without a topic is the end of it."""
    return _answered(request, _kept)


@require_POST
def standing(request: HttpRequest) -> HttpResponse:
    """The choice of an endpoint; 404 where none is kept, so that the page can mend it."""
    return _answered(request, _told)


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """The browser has another endpoint: the choice goes with it."""
    return _answered(request, _renewed)


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """No longer one topic, or none at all. The same answer whether it was known or not."""
    return _answered(request, _stopped)


def stop_token(subscription: Any) -> str:
    """What the link holds that ends a subscription: what stays when the browser gets another endpoint."""
    return signing.dumps([subscription.pk, subscription.made_at.isoformat()], salt=SALT, compress=True)


def stop_by_token(token: str) -> None:
    """End what a link stands for; nothing where it stands for nothing."""
    try:
        pk, made_at = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return
    Subscription.objects.filter(pk=pk, made_at=datetime.fromisoformat(made_at)).delete()


def _answered(request: HttpRequest, act: Any) -> HttpResponse:
    if asks_too_often(request, what="told", most=MOST_ASKED):
        return JsonResponse({"error": "too often"}, status=429)
    try:
        said = json.loads(request.body) if len(request.body) <= MOST_BYTES else None
        if not isinstance(said, dict):
            raise NotUnderstood("not understood")
        told = act(said)
    except (ValueError, NotUnderstood, EndpointRefused, NotASubscription) as error:
        return JsonResponse({"error": str(error)[:200]}, status=400)
    answer = JsonResponse(
        told if told is not None else {"error": "unknown"}, status=200 if told is not None else 404
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _kept(said: dict[str, Any]) -> dict[str, Any]:
    endpoint, p256dh, auth = _browser(said)
    topics = [each for each in TOPICS if each in _list(said.get("topics"))]
    lookup, now = lookup_of(endpoint), timezone.now()
    if not topics:
        Subscription.objects.filter(lookup=lookup).delete()
        return {"topics": []}
    zone, language = str(said.get("zone", "")), str(said.get("language", ""))
    kept = {
        "endpoint": endpoint,
        "p256dh": p256dh,
        "auth": auth,
        **{topic: topic in topics for topic in TOPICS},
        "language": language if language in dict(settings.LANGUAGES) else "en",
        "zone": zone if zone in known_zones() else settings.TIME_ZONE,
        "quiet_from": minute_of(str(said.get("quiet_from") or "")),
        "quiet_until": minute_of(str(said.get("quiet_until") or "")),
        "breaking_always": said.get("breaking_always") is True,
        "renewed_at": now,
    }
    found, _is_new = Subscription.objects.update_or_create(
        lookup=lookup, defaults=kept, create_defaults={**kept, "made_at": now}
    )
    return _choice(found)


def _told(said: dict[str, Any]) -> dict[str, Any] | None:
    found = Subscription.objects.filter(lookup=lookup_of(str(said.get("endpoint", "")))).first()
    if found is None:
        return None
    Subscription.objects.filter(pk=found.pk).update(renewed_at=timezone.now())
    return _choice(found)


def _renewed(said: dict[str, Any]) -> dict[str, Any] | None:
    endpoint, p256dh, auth = _browser(said)
    with transaction.atomic():
        found = Subscription.objects.filter(lookup=lookup_of(str(said.get("old", "")))).first()
        if found is None:
            return None
        Subscription.objects.filter(lookup=lookup_of(endpoint)).exclude(pk=found.pk).delete()
        found.endpoint, found.lookup, found.p256dh, found.auth = endpoint, lookup_of(endpoint), p256dh, auth
        found.renewed_at = timezone.now()
        found.save()
    return _choice(found)


def _stopped(said: dict[str, Any]) -> dict[str, Any]:
    topic = said.get("topic")
    mine = Subscription.objects.filter(lookup=lookup_of(str(said.get("endpoint", ""))))
    if topic in TOPICS:
        mine.update(**{str(topic): False})
        mine = mine.filter(breaking=False, live=False, exclusive=False)
    mine.delete()
    return {}


def _browser(said: dict[str, Any]) -> tuple[str, str, str]:
    keys = said.get("keys")
    if not isinstance(keys, dict):
        raise NotUnderstood("no keys")
    endpoint, p256dh, auth = (
        str(said.get("endpoint", "")),
        str(keys.get("p256dh", "")),
        str(keys.get("auth", "")),
    )
    checked_endpoint(endpoint, allowed=may_send_to())
    checked_keys(p256dh, auth)
    return endpoint, p256dh, auth


def _choice(found: Any) -> dict[str, Any]:
    return {
        "topics": [each for each in TOPICS if getattr(found, each)],
        "language": found.language,
        "quiet_from": _clock(found.quiet_from),
        "quiet_until": _clock(found.quiet_until),
        "breaking_always": found.breaking_always,
        "stop": settings.NEWSROOM.address + reverse("stop_being_told", args=[stop_token(found)]),
    }


def _clock(minute: int | None) -> str:
    return "" if minute is None else f"{minute // 60:02d}:{minute % 60:02d}"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
