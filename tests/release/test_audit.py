"""`make audit` says what is known of the parts of a release, and never that nothing is when it cannot tell."""

import json
import shutil
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from release import papers
from release.audit import main

FOLDER = Path(__file__).parent.parent / "fixtures" / "advisories"
KNOWN = date(2025, 9, 8)
"""The day of the newest of the records, a high one of Django."""


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    """A bill as a release writes it, with a Django that has the fault."""
    return written(tmp_path, django="5.2.5", pillow="11.3.0")


def written(folder: Path, **parts: str) -> Path:
    """A bill of materials with these parts."""
    found = [papers.Package(name, version, "ab" * 32, "MIT") for name, version in parts.items()]
    path = folder / "bill.json"
    path.write_text(papers.bill(found, version="1", epoch=0))
    return path


def audit(bill: Path, advisories: Path = FOLDER, *, days: int = 0) -> int:
    """The status some days after the newest record."""
    on = KNOWN + timedelta(days=days)
    return main(["--bill", str(bill), "--advisories", str(advisories), "--on", on.isoformat()])


def test_a_high_fault_may_stand_for_seven_days(bill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit(bill, days=7) == 0
    said = capsys.readouterr().out
    assert "django 5.2.5  high  known since 2025-09-08 (7 days), mended in 4.2.24, 5.1.12, 5.2.6" in said
    assert "2 parts, 4 advisories: 1 known faults, 0 of them grave" in said


def test_after_seven_days_it_stops_a_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit(written(tmp_path, django="5.2.6", pillow="10.1.0")) == 1
    assert "1 of them grave and known for more than 7 days" in capsys.readouterr().out
    assert audit(written(tmp_path, django="5.2.6", pillow="10.2.0")) == 0


def test_old_advisories_are_no_clean_bill(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mended = written(tmp_path, django="5.2.6", pillow="10.2.0")
    assert audit(mended, days=8) == 1
    assert "they cannot tell what is known on 2025-09-16" in capsys.readouterr().out


def test_an_archive_of_records_is_read_as_it_is_published(bill: Path, tmp_path: Path) -> None:
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for path in FOLDER.glob("*.json"):
            made.write(path, path.name)
    assert audit(bill, archive) == 0
    assert audit(written(tmp_path, pillow="10.1.0"), archive) == 1


@pytest.mark.parametrize("spoiled", ["{", "[]", "{}", '{"id": "X", "affected": [{"package": 1}]}'])
def test_what_cannot_be_read_is_said_and_is_no_clean_bill(
    bill: Path, tmp_path: Path, spoiled: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "advisories"
    shutil.copytree(FOLDER, folder)
    (folder / "more").mkdir()
    (folder / "more" / "X.json").write_text(spoiled)
    assert audit(bill, folder) == 2
    assert capsys.readouterr().err.strip()


def test_without_records_or_without_parts_nobody_can_say(bill: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert audit(bill, empty) == 2
    assert audit(bill, tmp_path / "absent") == 2
    assert audit(tmp_path / "absent.json") == 2
    bill.write_text(json.dumps({"components": []}))
    assert audit(bill) == 2
    bill.write_text("[]")
    assert audit(bill) == 2
