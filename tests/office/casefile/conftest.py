"""A folder of its own for each test that keeps documents."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def vault_folder(tmp_path: Path, settings: Any) -> Path:
    """An empty folder in which documents lie."""
    settings.MEDIA_ROOT = str(tmp_path / "documents")
    return tmp_path / "documents"
