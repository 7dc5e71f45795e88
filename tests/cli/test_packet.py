"""`posada packet build` and `posada packet check`."""

import json
import sys
from pathlib import Path

import pypdf
import pytest

from tests.cli.terminal import posada
from tests.packets.made import exhibit, packet_toml, page_pdf, sample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A packet folder."""
    return sample(tmp_path / "case")


def test_a_fresh_packet_is_written_and_checks_clean(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    out = folder.parent / "packet.pdf"
    ran = posada(capsys, "packet", "build", folder, "--out", out, "--no-recognize")
    assert (ran.status, ran.out) == (0, "")
    assert ran.messages[-1].startswith(f"{out}: pages 1–14, ")
    assert "MB are left" in ran.messages[-1]
    checked = posada(capsys, "packet", "check", out, "--json")
    rules = json.loads(checked.out)
    assert checked.status == 0
    assert set(rules[0]) == {"rule", "holds", "page", "citation", "message"}
    assert not any(each["holds"] is False for each in rules)
    assert any(each["holds"] is None for each in rules)


def test_each_bad_file_is_named_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "birth.pdf").write_bytes(b"")
    (folder / "report.pdf").unlink()
    out = folder.parent / "packet.pdf"
    ran = posada(capsys, "packet", "build", folder, "--out", out)
    assert ran.status == 1
    assert ran.messages == [
        "birth.pdf (Tab A): it is empty (0 bytes).",
        "report.pdf (Tab C): there is no such file in the packet's folder.",
        "Nothing was written.",
    ]
    assert not out.exists()


def test_a_draft_is_written_and_says_what_it_lacks(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / "report.pdf").unlink()
    out = folder.parent / "packet.pdf"
    ran = posada(capsys, "packet", "build", folder, "--out", out, "--draft")
    assert ran.status == 1
    assert "This is a draft, not a packet to file. It lacks:" in ran.messages
    assert posada(capsys, "packet", "check", out).status == 1


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda folder: (folder / "packet.toml").unlink(), "packet.toml: there is none in "),
        (lambda folder: (folder / "packet.toml").write_text("x"), "packet.toml: it cannot be read as TOML: "),
        (lambda folder: packet_toml(folder, forum="moon"), "packet.toml: forum: one of "),
    ],
)
def test_a_packet_toml_that_cannot_be_followed_is_status_two(
    capsys: pytest.CaptureFixture[str], folder: Path, change: object, line: str
) -> None:
    change(folder)  # type: ignore[operator]
    ran = posada(capsys, "packet", "build", folder, "--out", folder.parent / "packet.pdf")
    assert ran.status == 2
    assert ran.messages[0].startswith(line)
    assert ran.messages[-1] == "Nothing was written."


def test_parts_are_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = packet_toml(tmp_path / "case", *(exhibit(f"Paper {n}", "x.pdf") for n in range(30)))
    page_pdf(folder / "x.pdf", words=[f"page {n}" for n in range(30)])
    out = tmp_path / "packet.pdf"
    ran = posada(capsys, "packet", "build", folder, "--out", out, "--upload-mb", "0.2")
    assert ran.status == 0
    parts = sorted(tmp_path.glob("packet-part-*.pdf"))
    assert len(parts) > 1
    assert sum(len(pypdf.PdfReader(each).pages) for each in parts) == len(pypdf.PdfReader(out).pages)
    assert f"{parts[0]}: pages 1–" in ran.err


def test_a_place_that_is_taken_is_one_line(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    ran = posada(capsys, "packet", "build", folder, "--out", folder)
    assert ran.status == 2
    assert ran.messages == [f"{folder}: this is a folder; give the name of a file."]


@pytest.mark.parametrize("content", [None, b"", b"no PDF"])
def test_what_cannot_be_checked_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "x.pdf").write_bytes(content)
    ran = posada(capsys, "packet", "check", tmp_path / "x.pdf")
    assert (ran.status, ran.out, len(ran.messages)) == (2, "", 1)


def test_each_rule_is_a_line_for_a_person(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page_pdf(tmp_path / "x.pdf")
    ran = posada(capsys, "packet", "check", tmp_path / "x.pdf")
    assert ran.status == 1
    assert "BROKEN  page_numbers (page 1): the page bears no number" in ran.out
    assert "[8 CFR 1003.32(b)" in ran.out
    assert "Information, not legal advice." in ran.err


def test_missing_libraries_are_one_line(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith(("posada.packets", "typst"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "typst", None)
    ran = posada(capsys, "packet", "build", folder, "--out", folder.parent / "packet.pdf")
    assert ran.status == 2
    assert ran.messages == [
        "Packets need libraries that are not installed (typst): pip install 'posada[packets]'."
    ]
