"""Devices that take check-ins along: their keys are made, looked up, and taken away.

Comes in: the acting person. Goes out: devices with the public half of their keys. Signing out, taking the key away on
the page, and the day on which it ends leave what lies on the device unreadable for everybody.
Docs: docs/how-to/check-in-offline.md. Tests: tests/office/away/test_devices.py.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from posada.office.access.actor import Actor, machine
from posada.office.access.sealed_secret import open_bytes, seal_bytes
from posada.office.audit.chain import append
from posada.office.away.models import AwayDevice
from posada.office.away.sealed_box import new_pair
from posada.office.refusals import NotThere

KEPT_FOR = timedelta(days=30)


def new_device(actor: Actor) -> AwayDevice:
    """A pair of keys for the browser in which the person sits."""
    private, public = new_pair()
    with transaction.atomic():
        made: AwayDevice = AwayDevice.objects.create(
            user_id=actor.user_id,
            public=public,
            private=seal_bytes(private),
            ends_at=timezone.now() + KEPT_FOR,
        )
        append(actor, "away.key_made", subject=made)
    return made


def devices_of(actor: Actor) -> "QuerySet[AwayDevice]":
    """The person's devices whose key this office still has."""
    return AwayDevice.objects.filter(
        user_id=actor.user_id, erased_at__isnull=True, ends_at__gt=timezone.now()
    )


def device_of(actor: Actor, pk: Any) -> AwayDevice:
    """One of them. Raises NotThere."""
    found = devices_of(actor).filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


def private_of(device: AwayDevice) -> bytes:
    """The private half, for opening one box."""
    return open_bytes(bytes(device.private))


def erase(actor: Actor, devices: Iterable[AwayDevice], *, act: str = "away.key_erased") -> int:
    """Take keys away. Returns how many there were."""
    count = 0
    with transaction.atomic():
        for each in devices:
            left = AwayDevice.objects.filter(pk=each.pk, erased_at__isnull=True)
            if left.update(private=b"", erased_at=timezone.now()):
                append(actor, act, subject=each)
                count += 1
    return count


def erase_ended() -> int:
    """Take away keys whose day has passed, and those of accounts that are off; for the daily job."""
    over = AwayDevice.objects.filter(erased_at__isnull=True)
    over = over.filter(Q(ends_at__lte=timezone.now()) | Q(user__is_active=False))
    return erase(machine("keys of devices"), over, act="away.key_ended")
