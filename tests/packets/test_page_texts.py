"""What the builder prints: captions by forum, contents, certificates; and what stands on which page."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from posada.packets.errors import PacketFolderBad
from posada.packets.folder import read_packet
from posada.packets.outline import ExhibitPages, Kind, Outline, lay_out, made_pieces
from posada.packets.packet import Forum, Packet
from posada.packets.page_texts import respondents_of, texts_of
from posada.packets.tabs import tab_index, tab_letters
from posada.packets.typeset import typeset
from posada.packets.wording import day_of_words, day_words, language_name, time_words
from tests.packets.made import sample

PAGES = [ExhibitPages(2, 1), ExhibitPages(1), ExhibitPages(3)]


@pytest.fixture
def packet(tmp_path: Path) -> Packet:
    """The sample's packet.toml."""
    return read_packet(sample(tmp_path / "case")).packet


def outline(packet: Packet, pages: list[ExhibitPages]) -> Outline:
    """The outline with one page for each typeset piece."""
    made = made_pieces(pages, service=packet.service is not None)
    return lay_out(pages, titles=[each.title for each in packet.exhibits], made=dict.fromkeys(made, 1))


def test_tabs_double_after_z() -> None:
    letters = [tab_letters(index) for index in range(80)]
    assert letters[:2] + letters[24:29] + letters[51:54] == [
        "A",
        "B",
        "Y",
        "Z",
        "AA",
        "BB",
        "CC",
        "ZZ",
        "AAA",
        "BBB",
    ]
    assert [tab_index(each) for each in letters] == list(range(80))
    assert (tab_index(""), tab_index("AB"), tab_index("a")) == (None, None, None)


def test_pieces_follow_one_another_without_a_gap(packet: Packet) -> None:
    found = outline(packet, PAGES)
    assert [(each.kind, each.first, each.count) for each in found.pieces] == [
        (Kind.COVER, 1, 1),
        (Kind.CONTENTS, 2, 1),
        (Kind.TAB_SHEET, 3, 1),
        (Kind.ORIGINAL, 4, 2),
        (Kind.TRANSLATION, 6, 1),
        (Kind.CERTIFICATE, 7, 1),
        (Kind.TAB_SHEET, 8, 1),
        (Kind.ORIGINAL, 9, 1),
        (Kind.TAB_SHEET, 10, 1),
        (Kind.ORIGINAL, 11, 3),
        (Kind.SERVICE, 14, 1),
    ]
    assert [(each.label, each.first, each.last) for each in found.units()][2] == (
        "Tab A – Birth certificate",
        3,
        7,
    )


def test_a_missing_exhibit_keeps_its_tab_and_gets_a_page(packet: Packet) -> None:
    found = outline(packet, [ExhibitPages(None), *PAGES[1:]])
    assert [each.kind for each in found.of(0)] == [Kind.TAB_SHEET, Kind.MISSING]


@pytest.mark.parametrize(
    ("forum", "line"),
    [
        (Forum.IMMIGRATION_COURT, "IMMIGRATION COURT"),
        (Forum.BIA, "BOARD OF IMMIGRATION APPEALS"),
        (Forum.USCIS, "U.S. CITIZENSHIP AND IMMIGRATION SERVICES"),
    ],
)
def test_each_forum_has_its_caption(packet: Packet, forum: Forum, line: str) -> None:
    changed = replace(packet, forum=forum)
    cover = texts_of(changed, outline(packet, PAGES), missing={})[0]
    assert line in cover["authority"]
    assert cover["title"] == "RESPONDENT'S EXHIBIT LIST AND EVIDENCE"


def test_who_has_neither_id_nor_firm_is_pro_se(packet: Packet) -> None:
    alone = replace(packet, filer=replace(packet.filer, eoir_id="", firm=""))
    assert "Pro se" in texts_of(alone, outline(packet, PAGES), missing={})[0]["filer"]


def test_a_certificate_says_what_the_rule_asks_for(packet: Packet) -> None:
    texts = texts_of(packet, outline(packet, PAGES), missing={})
    (certificate,) = (each for each in texts if each["kind"] == "certificate")
    said = certificate["paragraphs"][0]
    assert "competent to translate from Spanish into English" in said
    assert "true and accurate to the best of my abilities" in said
    assert "(Tab A, page 6)" in said
    assert certificate["signer"] == [
        "Example Translator",
        "2 Example Street, Baltimore",
        "Telephone: 555-0101",
    ]


def test_parts_are_named_in_the_contents(packet: Packet) -> None:
    where = {page: 1 if page < 10 else 2 for page in range(1, 15)}
    rows = texts_of(packet, outline(packet, PAGES), missing={}, parts=where)[1]["rows"]
    assert [row["pages"] for row in rows] == ["3–7 (part 1)", "8–9 (part 1)", "10–13 (part 2)", "14 (part 2)"]


def test_many_respondents_and_a_long_list_take_the_pages_they_need(packet: Packet) -> None:
    family = replace(packet, respondents=packet.respondents * 60, exhibits=packet.exhibits * 100)
    pages = PAGES * 100
    texts = texts_of(family, outline(family, pages), missing={})
    made = typeset(texts, title="x", respondents=respondents_of(family))
    assert made.counts[0] > 1 and made.counts[1] > 3
    assert sum(made.counts) > len(texts)


def test_nothing_given_is_read_as_markup(packet: Packet) -> None:
    wild = replace(packet, filing_title='#panic("x") $x$ *_`<a> @b \\ "q" [c] // d')
    texts = texts_of(wild, outline(packet, PAGES), missing={})
    assert typeset(texts, title=wild.filing_title, respondents=respondents_of(wild)).counts[0] == 1


def test_a_letter_that_no_font_has_names_its_entry(packet: Packet) -> None:
    texts = texts_of(replace(packet, court="ሀሁ"), outline(packet, PAGES), missing={})
    with pytest.raises(PacketFolderBad, match="no font at hand has the letter"):
        typeset(texts, title="x", respondents=[])


def test_days_times_and_languages_are_in_american_english() -> None:
    assert day_words(date(2025, 12, 1)) == "December 1, 2025"
    assert day_of_words("December 1, 2025") == date(2025, 12, 1)
    assert [day_of_words(text) for text in ("", "Dec 1, 2025", "December 41, 2025")] == [None, None, None]
    assert [time_words(each) for each in ("00:00", "12:00", "23:59")] == ["12:00 AM", "12:00 PM", "11:59 PM"]
    assert language_name("quc") == "K'iche'"
