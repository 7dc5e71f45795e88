"""Keys of devices: sealed here, gone when they are taken away, when their day is over, and with the account."""

from datetime import timedelta

import pytest
from django.utils import timezone

from posada.office.access.models import User
from posada.office.audit.models import Entry
from posada.office.away import devices
from posada.office.away.models import AwayDevice
from posada.office.refusals import NotThere
from tests.office.away.devices_at_hand import worker


def test_the_private_half_is_sealed_and_opens_for_the_office() -> None:
    of = worker()
    private = devices.private_of(of.device)
    assert private not in bytes(of.device.private) and private[:1] == b"0"
    assert Entry.objects.filter(act="away.key_made").count() == 1


def test_a_key_that_was_taken_away_is_gone() -> None:
    of = worker()
    assert devices.erase(of.actor, [of.device]) == 1
    assert devices.erase(of.actor, [of.device]) == 0
    assert bytes(AwayDevice.objects.get(pk=of.device.pk).private) == b""
    with pytest.raises(NotThere):
        devices.device_of(of.actor, of.device.pk)


def test_another_s_device_is_not_there() -> None:
    with pytest.raises(NotThere):
        devices.device_of(worker().actor, worker().device.pk)


def test_keys_end_with_their_day_and_with_the_account() -> None:
    late, off, stays = worker(), worker(), worker()
    AwayDevice.objects.filter(pk=late.device.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    User.objects.filter(pk=off.user.pk).update(is_active=False)
    assert devices.erase_ended() == 2
    assert list(AwayDevice.objects.filter(erased_at__isnull=True)) == [stays.device]
