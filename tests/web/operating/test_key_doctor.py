"""The doctor names a key that seals for too long, and old ones that are still there."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from posada.office.access import doors
from posada.office.access.actor import machine
from posada.office.access.key_ring import key_number
from posada.office.access.resealing import reseal
from posada.office.audit.chain import append
from posada.web.operating.doctor import Finding, Standing, examine
from posada.web.operating.key_change import key_times
from posada.web.operating.key_doctor import examine_keys
from tests.office.people import home_of

pytestmark = pytest.mark.django_db
ONE, TWO = b"1" * 32, b"2" * 32


@pytest.fixture(autouse=True)
def have(settings: Any, tmp_path: Any) -> Any:
    """Says which sealing keys the office has; the first is named by the log today."""

    def keys(*sealing: bytes) -> None:
        held = replace(settings.DEPLOYMENT.keys, sealing=sealing)
        settings.DEPLOYMENT = replace(settings.DEPLOYMENT, keys=held, key_file=None)
        append(machine("a test"), "keys.new", detail={"key": key_number(sealing[0])})

    settings.MEDIA_ROOT = str(tmp_path / "documents")
    keys(ONE)
    return keys


def found(*, days: int = 0) -> dict[str, Finding]:
    """Findings so many days from now."""
    return {each.what: each for each in examine_keys(at=timezone.now() + timedelta(days=days))}


def test_a_key_that_seals_for_longer_than_the_data_say_is_wrong() -> None:
    most = key_times().seals_for.days
    assert found()["age of keys"].standing == Standing.RIGHT
    assert found(days=most - 1)["age of keys"].standing == Standing.RIGHT
    late = found(days=most + 1)["age of keys"]
    assert (late.standing, str(most + 1) in late.says) == (Standing.WRONG, True)
    assert "old keys" not in found()


def test_an_old_key_is_a_note_first_and_wrong_when_a_month_is_over(have: Any) -> None:
    doors.seal_fields(home_of(), {"phone": "301-555-0100"})
    have(TWO, ONE)
    note = found()["old keys"]
    assert (note.standing, "1 sealed fields" in note.says, "reseal" in note.mend) == (
        Standing.NOTE,
        True,
        True,
    )
    assert found(days=key_times().old_for.days + 1)["old keys"].standing == Standing.WRONG
    reseal()
    done = found()["old keys"]
    assert ("any more" in done.says, "Retire" in done.mend) == (True, True)


def test_the_doctor_says_it_among_the_rest() -> None:
    assert "age of keys" in {each.what for each in examine()}
