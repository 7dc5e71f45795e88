"""The ledger of 24 November 2026, in a folder of the test's own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation

from posada.office.intake.models import ProgramSettings
from tests.office.people import TODAY


@pytest.fixture(autouse=True)
def _day(_database: None, tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, folder=tmp_path, demonstration=True)
    ProgramSettings.objects.update_or_create(
        pk=1, defaults={"plan_date": TODAY, "state": "MD", "name": "Test"}
    )
    cache.clear()
    with translation.override("en"):
        yield
