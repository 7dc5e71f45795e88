"""Photos and scans: upright, small enough, in plain colors, and with nothing but the picture in them."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from posada.packets.fitted_pages import fit_pdf
from posada.packets.image_bytes import NotAPicture, bare_jpeg, bare_jpeg2000
from posada.packets.located import NotUsable
from posada.packets.pictures import pictures_to_pdf
from tests.packets.made import page_pdf, photo


def seen(path: Path, page: int = 0) -> Image.Image:
    """A page as it is seen, a tenth of its size in dots."""
    with pypdfium2.PdfDocument(path) as pdf:
        return pdf[page].render(scale=0.1).to_pil().convert("RGB")


def middle_of(image: Image.Image, color: tuple[int, int, int]) -> tuple[float, float]:
    """Where a color stands, as shares of width and height."""
    near = [
        (x, y)
        for x in range(image.width)
        for y in range(image.height)
        if all(abs(a - b) < 60 for a, b in zip(image.getpixel((x, y)), color, strict=True))  # type: ignore[arg-type]
    ]
    assert near
    return sum(x for x, _ in near) / len(near) / image.width, sum(y for _, y in near) / len(
        near
    ) / image.height


@pytest.mark.parametrize(
    ("orientation", "where"),
    [(1, "left top"), (2, "right top"), (3, "right bottom"), (6, "right top"), (8, "left bottom")],
)
def test_a_photo_is_turned_as_the_camera_says(tmp_path: Path, orientation: int, where: str) -> None:
    photo(tmp_path / "x.jpg", orientation=orientation)
    assert pictures_to_pdf(tmp_path / "x.jpg", tmp_path / "x.pdf", is_heic=False) == 1
    x, y = middle_of(seen(tmp_path / "x.pdf"), (254, 0, 0))
    assert where == f"{'left' if x < 0.5 else 'right'} {'top' if y < 0.5 else 'bottom'}"


def test_a_heic_photo_of_a_phone_is_taken(tmp_path: Path) -> None:
    given = Path(__file__).parent / "photo.heic"
    assert pictures_to_pdf(given, tmp_path / "x.pdf", is_heic=True) == 1
    x, y = middle_of(seen(tmp_path / "x.pdf"), (254, 0, 0))
    assert x < 0.5 and y < 0.5  # its own code says how it is turned; what the camera adds is not asked
    assert b"CANARY" not in (tmp_path / "x.pdf").read_bytes()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_every_kind_of_color_is_taken(tmp_path: Path, mode: str, kind: str) -> None:
    if kind == "PNG" and mode in ("CMYK", "F", "I"):
        return
    path = tmp_path / f"x.{kind.lower()}"
    Image.new("L", (50, 80), 200).convert("RGB" if mode == "P" else "L").convert(mode).save(path, kind)
    assert pictures_to_pdf(path, tmp_path / "x.pdf", is_heic=False) == 1
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        picture = pdf.pages[0].obj.Resources.XObject.Im0
        assert picture.ColorSpace in ("/DeviceGray", "/DeviceRGB")


def test_what_is_see_through_stands_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(tmp_path / "x.png")
    pictures_to_pdf(tmp_path / "x.png", tmp_path / "x.pdf", is_heic=False)
    assert seen(tmp_path / "x.pdf").getextrema() == ((255, 255),) * 3


def test_a_tiff_of_several_pages_keeps_them_all_in_order(tmp_path: Path) -> None:
    frames = [Image.new("L", (100, 100), shade) for shade in (0, 120, 250)]
    frames[0].save(tmp_path / "x.tif", save_all=True, append_images=frames[1:])
    assert pictures_to_pdf(tmp_path / "x.tif", tmp_path / "x.pdf", is_heic=False) == 3
    shades = [seen(tmp_path / "x.pdf", page).getpixel((30, 39)) for page in range(3)]
    assert [shade[0] for shade in shades] == [0, 120, 250]  # type: ignore[index]


def test_a_large_photo_is_brought_to_two_hundred_dots_an_inch(tmp_path: Path) -> None:
    photo(tmp_path / "x.jpg", size=(6_000, 8_000))
    pictures_to_pdf(tmp_path / "x.jpg", tmp_path / "x.pdf", is_heic=False)
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        picture = pdf.pages[0].obj.Resources.XObject.Im0
        assert int(picture.Height) == 2_039 or int(picture.Width) == 1_600
    assert (tmp_path / "x.pdf").stat().st_size < 500_000


def test_a_small_jpeg_is_kept_byte_for_byte_but_for_what_is_unseen(tmp_path: Path) -> None:
    photo(tmp_path / "x.jpg", comment=b"CANARY")
    pictures_to_pdf(tmp_path / "x.jpg", tmp_path / "x.pdf", is_heic=False)
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        picture = pdf.pages[0].obj.Resources.XObject.Im0
        kept = picture.read_raw_bytes()
    assert b"CANARY" not in kept and b"Exif" not in kept
    with Image.open(tmp_path / "x.jpg") as before, Image.open(io.BytesIO(kept)) as after:
        assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_picture_that_is_cut_off_is_refused(tmp_path: Path, kind: str) -> None:
    Image.effect_noise((300, 300), 90).save(tmp_path / "x", kind)
    whole = (tmp_path / "x").read_bytes()
    for share in (0.01, 0.3, 0.9):
        (tmp_path / "x").write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(NotUsable):
            pictures_to_pdf(tmp_path / "x", tmp_path / "x.pdf", is_heic=False)


def test_a_gif_is_no_picture_that_is_taken(tmp_path: Path) -> None:
    Image.new("L", (9, 9)).save(tmp_path / "x", "GIF")
    with pytest.raises(NotUsable, match="no picture that can be read"):
        pictures_to_pdf(tmp_path / "x", tmp_path / "x.pdf", is_heic=False)


def segment(marker: int, content: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content


def test_segments_that_tell_are_dropped_wherever_they_stand() -> None:
    held = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(held, "JPEG", progressive=True)
    plain = held.getvalue()
    tale = (
        segment(0xE1, b"Exif\0\0CANARY") + segment(0xFE, b"CANARY") + segment(0xED, b"Photoshop 3.0\0CANARY")
    )
    at = plain.rfind(b"\xff\xda")
    told = plain[:2] + tale + plain[2:at] + segment(0xE1, b"CANARY") + plain[at:] + b"CANARY behind the end"
    bare = bare_jpeg(told)
    assert b"CANARY" not in bare
    with Image.open(io.BytesIO(plain)) as before, Image.open(io.BytesIO(bare)) as after:
        assert before.tobytes() == after.tobytes()


@given(st.binary(max_size=200))
def test_no_bytes_bring_the_reading_of_pictures_down(content: bytes) -> None:
    for start in (b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\x00\x04ab\xff\xda\x00\x02"):
        try:
            bare_jpeg(start + content)
        except NotAPicture:
            continue
    try:
        bare_jpeg2000(content)
    except NotAPicture:
        return


def test_a_jpeg_2000_loses_its_notes() -> None:
    held = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(held, "JPEG2000")
    plain = held.getvalue()
    tale = (8 + 16 + 6).to_bytes(4, "big") + b"uuid" + b"\0" * 16 + b"CANARY"
    assert bare_jpeg2000(plain) == plain
    at = plain.index(b"jp2c") - 4
    assert bare_jpeg2000(plain[:at] + tale + plain[at:]) == plain


def test_a_picture_that_cannot_be_bared_stops_its_exhibit(tmp_path: Path) -> None:
    cut = b"\xff\xd8" + segment(0xE1, b"Exif\0\0CANARY") + b"\xff\xdb\xff\xff a head that is cut off"

    def put_in(pdf: pikepdf.Pdf) -> None:
        told = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Width": 8, "Height": 8}
        picture = pikepdf.Stream(pdf, cut, **told, Filter=pikepdf.Name.DCTDecode)
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Im0=picture)
        pdf.pages[0].contents_add(b"q 100 0 0 100 0 0 cm /Im0 Do Q")

    page_pdf(tmp_path / "x.pdf", change=put_in)
    with pytest.raises(NotUsable, match="too damaged for what a camera wrote"):
        fit_pdf(tmp_path / "x.pdf", tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()
