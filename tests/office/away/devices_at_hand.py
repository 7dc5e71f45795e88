"""A worker with a device and check-ins at hand; what a browser would send. Nobody here exists."""

import json
import os
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from posada.office.access.actor import Actor, actor_of
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.away.devices import new_device
from posada.office.away.models import AwayDevice
from posada.office.away.receiving import Sent
from posada.office.away.sealed_box import close_box
from posada.office.day import today
from posada.office.placement.models import CheckIn
from tests.office.people import group_of, home_of, person


@dataclass
class Worker:
    """A placement worker of the whole program with one device."""

    user: User
    actor: Actor
    device: AwayDevice


def worker() -> Worker:
    """A new one."""
    user = person(Role.PLACEMENT_WORKER)
    actor = actor_of(user)
    return Worker(user, actor, new_device(actor))


def due(**more: Any) -> CheckIn:
    """A check-in that is due today."""
    return CheckIn.objects.create(group=group_of(), home=home_of(), kind="day_7", due_on=today(), **more)


def written(of: Worker, row: CheckIn, *, form: UUID | None = None, version: int = 1, **fields: Any) -> Sent:
    """What a device sends of a form that was filled in."""
    typed = {"outcome": "safe", "on": day(today()), "note": "", "address_confirmed": False, **fields}
    form = form or uuid4()
    bound = f"{of.device.pk}/{form}/{row.pk}/{version}"
    closed = close_box(
        of.device.public, json.dumps(typed).encode(), bound=bound, salt=os.urandom(16), nonce=os.urandom(12)
    )
    return Sent(form, of.device.pk, row.pk, version, closed)


def day(on: date) -> str:
    """As a form sends it."""
    return on.isoformat()
