"""Files that are small where they are sent and large, deep or endless where they are opened; nobody is in them."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache

MILLION = b"0" * 1_000_000
PNG = b"\x89PNG\r\n\x1a\n"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><svg>&a11;</svg>"
)
HEADER = b"child_id,sibling_group_id,birth_date,sex,languages,country,arrived_on,needs,location_fips\n"


@cache
def packed(millions: int) -> bytes:
    """So many millions of bytes, deflated."""
    packing = zlib.compressobj(9)
    return b"".join([*(packing.compress(MILLION) for _ in range(millions)), packing.flush()])


def zipped(*members: tuple[str, bytes]) -> bytes:
    """A zip of these."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


def zip_bomb(size: int) -> bytes:
    """One member that unpacks a thousand times."""
    return zipped(("children.csv", MILLION * (10 + size * 10)))


def lying_zip(size: int) -> bytes:
    """A zip whose directory says that its member is small."""
    honest = zipped(("children.csv", MILLION * (60 + size)))
    return honest.replace(struct.pack("<I", 1_000_000 * (60 + size)), struct.pack("<I", 900))


def nested_zip(depth: int) -> bytes:
    made = zipped(("children.csv", MILLION * 10))
    for _ in range(depth % 30 + 1):
        made = zipped(("children.csv", made), ("homes.csv", made))
    return made


def many_members(size: int) -> bytes:
    return zipped(*((f"{n}.csv", b"a") for n in range(2_000 + size * 500)))


def loose_zip(size: int) -> bytes:
    """Forty members, each within the bound of one, and together far beyond it."""
    rows = b"".join(b"C%d,G%d,2012-03-04,F,spa\n" % (n, n * 7919 % 997) for n in range(60_000))
    return zipped(*((f"{n}.csv", rows * (2 + size % 2)) for n in range(40)))


def pdf(*objects: bytes, more: bytes = b"") -> bytes:
    """A PDF of these objects, the first one its catalog."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, part in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    at = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, more, at))
    return out.getvalue()


def one_page(content: bytes) -> bytes:
    """A PDF with one page and a form, whose drawing is this stream."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        content,
    )


def deflated_pdf(size: int) -> bytes:
    body = packed(300 + size * 20)
    return one_page(b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(body), body))


def twice_deflated_pdf(size: int) -> bytes:
    body = zlib.compress(packed(800 + size * 40), 9)
    head = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n" % len(body)
    return one_page(head + body + b"\nendstream")


def pdf_of_packed_objects(size: int) -> bytes:
    """Its catalog lies in a stream that unpacks without end, so that it unpacks where the file is opened."""
    body = packed(300 + size * 20)
    stream = b"<</Type/ObjStm/N 1/First 9/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
    out = io.BytesIO(b"%PDF-1.5\n")
    out.seek(0, io.SEEK_END)
    first = out.tell()
    out.write(b"1 0 obj\n" + stream % (len(body), body) + b"\nendobj\n")
    at = out.tell()
    table = b"".join(struct.pack(">BIH", *row) for row in ((0, 0, 0), (1, first, 0), (2, 1, 0), (1, at, 0)))
    out.write(b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 2]/Root 2 0 R/Length %d>>stream\n" % len(table))
    out.write(table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at)
    return out.getvalue()


def many_pages(size: int) -> bytes:
    count = 60_000 + size * 1_000
    kids = b"3 0 R " * count
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]>>>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )


def pages_in_pages(size: int) -> bytes:
    """Each level names the next one ten times, and the last one the first."""
    level = b"<</Type/Pages/Count 9999999/Kids[%s]>>"
    levels = [level % (b"%d 0 R " % n * 10) for n in range(3, 15 + size % 9)]
    return pdf(b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]>>>>", *levels, level % b"2 0 R")


def deep_pdf(size: int) -> bytes:
    depth = 20_000 + size * 5_000
    catalog = b"<</Type/Catalog/Pages 2 0 R/AcroForm %s%s>>" % (b"[" * depth, b"]" * depth)
    return pdf(catalog, b"<</Type/Pages/Kids[]>>")


def png(size: int) -> bytes:
    side = 50_000 + size * 1_000

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    text = chunk(b"zTXt", b"a\0\0" + packed(300))
    return PNG + chunk(b"IHDR", head) + text + chunk(b"IDAT", packed(300)) + chunk(b"IEND", b"")


def jpeg(size: int) -> bytes:
    frame = struct.pack(">HBHHB", 17, 8, 65_500 - size, 65_500, 3) + b"\1\x22\0\2\x11\1\3\x11\1"
    head = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0"
    return head + frame + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + b"\xff\xd9"


def gif(size: int) -> bytes:
    frame = b",\0\0\0\0" + struct.pack("<HH", 65_535 - size, 65_535) + b"\0\x08\0"
    return b"GIF89a" + struct.pack("<HH", 65_535 - size, 65_535) + b"\0\0\0" + frame * 5_000 + b";"


def tiff(size: int) -> bytes:
    """Wide without end, its directory the next one of itself."""
    tags = ((256, 4_000_000_000 - size), (257, 4_000_000_000), (258, 32), (259, 1), (273, 8), (279, 9))
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + rows + struct.pack("<I", 8)


def webp(size: int) -> bytes:
    body = b"VP8X\x0a\0\0\0\0\0\0\0" + struct.pack("<I", 16_777_215 - size)[:3] + b"\xff\xff\xff"
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def heic(size: int) -> bytes:
    def box(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body) + 8) + kind + body

    wide = box(b"ispe", struct.pack(">III", 0, 4_000_000_000 - size, 4_000_000_000))
    within = box(b"iprp", box(b"ipco", wide * 20_000))
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", b"\0\0\0\0" + within)


def docx(size: int) -> bytes:
    return zipped(("[Content_Types].xml", LAUGHS), ("word/document.xml", LAUGHS * (size + 1)))


def xlsx(size: int) -> bytes:
    return zipped(("xl/workbook.xml", LAUGHS), ("xl/worksheets/sheet1.xml", MILLION * (20 + size)))


def svg(size: int) -> bytes:
    return LAUGHS.replace(b"ha", b"ha" * (size + 1))


def one_line(size: int) -> bytes:
    return HEADER + b"a" * (20_000_000 + size * 100_000)


def one_cell(size: int) -> bytes:
    return HEADER + b'C1,"' + b"\n" * (9_000_000 + size * 100_000)


def many_columns(size: int) -> bytes:
    return b"," * (5_000_000 + size * 100_000) + b"\n" + HEADER


def many_rows(size: int) -> bytes:
    return HEADER + b"C,G,2012-13-04,F,,,,,\n" * (300_000 + size * 10_000)


def rows_of_many_tables(size: int) -> bytes:
    """As many refused rows as are read at all in two tables; beyond the sixth a few more."""
    many = range(45_000 + size * 1_000)
    people = b"child_id,given_name,family_name\n" + b"".join(b"C%d,,%d\n" % (n, n * 7919) for n in many)
    rows = HEADER + b"".join(b"C%d,G%d,2012-13-04,F,%d,,,,\n" % (n, n, n * 7919) for n in many)
    return zipped(("children.csv", rows), ("people.csv", people))


def laughing_settings(size: int) -> bytes:
    depth = 50_000 + size * 10_000
    return zipped(("children.csv", HEADER), ("programme.toml", b"a = " + b"[" * depth + b"\n"))


def both_pdf_and_zip(size: int) -> bytes:
    return b"%PDF-1.7\n" + zip_bomb(size) + b"\n%%EOF\n"


def both_zip_and_picture(size: int) -> bytes:
    return zipped(("children.csv", png(size)), ("homes.csv", deflated_pdf(size)))


KINDS: tuple[Callable[[int], bytes], ...] = (
    *(zip_bomb, lying_zip, nested_zip, many_members, loose_zip, deflated_pdf, twice_deflated_pdf),
    *(
        pdf_of_packed_objects,
        many_pages,
        pages_in_pages,
        deep_pdf,
        png,
        jpeg,
        gif,
        tiff,
        webp,
        heic,
        docx,
        xlsx,
    ),
    *(
        svg,
        one_line,
        one_cell,
        many_columns,
        many_rows,
        rows_of_many_tables,
        laughing_settings,
        both_pdf_and_zip,
        both_zip_and_picture,
    ),
)
TABLES = ("one_line", "one_cell", "many_columns", "many_rows")


def hostile_files(count: int) -> Iterator[tuple[str, bytes]]:
    """So many files, each kind in turn and larger each time: (kind, content)."""
    for number in range(count):
        make = KINDS[number % len(KINDS)]
        yield make.__name__, make(number // len(KINDS))


def name_for(kind: str, number: int) -> str:
    """The name under which it is sent; of what is no table, that of a table every now and then."""
    if kind in TABLES:
        return "children.csv"
    return random.Random(number).choice(("paper.pdf", "children.csv", "picture.png", "folder.zip"))
