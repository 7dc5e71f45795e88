"""An office does not begin work with keys that open nothing of what is sealed in it."""

from dataclasses import replace
from typing import Any

import pytest

from posada.office.access import doors
from posada.web.operating.right_keys import why_not
from tests.office.people import home_of

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = b"1" * 32, b"2" * 32, b"3" * 32


def have(settings: Any, *sealing: bytes) -> None:
    """The office has these sealing keys, the newest first."""
    keys = replace(settings.DEPLOYMENT.keys, sealing=sealing)
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, keys=keys, key_file=None)


def test_an_empty_office_begins_with_any_keys(settings: Any) -> None:
    have(settings, ONE)
    assert why_not() == ""


def test_other_keys_stop_it_and_a_newer_one_beside_the_right_one_does_not(settings: Any) -> None:
    have(settings, ONE)
    doors.seal_fields(home_of(), {"phone": "301 555 0142"})
    assert why_not() == ""
    have(settings, TWO, ONE)
    assert why_not() == ""
    have(settings, TWO, THREE)
    assert "not this office" in why_not() and "Put the right key file back" in why_not()
