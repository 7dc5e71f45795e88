"""The docket's office stands on a day: Tuesday 24 November 2026, before Thanksgiving."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from posada.office.intake.models import ProgramSettings
from tests.office.docket.cases import LATE_NOVEMBER


@pytest.fixture(autouse=True)
def _day(_database: None) -> Iterator[None]:
    ProgramSettings.objects.update_or_create(pk=1, defaults={"plan_date": LATE_NOVEMBER, "state": "MD"})
    with translation.override("en"):  # a page in Spanish leaves its language behind
        yield


@pytest.fixture
def vault_folder(tmp_path: Path, settings: Any) -> Path:
    """An empty folder in which documents lie."""
    settings.MEDIA_ROOT = str(tmp_path / "documents")
    return tmp_path / "documents"
