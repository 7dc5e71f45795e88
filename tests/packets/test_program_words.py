"""What a program wrote beside a drawing goes; the drawing stays."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms

from posada.packets.normalize import normalize
from posada.packets.program_words import bare_profile
from tests.packets.made import page_pdf

MARK = b"CANARY"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(
    "drawn",
    [
        "% CANARY\n0 0 9 9 re f",
        "/Span << /ActualText (CANARY) >> BDC 0 0 9 9 re f EMC",
        "/Span << /ActualText <43414e415259> >> BDC 0 0 9 9 re f EMC",
        "/Own << /Say (CANARY) >> DP 0 0 9 9 re f",
    ],
)
def test_remarks_and_texts_beside_a_drawing_go(tmp_path: Path, drawn: str) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(drawn.encode())
        pdf.pages[0].obj.Resources.Font.F1.Own = String("CANARY")

    page_pdf(tmp_path / "in.pdf", change=change)
    assert normalize(tmp_path / "in.pdf", tmp_path / "out.pdf", name="in.pdf").notes == []
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        streams = [each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        others = [each.unparse() for each in pdf.objects if not isinstance(each, pikepdf.Stream)]
    assert not any(MARK in each or MARK.hex().encode() in each for each in [*streams, *others])
    assert any(b"0 0 9 9 re" in each for each in streams)


def test_a_layer_that_is_seen_loses_its_name(tmp_path: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("CANARY"), Usage=Dictionary()))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(ON=Array([layer])))
        pdf.pages[0].obj.Resources.Properties = Dictionary(L=layer)
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/OC /L BDC 0 0 9 9 re f EMC")

    page_pdf(tmp_path / "in.pdf", change=change)
    normalize(tmp_path / "in.pdf", tmp_path / "out.pdf", name="in.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        layers = [
            each for each in pdf.objects if isinstance(each, Dictionary) and each.get(Name.Type) == Name.OCG
        ]
        assert [str(each.Name) for each in layers] == ["Layer"]
        assert any(
            b"/OC /L BDC" in each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream)
        )


def test_a_profile_of_colors_keeps_its_numbers_and_loses_its_words() -> None:
    bare = bare_profile(SRGB + MARK)
    assert MARK not in bare and b"s\0R\0G\0B" not in bare and b"sRGB" not in bare[132:]
    assert len(bare) <= len(SRGB)
    again = ImageCms.ImageCmsProfile(ImageCms.core.profile_frombytes(bare))
    assert ImageCms.buildTransform(again, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    assert bare_profile(bare) == bare


@pytest.mark.parametrize(
    "content", [b"", MARK * 40, SRGB[:100], bytes(200)], ids=["empty", "other", "cut", "zeros"]
)
def test_what_is_no_profile_becomes_nothing(content: bytes) -> None:
    assert bare_profile(content) == b""
