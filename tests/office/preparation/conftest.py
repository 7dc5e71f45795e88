"""Cases are prepared on Tuesday 24 November 2026; documents lie in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.intake.models import Child, ProgramSettings
from tests.office.docket.cases import LATE_NOVEMBER, attorney_of, child_of
from tests.office.people import group_of


@pytest.fixture(autouse=True)
def _day(_database: None, tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = str(tmp_path / "data" / "documents")
    ProgramSettings.objects.update_or_create(pk=1, defaults={"plan_date": LATE_NOVEMBER, "state": "MD"})
    with translation.override("en"):
        yield


@pytest.fixture
def child() -> Child:
    """A child of eleven."""
    return child_of(group_of())


@pytest.fixture
def lawyer(child: Child) -> tuple[User, Actor]:
    """Her attorney, as an account and as an actor."""
    return attorney_of(child.group)
