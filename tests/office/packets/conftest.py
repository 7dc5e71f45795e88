"""The office of packets stands on Tuesday 24 November 2026; documents lie in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.intake.models import Child, ProgramSettings
from posada.office.packets.models import Packet
from tests.office.docket.cases import LATE_NOVEMBER, attorney_of, child_of
from tests.office.packets.filings import packet_for
from tests.office.people import group_of


@pytest.fixture(autouse=True)
def _day(_database: None, tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = str(tmp_path / "data" / "documents")
    ProgramSettings.objects.update_or_create(pk=1, defaults={"plan_date": LATE_NOVEMBER, "state": "MD"})
    with translation.override("en"):
        yield


@pytest.fixture
def child() -> Child:
    """A child whose A-number is known."""
    from posada.office.access.doors import seal_fields

    found = child_of(group_of())
    seal_fields(found, {"a_number": "000-000-017"})
    return found


@pytest.fixture
def lawyer(child: Child) -> tuple[User, Actor]:
    """Her attorney, as an account and as an actor."""
    return attorney_of(child.group)


@pytest.fixture
def packet(child: Child, lawyer: tuple[User, Actor]) -> Packet:
    """A packet with everything but exhibits."""
    return packet_for(lawyer[1], child)
