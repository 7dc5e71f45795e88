"""An office that is prepared has its tables and its static files, and is nobody else's to read."""

import json
from pathlib import Path

import pytest

from posada.web.operating.preparing import unapplied


@pytest.mark.django_db
def test_nothing_is_left_to_apply_to_a_fresh_database() -> None:
    assert unapplied() == []


def test_static_files_have_names_with_their_digest_and_are_compressed(demonstration: Path) -> None:
    made = json.loads((demonstration / "static" / "staticfiles.json").read_text())
    named = made["paths"]["posada/posada.css"]
    assert named != "posada/posada.css"
    assert (demonstration / "static" / f"{named}.gz").is_file()


def test_nobody_else_on_the_machine_can_read_the_database(demonstration: Path) -> None:
    assert demonstration.stat().st_mode & 0o077 == 0
    assert (demonstration / "office.sqlite3").stat().st_mode & 0o077 == 0
