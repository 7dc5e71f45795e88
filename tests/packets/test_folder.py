"""packet.toml: every fault is named with its entry, and nothing is guessed."""

from datetime import date
from pathlib import Path

import pytest

from posada.packets.errors import PacketFolderBad, Problem
from posada.packets.folder import read_packet
from posada.packets.limits import limit_source, shipped_limits
from posada.packets.packet import Forum, HearingKind
from tests.packets.made import exhibit, packet_toml, page_pdf


def folder_with(tmp_path: Path, old: str = "", new: str = "", *, more: str = "") -> Path:
    """A sound folder with one replacement in its packet.toml."""
    folder = packet_toml(tmp_path / "case", exhibit("Paper", "x.pdf"), more=more)
    page_pdf(folder / "x.pdf")
    text = (folder / "packet.toml").read_text()
    assert old in text
    (folder / "packet.toml").write_text(text.replace(old, new))
    return folder


def faults(folder: Path) -> list[str]:
    """The sentences that say why a folder cannot be followed."""
    with pytest.raises(PacketFolderBad) as told:
        read_packet(folder)
    return [each.sentence() for each in told.value.problems]


def test_everything_is_read_as_it_is_given(tmp_path: Path) -> None:
    read = read_packet(folder_with(tmp_path))
    packet = read.packet
    assert (packet.forum, packet.court, packet.detained) == (
        Forum.IMMIGRATION_COURT,
        "Baltimore, Maryland",
        False,
    )
    assert packet.filing_date == date(2025, 3, 3)
    assert packet.hearing is not None and packet.hearing.kind is HearingKind.INDIVIDUAL
    assert packet.filer.address == ("1 Example Street", "Baltimore, MD 21201")
    assert packet.exhibits[0].sources[0].name == "x.pdf"
    assert packet.service is not None and packet.service.method == "portal"
    assert (read.problems, read.notes) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'forum = "immigration_court"',
            'forum = "moon"',
            "forum: one of immigration_court, uscis, bia, state_court",
        ),
        ('court = "Baltimore, Maryland"', "", "court: this entry is missing or empty"),
        ("detained = false", 'detained = "no"', "detained: true or false is wanted"),
        ("detained = false", "", "detained: true or false is wanted"),
        (
            "filing_date = 2025-03-03",
            'filing_date = "3/3/2025"',
            "filing_date: a date such as 2025-03-03 is wanted",
        ),
        ("filing_date = 2025-03-03", "filing_date = 2025-03-03T10:00:00", "filing_date: a date such as"),
        ('a_number = "000-000-001"', 'a_number = "12"', "respondents[1].a_number: a number of 8 or 9 digits"),
        ('a_number = "000-000-001"', "", "respondents[1].a_number: this entry is missing or empty"),
        ('time = "13:00"', 'time = "1 PM"', "hearing.time: a time such as 13:00 is wanted, not 1 PM"),
        ('phone = "555-0100"', "phone = 5550100", "filer.phone: a text in quotation marks is wanted"),
        ('method = "portal"', 'method = "  "', "service.method: this entry is missing or empty"),
        (
            'language = "eng"',
            'language = "en"',
            "language: an ISO 639-3 code such as spa or mam is wanted, not en; eng?",
        ),
        ('name = "Example Child"', 'name = "A\\nB"', "it holds a line break or an unseen character"),
        ('title = "Paper"', f'title = "{"x" * 501}"', "title: it has more than 500 characters"),
        ('file = "x.pdf"', "file = [1]", "file: a text, or a list of texts, is wanted"),
    ],
)
def test_each_fault_is_named_with_its_entry(tmp_path: Path, old: str, new: str, said: str) -> None:
    lines = faults(folder_with(tmp_path, old, new))
    assert any(line.startswith("packet.toml: ") and said in line for line in lines), lines


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "packet.toml").write_text('forum = "immigration_court"\nfiler = 3\nexhibits = []\n')
    lines = faults(folder)
    for entry in (
        "court",
        "filing_title",
        "detained",
        "filing_date",
        "respondents",
        "filer",
        "exhibits",
        "service",
    ):
        assert any(entry in line for line in lines), entry


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"forum = ", "it cannot be read as TOML"),
        (b"\xff\xfe", "it is not UTF-8 text"),
        (b"#" * 1_000_001, "it is larger than 1 MB"),
        (b"a = " + b"[" * 5_000, "it "),
        (None, "there is none in"),
    ],
)
def test_a_packet_toml_that_cannot_be_read_is_one_line(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "packet.toml").write_bytes(content)
    (line,) = faults(tmp_path)
    assert said in line and "\n" not in line


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    (line,) = faults(tmp_path / "none")
    assert "there is no such folder" in line


def test_a_time_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, 'time = "13:00"', "time = 13:00:00")
    text = (folder / "packet.toml").read_text()
    (folder / "packet.toml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    hearing = read_packet(folder).packet.hearing
    assert hearing is not None and hearing.time == "13:00"


def test_what_nobody_reads_is_told(tmp_path: Path) -> None:
    read = read_packet(folder_with(tmp_path, 'language = "eng"', 'language = "eng"\nnote = "x"'))
    assert read.notes == ("packet.toml: exhibits[1].note: nothing reads this",)


def test_a_translation_of_an_english_exhibit_is_not_read(tmp_path: Path) -> None:
    read = read_packet(folder_with(tmp_path, 'language = "eng"', 'language = "eng"\ntranslation = "y.pdf"'))
    assert read.notes == ("packet.toml: exhibits[1].translation: nothing reads this",)


def test_a_way_that_stays_within_the_folder_is_followed(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, 'file = "x.pdf"', 'file = "scans/../scans/x.pdf"')
    (folder / "scans").mkdir()
    page_pdf(folder / "scans" / "x.pdf")
    assert read_packet(folder).problems == ()


def test_limits_are_dated_data_that_the_folder_may_change(tmp_path: Path) -> None:
    assert shipped_limits(Forum.IMMIGRATION_COURT).upload_bytes == 25_000_000
    assert "25" not in limit_source(Forum.IMMIGRATION_COURT).partition("(")[0]
    read = read_packet(folder_with(tmp_path, more="[limits]\nupload_mb = 2.5\nenvelope_mb = 10\n"))
    assert (read.packet.limits.upload_bytes, read.packet.limits.envelope_bytes) == (2_500_000, 10_000_000)
    bad = folder_with(tmp_path, more="[limits]\nupload_mb = 0\n")
    assert "limits.upload_mb: a number of megabytes" in faults(bad)[0]


def test_a_problem_is_one_sentence_without_anything_that_a_terminal_trips_over() -> None:
    assert Problem("a\x1b[31m.pdf", "it is bad", page=3, tab="B").sentence() == (
        "a\\x1b[31m.pdf (Tab B, page 3): it is bad."
    )
