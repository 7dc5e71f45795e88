"""Turn photos and scans into Letter pages: upright, at most 200 dots an inch, with nothing but the picture.

Comes in: a JPEG, PNG, TIFF or HEIC file. Goes out: a PDF with one page a picture (a TIFF may hold several).
Runs in a process of its own with bounded memory and time (`worker.py`).
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_pictures.py.
"""

import io
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from posada.packets.image_bytes import NotAPicture, bare_jpeg
from posada.packets.located import NotUsable
from posada.packets.page_space import HEIGHT, ROOM, WIDTH, number

DOTS_PER_INCH = 200
MOST_PIXELS = 120_000_000
"""Of a picture that is held whole in memory."""
MOST_JPEG_PIXELS = 400_000_000
"""A JPEG is made smaller while it is read."""
MOST_FRAMES = 2_000
JPEG_QUALITY = 88
_SMALL_BYTES = 1_500_000
"""A picture that takes no more than this without loss stays without loss."""

_ROOM_WIDTH, _ROOM_HEIGHT = ROOM[2] - ROOM[0], ROOM[3] - ROOM[1]
_FORMATS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "TIFF": "TIFF", "HEIF": "HEIC"}


@dataclass(frozen=True, slots=True)
class _Packed:
    """A picture as a PDF holds it."""

    data: bytes
    width: int
    height: int
    filters: str  # "/DCTDecode" or "/FlateDecode"
    gray: bool
    bits: int = 8


def pictures_to_pdf(path: Path, out: Path, *, is_heic: bool) -> int:
    """Write the pictures of a file as a PDF; how many pages it has. Raises NotUsable."""
    if is_heic:
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # `_check_size` is stricter, and knows what each format costs
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(path, formats=("HEIF",) if is_heic else ("JPEG", "PNG", "TIFF")) as image:
                return _write(list_of_pages=_packed(path, image), out=out)
        except NotUsable:
            raise
        except UnidentifiedImageError:
            raise NotUsable("it is no picture that can be read (JPEG, PNG, TIFF or HEIC)") from None
        except MemoryError:
            raise NotUsable("the picture is too large to be read") from None
        except (OSError, SyntaxError, ValueError, EOFError, zlib.error, IndexError, TypeError, KeyError):
            raise NotUsable("the picture is damaged or cut off; scan or take it again") from None
        except (RuntimeError, ZeroDivisionError, OverflowError, AttributeError, Image.DecompressionBombError):
            raise NotUsable("the picture is damaged; scan or take it again") from None


def _write(*, list_of_pages: Iterator[_Packed], out: Path) -> int:
    with pikepdf.new() as pdf:
        for packed in list_of_pages:
            _add_page(pdf, packed)
        pdf.save(out, deterministic_id=True)
        return len(pdf.pages)


def _packed(path: Path, image: Image.Image) -> Iterator[_Packed]:
    kind = _FORMATS.get(image.format or "")
    if kind is None:
        raise NotUsable("it is no picture of a kind that is taken (JPEG, PNG, TIFF or HEIC)")
    frames = getattr(image, "n_frames", 1) if kind in ("TIFF", "HEIC") else 1
    if frames > MOST_FRAMES:
        raise NotUsable(f"it holds more than {MOST_FRAMES:,} pictures")
    if kind == "JPEG":
        yield _jpeg(path, image)
        return
    listed = ImageSequence.Iterator(image) if frames > 1 else iter([image])
    for page, frame in enumerate(listed, 1):
        try:
            _check_size(frame, most=MOST_PIXELS)
            yield _compressed(_resized(_upright(frame)), lossy=kind == "HEIC")
        except (OSError, SyntaxError, ValueError, EOFError):
            where = page if frames > 1 else None
            raise NotUsable("the picture is damaged or cut off; scan it again", page=where) from None


def _jpeg(path: Path, image: Image.Image) -> _Packed:
    _check_size(image, most=MOST_JPEG_PIXELS)
    turned = image.getexif().get(0x0112, 1) not in (None, 0, 1)
    fits = max(image.size) <= _most_pixels(tall=True) and min(image.size) <= _most_pixels(tall=False)
    plain = image.mode in ("RGB", "L") and "icc_profile" not in image.info
    if fits and plain and not turned:
        image.load()  # a picture that is cut off says so here
        try:
            data = bare_jpeg(path.read_bytes(), keep_profile=False)
        except NotAPicture:
            raise NotUsable("the picture is damaged or cut off; take it again") from None
        return _Packed(data, *image.size, "/DCTDecode", gray=image.mode == "L")
    image.draft(None, _target(image.size))  # reads it at a half, a quarter or an eighth where that is enough
    return _compressed(_resized(_upright(image)), lossy=True)


def _check_size(image: Image.Image, *, most: int) -> None:
    width, height = image.size
    if width < 1 or height < 1:
        raise NotUsable("the picture has no size")
    if width * height > most:
        raise NotUsable(f"the picture has {width:,} × {height:,} dots, more than can be read safely")


def _upright(image: Image.Image) -> Image.Image:
    """As it was held when it was taken, on white, in gray or sRGB, with 8 bits (or 1)."""
    image.load()
    turned = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    if turned.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        turned = _eight_bits(turned)
    if turned.mode == "1":
        return turned
    if turned.has_transparency_data:
        turned = turned.convert("RGBA")
        white = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(white, turned).convert("RGB")
    elif turned.mode not in ("L", "RGB", "CMYK"):
        turned = turned.convert("RGB")
    return _in_srgb(turned, profile)


def _eight_bits(image: Image.Image) -> Image.Image:
    if image.mode == "F":
        return image.convert("L")
    most = 255 if image.mode == "I" and (image.getextrema() or (0, 0))[1] <= 255 else 65_535  # type: ignore[operator]
    return image.convert("I").point(lambda value: value * (255 / most)).convert("L")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    wanted = "L" if image.mode == "L" else "RGB"
    if profile and image.mode != "L":
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, given, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None  # a profile that cannot be read is left aside
        if converted is not None:
            return converted
    return image if image.mode == wanted else image.convert(wanted)


def _most_pixels(*, tall: bool) -> int:
    return round((_ROOM_HEIGHT if tall else _ROOM_WIDTH) / 72 * DOTS_PER_INCH)


def _target(size: tuple[int, int]) -> tuple[int, int]:
    """The size in dots at which a picture fills its room on the page at 200 dots an inch."""
    scale = min(_most_pixels(tall=False) / size[0], _most_pixels(tall=True) / size[1])
    turned = min(_most_pixels(tall=False) / size[1], _most_pixels(tall=True) / size[0])
    scale = min(max(scale, turned), 1.0)  # the larger: a photo may yet be turned
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _resized(image: Image.Image) -> Image.Image:
    scale = min(_most_pixels(tall=False) / image.width, _most_pixels(tall=True) / image.height)
    if scale >= 1.0:
        return image
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    smooth = image.convert("L") if image.mode == "1" else image
    return smooth.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _compressed(image: Image.Image, *, lossy: bool) -> _Packed:
    gray = image.mode in ("L", "1")
    if not lossy:
        data = zlib.compress(image.tobytes(), 9)
        if len(data) <= _SMALL_BYTES or image.mode == "1":
            return _Packed(data, *image.size, "/FlateDecode", gray=gray, bits=1 if image.mode == "1" else 8)
    held = io.BytesIO()
    image.save(held, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return _Packed(bare_jpeg(held.getvalue()), *image.size, "/DCTDecode", gray=gray)


def _add_page(pdf: pikepdf.Pdf, packed: _Packed) -> None:
    picture = pdf.make_stream(
        packed.data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=packed.width,
        Height=packed.height,
        ColorSpace=Name.DeviceGray if packed.gray else Name.DeviceRGB,
        BitsPerComponent=packed.bits,
        Filter=Name(packed.filters),
    )
    scale = min(_ROOM_WIDTH / packed.width, _ROOM_HEIGHT / packed.height, 1.0)
    width, height = packed.width * scale, packed.height * scale
    x, y = (ROOM[0] + ROOM[2] - width) / 2, (ROOM[1] + ROOM[3] - height) / 2
    drawn = f"q {number(width)} 0 0 {number(height)} {number(x)} {number(y)} cm /Im0 Do Q"
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, WIDTH, HEIGHT]),
        Resources=Dictionary(XObject=Dictionary(Im0=picture)),
        Contents=pdf.make_stream(drawn.encode("ascii")),
    )
    pdf.pages.append(pikepdf.Page(page))
