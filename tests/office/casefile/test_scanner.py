"""Without an answer from the scanner nothing is taken."""

import sys
from pathlib import Path
from typing import Any

import pytest

from posada.office.casefile.scanner import CLEAN, NOT_SCANNED, Infected, ScannerDown, scan


def _scanner(settings: Any, folder: Path, code: str) -> None:
    program = folder / "scanner.py"
    program.write_text(f"import sys\nread = sys.stdin.buffer.read()\nsys.exit({code})\n")
    settings.DOCUMENT_SCANNER = f"{sys.executable} {program}"


def test_without_a_scanner_the_document_says_so(settings: Any) -> None:
    settings.DOCUMENT_SCANNER = ""
    assert scan(b"x") == NOT_SCANNED


def test_a_clean_file_passes_and_an_infected_one_does_not(settings: Any, tmp_path: Path) -> None:
    _scanner(settings, tmp_path, "b'EICAR' in read")
    assert scan(b"harmless") == CLEAN
    with pytest.raises(Infected):
        scan(b"..EICAR..")


@pytest.mark.parametrize("code", ["2", "-9", "'broken'"])
def test_a_scanner_that_fails_refuses_the_file(settings: Any, tmp_path: Path, code: str) -> None:
    _scanner(settings, tmp_path, code if code != "'broken'" else "50")
    with pytest.raises(ScannerDown):
        scan(b"harmless")


def test_a_scanner_that_is_not_there_refuses_the_file(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_SCANNER = str(tmp_path / "no-such-program")
    with pytest.raises(ScannerDown):
        scan(b"harmless")


def test_a_command_that_cannot_be_read_as_one_refuses_the_file(settings: Any) -> None:
    settings.DOCUMENT_SCANNER = "scan 'without an end"
    with pytest.raises(ScannerDown):
        scan(b"harmless")
