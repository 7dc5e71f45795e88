"""A check says which rule holds and which does not: on changed packets, and on PDFs that are none."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from posada.packets.build import Built, build_packet
from posada.packets.check import check_packet, findings
from posada.packets.errors import PacketUnreadable
from posada.packets.finding import check_rules, page_list
from tests.packets.made import exhibit, packet_toml, page_pdf


def broken(path: Path) -> dict[str, tuple[int | None, str]]:
    """The rules that do not hold, with page and message."""
    return {each.rule: (each.page, each.message) for each in findings(path) if each.holds is False}


def changed(packet: Path, out: Path, change: Callable[[Pdf], object]) -> Path:
    """A copy of the packet with one change."""
    with pikepdf.open(packet) as pdf:
        change(pdf)
        pdf.save(out)
    return out


def retell(pdf: Pdf, page: int, old: bytes, new: bytes) -> None:
    """Change what is stamped on a page (from 0)."""
    data = pdf.pages[page].obj.Contents[-1].read_bytes()
    assert old in data
    pdf.pages[page].obj.Contents[-1].write(data.replace(old, new))


def test_every_rule_is_answered_once_with_a_citation(packet: Path) -> None:
    found = check_packet(packet)
    assert [each.rule for each in found] == list(check_rules())
    assert all(each.citation and each.message for each in found)


def delete_page(pdf: Pdf) -> None:
    del pdf.pages[4]


def swap_pages(pdf: Pdf) -> None:
    pdf.pages[4], pdf.pages[5] = pdf.pages[5], pdf.pages[4]


def turn(pdf: Pdf) -> None:
    pdf.pages[5].obj.Rotate = 90


def widen(pdf: Pdf) -> None:
    pdf.pages[5].obj.MediaBox = Array([0, 0, 595, 842])


def renumber(pdf: Pdf) -> None:
    retell(pdf, 6, b"(Page 7 of 14)", b"(Page 9 of 14)")


def unnumber(pdf: Pdf) -> None:
    retell(pdf, 6, b"(Page 7 of 14)", b"( )")


def cross(pdf: Pdf) -> None:
    pdf.pages[4].contents_add(b"0 0 0 rg 300 5 100 40 re f")


def scribble(pdf: Pdf) -> None:
    retell(pdf, 6, b"(Page 7 of 14)", b"(Page 7 of 14 and more)")


def unlabel(pdf: Pdf) -> None:
    del pdf.Root.PageLabels


def relabel(pdf: Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))


def unmark(pdf: Pdf) -> None:
    del pdf.Root.Outlines


def mismark(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[2] = OutlineItem("Tab A – Birth certificate", 5)


def rename(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[3].title = "Tab D – Photograph of the house"


def describe(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = "Somebody"


def describe_more(pdf: Pdf) -> None:
    with pdf.open_metadata() as meta:
        meta["dc:creator"] = ["Somebody"]


def script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def launch(pdf: Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 50, 9, 60]))
    link.A = Dictionary(S=Name.Launch, F=String("x.exe"))
    pdf.pages[4].obj.Annots = Array([link])


def attach(pdf: Pdf) -> None:
    pdf.attachments["x.txt"] = b"x"


def ask(pdf: Pdf) -> None:
    widget = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("n"), Rect=Array([9, 90, 99, 99])
    )
    field = pdf.make_indirect(widget)
    pdf.pages[4].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def name_font(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[4].obj.Resources.Font = Dictionary(F9=pdf.make_indirect(font))


def forget_service(pdf: Pdf) -> None:
    del pdf.pages[-1]


def forget_certificate(pdf: Pdf) -> None:
    pdf.pages[6].obj.Contents = Array([pdf.make_stream(b""), pdf.pages[6].obj.Contents[-1]])


def forget_cover(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = Array([pdf.make_stream(b"q"), pdf.pages[0].obj.Contents[-1]])


def forget_contents(pdf: Pdf) -> None:
    pdf.pages[1].obj.Contents = Array([pdf.make_stream(b"q"), pdf.pages[1].obj.Contents[-1]])


@pytest.mark.parametrize(
    ("change", "rule", "page"),
    [
        (delete_page, "page_numbers", 5),
        (swap_pages, "page_numbers", 5),
        (turn, "letter_size", 6),
        (widen, "letter_size", 6),
        (renumber, "page_numbers", 7),
        (unnumber, "page_numbers", 7),
        (cross, "numbers_clear", 5),
        (scribble, "numbers_clear", 7),
        (unlabel, "page_labels", 1),
        (relabel, "page_labels", 1),
        (unmark, "bookmarks", None),
        (mismark, "bookmarks", 6),
        (rename, "tabs", 8),
        (describe, "metadata", None),
        (describe_more, "metadata", None),
        (script, "scripts", None),
        (launch, "scripts", None),
        (attach, "attachments", None),
        (ask, "form_fields", None),
        (name_font, "fonts", None),
        (forget_service, "proof_of_service", None),
        (forget_certificate, "translations", 3),
        (forget_cover, "cover_caption", 1),
        (forget_contents, "contents", 2),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_each_harm_breaks_its_rule(
    packet: Path, tmp_path: Path, change: Callable[[Pdf], object], rule: str, page: int | None
) -> None:
    found = broken(changed(packet, tmp_path / "out.pdf", change))
    assert rule in found, found
    assert found[rule][0] == page


def test_camera_data_in_a_picture_is_found(packet: Path, tmp_path: Path) -> None:
    def add(pdf: Pdf) -> None:
        pictures = (
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        )
        picture = next(pictures)
        data = picture.read_raw_bytes()
        camera = b"Exif\0\0" + b"MM\0*" + b"\0" * 20
        segment = b"\xff\xe1" + (len(camera) + 2).to_bytes(2, "big") + camera
        picture.write(data[:2] + segment + data[2:], filter=Name.DCTDecode)

    assert "picture_data" in broken(changed(packet, tmp_path / "out.pdf", add))


@pytest.mark.parametrize(
    ("entries", "holds", "said"),
    [
        ({"filing_date": "2025-03-17"}, True, "file by March 17, 2025"),
        ({"filing_date": "2025-03-18"}, False, "late for the individual (merits) hearing"),
        ({"kind": "master", "filing_date": "2025-03-30"}, True, "file by March 31, 2025"),
        ({"kind": "master", "filing_date": "2025-04-01"}, False, "late for the master calendar hearing"),
        ({"detained": "true", "filing_date": "2025-04-10"}, None, "the court itself sets the last day"),
        ({"filing_date": "2025-05-01"}, False, "filed after the hearing"),
        ({"filing_date": "2020-03-02", "hearing_date": "2020-03-20"}, True, "file by March 5, 2020"),
    ],
)
def test_the_filing_date_is_held_against_the_hearing(
    tmp_path: Path, entries: dict[str, str], holds: bool | None, said: str
) -> None:
    folder = packet_toml(tmp_path / "case", exhibit("Paper", "x.pdf"), **entries)
    page_pdf(folder / "x.pdf")
    made = build_packet(folder, tmp_path / "out.pdf")
    (found,) = (each for each in findings(tmp_path / "out.pdf") if each.rule == "filing_date")
    assert found.holds is holds
    assert said in found.message
    assert found.citation
    assert holds is True or any("Filing date" in note for note in made.notes)


def test_a_file_name_that_tells_who_is_broken(built: Built, tmp_path: Path) -> None:
    for name in ("Example-Child.pdf", "packet A000-000-001.pdf", "CHILD_example evidence.pdf"):
        copy = tmp_path / name
        copy.write_bytes(built.packet.path.read_bytes())
        assert list(broken(copy)) == ["file_name"]


def test_a_plain_pdf_breaks_the_rules_and_a_person_sees_which(tmp_path: Path) -> None:
    found = broken(page_pdf(tmp_path / "x.pdf", words=["hello", "world"]))
    assert {"page_numbers", "page_labels", "cover_caption", "contents", "tabs", "bookmarks"} <= set(found)
    assert {"proof_of_service", "metadata", "fonts"} <= set(found)


def test_an_earlier_version_in_the_file_is_for_a_person_to_look_at(built: Built, tmp_path: Path) -> None:
    copy = tmp_path / "signed.pdf"
    copy.write_bytes(built.packet.path.read_bytes() + b"\n%%EOF\n")
    (found,) = (each for each in findings(copy) if each.rule == "metadata")
    assert found.holds is None


def test_an_encrypted_packet_is_told(packet: Path, tmp_path: Path) -> None:
    with pikepdf.open(packet) as pdf:
        pdf.save(tmp_path / "open.pdf", encryption=pikepdf.Encryption(owner="x", user=""))
        pdf.save(tmp_path / "shut.pdf", encryption=pikepdf.Encryption(owner="x", user="y"))
    assert "encryption" in broken(tmp_path / "open.pdf")
    with pytest.raises(PacketUnreadable, match="locked with a password"):
        check_packet(tmp_path / "shut.pdf")


@pytest.mark.parametrize("content", [b"", b"not a PDF", b"%PDF-1.7\nnothing more", b"%PDF-1.4\n%%EOF"])
def test_what_is_no_pdf_is_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.pdf").write_bytes(content)
    with pytest.raises(PacketUnreadable, match=r"x\.pdf: it is (not a PDF|damaged)\.$"):
        check_packet(tmp_path / "x.pdf")


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(PacketUnreadable, match="there is no such file"):
        check_packet(tmp_path / "x.pdf")


def test_an_exhibit_that_is_itself_a_packet_does_not_mislead(built: Built, tmp_path: Path) -> None:
    folder = packet_toml(tmp_path / "case", exhibit("Earlier filing", "old.pdf"), exhibit("New", "old.pdf"))
    (folder / "old.pdf").write_bytes(built.packet.path.read_bytes())
    build_packet(folder, tmp_path / "out.pdf")
    assert broken(tmp_path / "out.pdf") == {}


def test_page_lists_are_short() -> None:
    assert page_list([]) == ""
    assert page_list([4, 5, 6, 9]) == "4–6, 9"
    assert page_list(list(range(1, 100, 2))).endswith("37, 39 … (50 pages)")


def test_a_packet_with_tabs_of_many_letters_checks_clean(tmp_path: Path) -> None:
    folder = packet_toml(tmp_path / "case", *(exhibit(f"Paper {n}", "x.pdf") for n in range(130)))
    page_pdf(folder / "x.pdf")
    build_packet(folder, tmp_path / "out.pdf")
    assert broken(tmp_path / "out.pdf") == {}


TITLES = [
    *(
        "שלום עולם 5 מסמך",
        "شهادة ميلاد",
        "Свидетельство",
        "e\u0301n\u0303",
        "ﬁnal ½ x² №",
        "  spaced   out  ",
    ),
    *(
        "\"quoted\" 'single'",
        "back\\slash {b} [b] #h $m$ @a",
        "x" * 300,
        "self-evident co-operation " * 12,
        "word-" * 60,
    ),
    *("Tab B – trick", "Report 2014", "Proof of service", "Table of contents", "Certificate of translation"),
    *(
        "Document in English: page 4",
        "9–12",
        "A",
        "Page 3 of 9",
        "missing: Tab A",
        "https://example.org/" + "a/" * 90,
    ),
]


def test_titles_of_any_kind_check_clean(tmp_path: Path) -> None:
    folder = packet_toml(tmp_path / "case", *(exhibit(title, "x.pdf") for title in TITLES))
    page_pdf(folder / "x.pdf")
    build_packet(folder, tmp_path / "out.pdf")
    assert broken(tmp_path / "out.pdf") == {}


@pytest.mark.parametrize("forum", ["immigration_court", "bia", "uscis", "state_court"])
def test_a_fresh_packet_for_each_forum_checks_clean(tmp_path: Path, forum: str) -> None:
    folder = packet_toml(tmp_path / "case", exhibit("Paper", "x.pdf"), forum=forum)
    page_pdf(folder / "x.pdf")
    build_packet(folder, tmp_path / "out.pdf")
    assert broken(tmp_path / "out.pdf") == {}


def test_a_packet_without_a_hearing_checks_clean(tmp_path: Path) -> None:
    folder = packet_toml(tmp_path / "case", exhibit("Paper", "x.pdf"))
    page_pdf(folder / "x.pdf")
    text = (folder / "packet.toml").read_text()
    start, end = text.index("[hearing]"), text.index("[filer]")
    (folder / "packet.toml").write_text(text[:start] + text[end:])
    build_packet(folder, tmp_path / "out.pdf")
    assert broken(tmp_path / "out.pdf") == {}
