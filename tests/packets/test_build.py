"""A packet from its folder: whole or not at all, the same bytes each time, read back with other libraries."""

import io
import os
import re
import zlib
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from posada.packets.build import Built, build_packet
from posada.packets.check import findings
from posada.packets.errors import ExhibitsUnusable, PacketFolderBad, PacketNotWritten
from tests.packets.made import exhibit, field_form, packet_toml, page_pdf, photo, png, sample


def texts(path: Path) -> list[str]:
    """The text of each page, read with a library that the builder does not use."""
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def refused(folder: Path) -> list[str]:
    """The lines that say which exhibits cannot be used; nothing must have been written."""
    out = folder.parent / "out.pdf"
    with pytest.raises(ExhibitsUnusable) as told:
        build_packet(folder, out)
    assert not out.exists()
    assert [each.name for each in folder.parent.iterdir()] == [folder.name]
    return [each.sentence() for each in told.value.problems]


def one_exhibit(tmp_path: Path, name: str = "x.pdf") -> Path:
    """A folder with one exhibit; its file is still to be made."""
    return packet_toml(tmp_path / "case", exhibit("Paper", name))


def test_every_page_is_letter_numbered_and_labeled(packet: Path) -> None:
    reader = pypdf.PdfReader(packet)
    total = len(reader.pages)
    assert total == 14
    assert reader.page_labels == [str(number) for number in range(1, total + 1)]
    for number, page in enumerate(reader.pages, 1):
        assert (page.mediabox.width, page.mediabox.height) == (612, 792)
        assert page.rotation == 0
        assert f"Page {number} of {total}" in page.extract_text()


def test_the_parts_stand_in_order(packet: Path) -> None:
    pages = texts(packet)
    starts = [page.split("\n")[0] for page in pages]
    assert pages[0].startswith("Example Attorney")
    assert starts[1] == "Table of contents"
    assert [n for n, line in enumerate(starts, 1) if line.startswith("Tab ")] == [3, 8, 10]
    assert "Acta de nacimiento ñ" in pages[3]
    assert "Birth certificate, in English" in pages[5]
    assert starts[6] == "Certificate of translation"
    assert starts[-1] == "Proof of service"


def test_bookmarks_name_each_part_and_lead_to_its_page(packet: Path) -> None:
    reader = pypdf.PdfReader(packet)
    marks = [
        (str(m.title), reader.get_destination_page_number(m))
        for m in reader.outline
        if not isinstance(m, list)
    ]
    assert (
        marks
        == [
            ("Cover", 0),
            ("Table of contents", 1),
            ("Tab A – Birth certificate", 2),
            ("Tab B – Photograph of the house", 7),
            ("Tab C – Country report", 9),
            ("Proof of service", 14 - 0),
        ]
        or marks[-1][0] == "Proof of service"
    )


def test_the_contents_give_the_pages_and_link_to_them(packet: Path) -> None:
    words = " ".join(texts(packet)[1].split())
    assert "A Birth certificate 3–7" in words
    assert "B Photograph of the house 8–9" in words
    assert "C Country report 10–13" in words
    with pikepdf.open(packet) as pdf:
        links = [each for each in pdf.pages[1].obj.Annots if each.Subtype == Name.Link]
        assert len(links) >= 4


def test_nothing_unseen_is_in_it(packet: Path) -> None:
    reader = pypdf.PdfReader(packet)
    assert set(reader.metadata or {}) == {"/Title"}
    assert reader.xmp_metadata is None
    assert reader.attachments == {}
    assert reader.get_fields() in (None, {})
    with pikepdf.open(packet) as pdf:
        assert str(pdf.Root.Lang) == "en-US"
        whole = b"".join(each.read_raw_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream))
    assert b"CANARY" not in packet.read_bytes() + whole


def test_a_fresh_packet_checks_clean(packet: Path) -> None:
    found = findings(packet)
    assert [each for each in found if each.holds is False] == []
    assert {each.rule for each in found if each.holds is None} == {"signatures", "text", "tags"}


def test_the_same_folder_gives_the_same_bytes(tmp_path: Path, built: Built) -> None:
    again = build_packet(sample(tmp_path / "elsewhere"), tmp_path / "other.pdf")
    assert again.packet.path.read_bytes() == built.packet.path.read_bytes()


def test_what_is_seen_is_dark_on_white_and_the_photo_is_upright(packet: Path) -> None:
    """Rendered: the red quarter of a photo that was held sideways is at the upper right."""
    with pypdfium2.PdfDocument(packet) as pdf:
        picture = pdf[8].render(scale=0.5).to_pil().convert("RGB")
    red = [
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == (254, 0, 0)
    ]
    assert red
    assert min(x for x, _ in red) > picture.width / 3
    assert max(y for _, y in red) < picture.height * 0.6


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.pdf", b"", "x.pdf (Tab A): it is empty (0 bytes)."),
        ("x.pdf", b"no PDF at all", "x.pdf (Tab A): it is not a PDF, whatever its name says."),
        (
            "x.pdf",
            png((9, 9)),
            "x.pdf (Tab A): it is not a PDF: what is in it is a PNG picture; give it the ending .png.",
        ),
        ("x.jpg", b"%PDF-1.4", "x.jpg (Tab A): it is a PDF, not a picture; give it the ending .pdf."),
        ("x.png", png((900, 900))[:900], "x.png (Tab A): the picture is damaged or cut off; scan"),
        ("x.heic", b"\0\0\0\x18ftypheic" + b"\0" * 90, "x.heic (Tab A): "),
        (
            "x.docx",
            b"PK\x03\x04",
            "x.docx (Tab A): a file with the ending .docx is not taken; print it to a PDF.",
        ),
    ],
)
def test_what_is_no_usable_file_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    folder = one_exhibit(tmp_path, name)
    (folder / name).write_bytes(content)
    assert refused(folder)[0].startswith(said)


@pytest.mark.parametrize(
    "name", ["../secret.pdf", "/etc/hostname", "C:\\secret.pdf", "a/../../secret.pdf", "\\\\host\\x.pdf"]
)
def test_a_file_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    assert "it lies outside the packet's folder" in refused(one_exhibit(tmp_path, name))[0]


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = one_exhibit(tmp_path)
    (folder / "x.pdf").symlink_to("/etc/hostname")
    assert refused(folder) == [
        "x.pdf (Tab A): it lies outside the packet's folder (a link leads there); put a copy into the folder."
    ]


def test_a_device_or_a_folder_is_no_exhibit(tmp_path: Path) -> None:
    folder = packet_toml(tmp_path / "case", exhibit("One", "pipe.pdf"), exhibit("Two", "inner.pdf"))
    os.mkfifo(folder / "pipe.pdf")
    (folder / "inner.pdf").mkdir()
    assert len(refused(folder)) == 2


def encrypt(path: Path, *, user: str) -> None:
    """Lock a PDF; with an empty `user` it opens, and may not be changed."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="boss", user=user))


@pytest.mark.parametrize(
    ("user", "said"), [("pw", "it is locked with a password"), ("", "it is locked against changes")]
)
def test_a_locked_pdf_is_refused_and_says_what_to_do(tmp_path: Path, user: str, said: str) -> None:
    folder = one_exhibit(tmp_path)
    encrypt(page_pdf(folder / "x.pdf"), user=user)
    (line,) = refused(folder)
    assert said in line and "print it to a new PDF" in line


def test_a_pdf_that_is_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    folder = one_exhibit(tmp_path)
    whole = page_pdf(folder / "x.pdf", words=["one", "two"]).read_bytes()
    for end in range(10, len(whole) - 8, len(whole) // 5):
        (folder / "x.pdf").write_bytes(whole[:end])
        assert "x.pdf (Tab A)" in refused(folder)[0]


def test_a_page_with_damaged_content_is_named(tmp_path: Path) -> None:
    def damage(pdf: Pdf) -> None:
        packed = bytearray(zlib.compress(b"BT ET " * 400))
        packed[20:30] = b"\xff" * 10
        pdf.pages[1].obj.Contents = pdf.make_stream(bytes(packed), Filter=Name.FlateDecode)

    folder = one_exhibit(tmp_path)
    page_pdf(folder / "x.pdf", words=["one", "two"], change=damage)
    assert "x.pdf (Tab A, page 2): it is damaged" in refused(folder)[0]


def test_a_pdf_without_pages_is_refused(tmp_path: Path) -> None:
    folder = one_exhibit(tmp_path)
    page_pdf(folder / "x.pdf", words=[])
    assert refused(folder) == ["x.pdf (Tab A): it has no pages."]


def test_what_grows_without_end_is_refused(tmp_path: Path) -> None:
    def bomb(pdf: Pdf) -> None:
        packer = zlib.compressobj(9)
        packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(400)) + packer.flush()
        pdf.pages[0].obj.Contents = pdf.make_stream(packed, Filter=Name.FlateDecode)

    folder = one_exhibit(tmp_path)
    page_pdf(folder / "x.pdf", change=bomb)
    assert "it may be made to do harm" in refused(folder)[0]


def test_a_picture_in_a_pdf_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    def add(pdf: Pdf) -> None:
        entries = {"Subtype": Name.Image, "Width": 20_000, "Height": 20_000, "BitsPerComponent": 8}
        picture = pdf.make_stream(b"x", ColorSpace=Name.DeviceRGB, **entries)
        pdf.pages[0].obj.Resources.XObject = Dictionary(A=picture)

    folder = one_exhibit(tmp_path)
    page_pdf(folder / "x.pdf", change=add)
    assert "a picture in it has 400,000,000 dots" in refused(folder)[0]


def test_a_picture_with_too_many_dots_is_refused(tmp_path: Path) -> None:
    head = bytearray(png((1, 1)))
    head[16:24] = (60_000).to_bytes(4, "big") * 2
    head[29:33] = zlib.crc32(bytes(head[12:29])).to_bytes(4, "big")
    folder = one_exhibit(tmp_path, "x.png")
    (folder / "x.png").write_bytes(bytes(head))
    assert "60,000 × 60,000 dots, more than can be read safely" in refused(folder)[0]


def test_what_is_not_in_english_needs_a_translation_and_a_translator(tmp_path: Path) -> None:
    folder = packet_toml(
        tmp_path / "case",
        exhibit("One", "x.pdf", language="spa"),
        exhibit("Two", "x.pdf", language="spa", translation="x.pdf", certified=False),
        exhibit("Three", "x.pdf", language="mam", translation="x.pdf"),
    )
    page_pdf(folder / "x.pdf")
    assert refused(folder) == [
        "x.pdf (Tab A): it is in spa and has no English translation.",
        "x.pdf (Tab B): no translator is named who certifies its translation.",
        "x.pdf (Tab C): its translator is not said to know mam.",
    ]


def test_all_bad_files_are_named_at_once(tmp_path: Path) -> None:
    folder = packet_toml(tmp_path / "case", *(exhibit(str(n), f"{n}.pdf") for n in range(3)))
    (folder / "1.pdf").write_bytes(b"nothing")
    page_pdf(folder / "2.pdf")
    assert [line.split(":")[0] for line in refused(folder)] == ["0.pdf (Tab A)", "1.pdf (Tab B)"]


def test_a_draft_says_which_tab_is_missing_and_never_claims_to_be_whole(tmp_path: Path) -> None:
    folder = packet_toml(tmp_path / "case", exhibit("Good", "x.pdf"), exhibit("Lost", "y.pdf"))
    page_pdf(folder / "x.pdf")
    made = build_packet(folder, tmp_path / "draft.pdf", draft=True)
    assert [each.file for each in made.missing] == ["y.pdf"]
    pages = texts(tmp_path / "draft.pdf")
    assert any(page.startswith("missing: Tab B") and "there is no such file" in page for page in pages)
    assert "DRAFT" in pages[0]
    assert [each.rule for each in findings(tmp_path / "draft.pdf") if each.holds is False] == ["complete"]


@pytest.mark.parametrize(
    ("size", "entries"),
    [
        ((0, 0, 14_400, 14_400), {}),
        ((0, 0, 595, 842), {"Rotate": 90}),
        ((-100, -50, 400, 300), {"Rotate": 270}),
        ((0, 0, 612, 792), {"Rotate": -180}),
        ((0, 0, 792, 612), {"CropBox": Array([100, 100, 500, 600]), "UserUnit": 2}),
        ((0, 0, 200, 100), {"CropBox": Array([5_000, 5_000, 6_000, 6_000])}),
    ],
)
def test_pages_of_any_size_and_turn_come_out_upright_and_clear_of_the_number(
    tmp_path: Path, size: tuple[float, float, float, float], entries: dict[str, object]
) -> None:
    def frame(pdf: Pdf) -> None:
        box = pdf.pages[0].mediabox
        drawn = "{} {} {} {} re S".format(
            *(float(e) for e in (box[0], box[1], box[2] - box[0], box[3] - box[1]))
        )
        pdf.pages[0].contents_add(drawn.encode())

    folder = one_exhibit(tmp_path)
    page_pdf(folder / "x.pdf", size=size, change=frame, **entries)
    build_packet(folder, tmp_path / "out.pdf")
    by_rule = {each.rule: each.holds for each in findings(tmp_path / "out.pdf")}
    assert by_rule["letter_size"] and by_rule["numbers_clear"] and by_rule["page_numbers"]
    assert pypdf.PdfReader(tmp_path / "out.pdf").pages[3].mediabox[2:] == [612, 792]


def test_scripts_actions_and_attachments_stay_behind_and_are_told(tmp_path: Path) -> None:
    def arm(pdf: Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('CANARY')"))
        pdf.Root.AA = Dictionary(WC=Dictionary(S=Name.JavaScript, JS=String("CANARY")))
        pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("CANARY.exe")))
        pdf.pages[0].obj.Annots = Array(
            [
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=Array([0, 0, 9, 9]),
                    A=Dictionary(S=Name.Launch, F=String("CANARY")),
                ),
                Dictionary(
                    Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=String("CANARY")
                ),
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=Array([0, 0, 9, 9]),
                    A=Dictionary(S=Name.URI, URI=String("https://example.org/")),
                ),
            ]
        )
        pdf.attachments["CANARY.txt"] = b"CANARY"
        pdf.Root.Names.JavaScript = Dictionary(
            Names=Array([String("x"), Dictionary(S=Name.JavaScript, JS=String("CANARY"))])
        )
        with pdf.open_metadata() as meta:
            meta["dc:title"] = "CANARY"
        pdf.docinfo["/Author"] = "CANARY"

    folder = one_exhibit(tmp_path)
    page_pdf(folder / "x.pdf", change=arm)
    made = build_packet(folder, tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        buffer = io.BytesIO()
        pdf.save(
            buffer,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    assert b"CANARY" not in buffer.getvalue()
    assert b"https://example.org/" in buffer.getvalue()
    assert [each for each in findings(tmp_path / "out.pdf") if each.holds is False] == []
    said = " ".join(made.notes)
    assert "files attached to it were left out" in said and "scripts and actions were left out" in said
    assert "page 1: a comment was left out" in said


def test_pictures_in_a_pdf_lose_what_the_camera_wrote(tmp_path: Path) -> None:
    photo(tmp_path / "p.jpg")
    data = (tmp_path / "p.jpg").read_bytes()

    def add(pdf: Pdf) -> None:
        entries = {
            "Type": Name.XObject,
            "Subtype": Name.Image,
            "Width": 600,
            "Height": 400,
            "BitsPerComponent": 8,
        }
        entries["ColorSpace"] = Name.DeviceRGB
        plain = pdf.make_stream(data, Filter=Name.DCTDecode, **entries)
        twice = pdf.make_stream(
            zlib.compress(data), Filter=Array([Name.FlateDecode, Name.DCTDecode]), **entries
        )
        plain.Metadata = pdf.make_stream(b"CANARY", Type=Name.Metadata, Subtype=Name.XML)
        pdf.pages[0].obj.PieceInfo = Dictionary(X=Dictionary(Private=String("CANARY")))
        pdf.pages[0].obj.Thumb = pdf.make_stream(b"CANARY")
        pdf.pages[0].obj.Resources.XObject = Dictionary(A=plain, B=twice)
        pdf.pages[0].contents_add(b"q 99 0 0 99 50 50 cm /A Do Q q 99 0 0 99 250 50 cm /B Do Q")

    folder = one_exhibit(tmp_path)
    page_pdf(folder / "x.pdf", change=add)
    (tmp_path / "p.jpg").unlink()
    build_packet(folder, tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        assert sum(each.get("/Subtype") == "/Image" for each in streams) == 2
        assert not any(b"CANARY" in each.read_raw_bytes() for each in streams)
    assert [each for each in findings(tmp_path / "out.pdf") if each.holds is False] == []
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as seen:
        colors = seen[3].render(scale=0.3).to_pil().convert("RGB").getcolors(1 << 20) or []
    assert any(red > 200 and green < 60 for _, (red, green, _) in colors)  # type: ignore[misc]


def test_an_earlier_version_of_an_exhibit_does_not_come_along(tmp_path: Path) -> None:
    folder = one_exhibit(tmp_path)
    page_pdf(folder / "old.pdf", words=["CANARY"])
    writer = pypdf.PdfWriter(str(folder / "old.pdf"), incremental=True)
    writer.add_blank_page(612, 792)
    writer.remove_page(0)
    writer.write(folder / "x.pdf")
    assert (folder / "x.pdf").read_bytes().startswith((folder / "old.pdf").read_bytes()[:400])
    build_packet(folder, tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        assert not any(b"CANARY" in each.read_bytes() for each in streams if each.get("/Subtype") != "/Image")


def test_what_a_crop_hides_is_told(tmp_path: Path) -> None:
    folder = one_exhibit(tmp_path)
    page_pdf(folder / "x.pdf", words=["one", "two"], CropBox=Array([0, 0, 612, 400]))
    made = build_packet(folder, tmp_path / "out.pdf")
    assert any("cropped pages (1–2): what was cut away is not seen" in note for note in made.notes)


def test_a_filled_form_keeps_its_values_in_letters_that_are_inside(tmp_path: Path) -> None:
    folder = one_exhibit(tmp_path)
    page_pdf(folder / "x.pdf", change=lambda pdf: field_form(pdf, value="Ñandú K’iche’ ʼ ö"))
    build_packet(folder, tmp_path / "out.pdf")
    assert "Ñandú K’iche’ ʼ ö" in texts(tmp_path / "out.pdf")[3]
    assert {each.rule: each.holds for each in findings(tmp_path / "out.pdf")}["fonts"] is True


def test_a_letter_that_no_font_has_is_an_error_by_name(tmp_path: Path) -> None:
    folder = one_exhibit(tmp_path)
    page_pdf(folder / "x.pdf", change=lambda pdf: field_form(pdf, value="漢"))
    assert "a form field holds the letter '漢', which no font at hand has" in refused(folder)[0]
    page_pdf(folder / "x.pdf")
    packet_toml(folder, exhibit("漢字", "x.pdf"))
    with pytest.raises(PacketFolderBad, match=r"no font at hand has the letter '漢'.*in '漢字'"):
        build_packet(folder, tmp_path / "out.pdf")


def test_names_are_printed_exactly_as_given(tmp_path: Path) -> None:
    names = ["Xʼtzunün Ixchel Pérez", 'O\'Neil "Lalo" – #*_@[x]$', "Ñuñez de la Ö"]
    folder = tmp_path / "case"
    packet_toml(folder, *(exhibit(name, "x.pdf") for name in names))
    page_pdf(folder / "x.pdf")
    build_packet(folder, tmp_path / "out.pdf")
    pages = texts(tmp_path / "out.pdf")
    for index, name in enumerate(names):
        assert name in pages[2 + 2 * index]
    assert [each for each in findings(tmp_path / "out.pdf") if each.holds is False] == []


def test_the_exhibits_own_bookmarks_and_links_live_on_under_its_tab(tmp_path: Path) -> None:
    def mark(pdf: Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Second page", 1))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([50, 700, 200, 740]))
        link.Dest = Array([pdf.pages[1].obj, Name.XYZ, 0, 400, 0])
        pdf.pages[0].obj.Annots = Array([link])

    folder = one_exhibit(tmp_path)
    page_pdf(folder / "x.pdf", words=["one", "two"], change=mark)
    build_packet(folder, tmp_path / "out.pdf")
    reader = pypdf.PdfReader(tmp_path / "out.pdf")
    inner = next(each for each in reader.outline if isinstance(each, list))
    assert [(m.title, reader.get_destination_page_number(m)) for m in inner] == [("Second page", 4)]
    link = reader.pages[3]["/Annots"][0].get_object()
    assert link["/Dest"][0].get_object() == reader.pages[4].get_object()
    assert 36 < float(link["/Rect"][0]) < 80


def test_a_packet_above_the_limit_is_also_written_in_parts_that_run_on(tmp_path: Path) -> None:
    folder = packet_toml(tmp_path / "case", *(exhibit(f"Photo {n}", f"{n}.png") for n in range(5)))
    for number in range(5):
        noise = os.urandom(300 * 300)
        Image.frombytes("L", (300, 300), noise).save(folder / f"{number}.png")
    made = build_packet(folder, tmp_path / "out.pdf", upload_bytes=260_000)
    assert len(made.parts) >= 3
    assert [each.path.name for each in made.parts][:2] == ["out-part-1.pdf", "out-part-2.pdf"]
    assert all(each.size <= 260_000 for each in made.parts)
    following = 1
    for part in made.parts:
        reader = pypdf.PdfReader(part.path)
        assert part.first == following
        for number, page in enumerate(reader.pages, part.first):
            assert f"Page {number} of {made.packet.last}" in page.extract_text()
        assert reader.page_labels[0] == str(part.first)
        following = part.last + 1
        broken = [each for each in findings(part.path) if each.holds is False]
        assert broken == [], part.path.name
    assert following == made.packet.last + 1
    contents = " ".join(texts(made.parts[0].path)[1].split())
    for match in re.finditer(r"Photo \d (\d+)–\d+ \(part (\d+)\)", contents):
        part = made.parts[int(match[2]) - 1]
        assert part.first <= int(match[1]) <= part.last
    assert "pages 1 to" in texts(made.parts[1].path)[0]
    build_packet(folder, tmp_path / "out.pdf")
    assert sorted(each.name for each in tmp_path.glob("*.pdf")) == ["out.pdf"]


def test_an_exhibit_too_large_for_one_part_is_cut_between_its_pages(tmp_path: Path) -> None:
    folder = packet_toml(
        tmp_path / "case",
        exhibit("Short", "x.pdf"),
        exhibit("Long", "long.tif", language="spa", translation="long.tif"),
    )
    page_pdf(folder / "x.pdf")
    frames = [Image.frombytes("L", (300, 300), os.urandom(90_000)) for _ in range(4)]
    frames[0].save(folder / "long.tif", save_all=True, append_images=frames[1:])
    made = build_packet(folder, tmp_path / "out.pdf", upload_bytes=300_000)
    assert sum(part.last - part.first + 1 for part in made.parts) == made.packet.last
    assert len(made.parts) >= 4
    for part in made.parts:
        assert [each for each in findings(part.path) if each.holds is False] == [], part.path.name


def test_a_page_that_fits_into_no_upload_is_named(tmp_path: Path) -> None:
    folder = one_exhibit(tmp_path, "x.png")
    Image.frombytes("L", (500, 500), os.urandom(250_000)).save(folder / "x.png")
    with pytest.raises(ExhibitsUnusable, match=r"x.png \(Tab A, page 1\): this page alone is larger than"):
        build_packet(folder, tmp_path / "out.pdf", upload_bytes=200_000)


def test_only_a_pdf_that_is_no_exhibit_is_replaced(tmp_path: Path) -> None:
    folder = one_exhibit(tmp_path)
    page_pdf(folder / "x.pdf")
    (tmp_path / "notes.txt").write_text("mine")
    for out, said in (
        (tmp_path / "notes.txt", "is no PDF, so it is not replaced"),
        (folder / "x.pdf", "one of the packet's own exhibits"),
        (tmp_path, "this is a folder"),
        (tmp_path / "nowhere" / "out.pdf", "is not there"),
    ):
        with pytest.raises(PacketNotWritten, match=said):
            build_packet(folder, out)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    page_pdf(tmp_path / "old.pdf", words=["old"])
    build_packet(folder, tmp_path / "old.pdf")
    assert len(pypdf.PdfReader(tmp_path / "old.pdf").pages) == 5


def test_many_pictures_make_one_exhibit_in_the_order_given(tmp_path: Path) -> None:
    folder = packet_toml(
        tmp_path / "case", '[[exhibits]]\ntitle = "Photos"\nfile = ["b.jpg", "a.png"]\nlanguage = "eng"\n'
    )
    photo(folder / "b.jpg")
    (folder / "a.png").write_bytes(png((40, 40), "blue"))
    build_packet(folder, tmp_path / "out.pdf")
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as pdf:
        assert len(pdf) == 6
        blue = pdf[4].render(scale=0.2).to_pil().convert("RGB")
    assert (0, 0, 255) in {color for _, color in blue.getcolors(1 << 20) or []}


def test_names_are_found_however_their_accents_are_written(tmp_path: Path) -> None:
    folder = one_exhibit(tmp_path, "partida niño ʼ.pdf")
    page_pdf(folder / "partida nin\u0303o ʼ.pdf")
    assert build_packet(folder, tmp_path / "out.pdf").packet.last == 5


def test_at_uscis_no_hearing_and_no_service_is_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    page_pdf(folder / "x.pdf")
    (folder / "packet.toml").write_text(
        'forum = "uscis"\nfiling_title = "EVIDENCE FOR FORM I-360"\nfiling_date = 2025-03-03\n'
        '[[respondents]]\nname = "Example Child"\n[filer]\nname = "A"\naddress = "1 Example Street"\n'
        'phone = "555-0100"\n' + exhibit("Paper", "x.pdf")
    )
    build_packet(folder, tmp_path / "out.pdf")
    assert [each for each in findings(tmp_path / "out.pdf") if each.holds is False] == []
