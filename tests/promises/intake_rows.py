"""Rows of children.csv spoiled in more than sixty ways, for the promises about imports; nobody in them exists."""

from collections.abc import Iterator

HEADER = "child_id,sibling_group_id,birth_date,sex,languages,country,arrived_on,needs,location_fips"
COLUMNS = HEADER.split(",")
BAD_CELLS: dict[str, tuple[str, ...]] = {
    "child_id": ("", "   ", "1.2E+10", "9E5", "x" * 81, "C\x001", '"C\n1"'),
    "birth_date": (
        *("", "2014-02-30", "03/04/2014", "41000", "2014-5-1", "20140501", "2014-05-01T00:00", "soon"),
        *("2030-01-01", "1990-01-01", "２０１４-05-01", " 2014-05-01", "2014-05-01 ", "-2014-05-01"),
        *("0000-01-01", "9999-99-99", "2014-05-00", "5/1/14"),
    ),
    "sex": ("", "f", "girl", "F ", "FM", "1", "Ｆ", "F\x00"),
    "languages": ("Spanish", "es", '"spa,mam"', "spa;;mam", "SPA", "spa;", "español"),
    "country": ("Guatemala", "GT", "gtm", "GTM1"),
    "arrived_on": ("yesterday", "2026-11-31", "11/20/2026", "0"),
    "needs": (";", "asthma;;glasses", '"asthma\nglasses"'),
    "location_fips": ("1001", "99999", "24031.0", "2.4E+04", "MD", "240310"),
}
"""Column → what no cell of it may hold. The group's own column is left out: these rows still say whose they are."""
GROUP_CELLS = ("", "1.2E+5", "G" * 81, "G\x001", '"G\n1"')
BROKEN = (
    "extra cell",
    "missing cell",
    "swapped",
    "stray quote",
    "open quote",
    "semicolons",
    "long cell",
    "latin-1",
)
EMPTY = "," * (len(COLUMNS) - 1)


def good(number: int, group: str = "") -> list[str]:
    """The cells of a good row."""
    return [f"C{number}", group or f"G{number}", "2014-05-01", "F", "spa", "GTM", "2026-11-20", "", "24031"]


def bad_rows(number: int, group: str = "") -> Iterator[bytes]:
    """One row a kind of fault; each of them still names its group."""
    for column, cells in BAD_CELLS.items():
        for cell in cells:
            row = good(number, group)
            row[COLUMNS.index(column)] = cell
            yield ",".join(row).encode()
    yield from (broken(kind, number, group) for kind in BROKEN)


def nameless_rows(number: int) -> Iterator[bytes]:
    """Rows that no longer say whose they are."""
    for cell in GROUP_CELLS:
        row = good(number)
        row[1] = cell
        yield ",".join(row).encode()
    yield EMPTY.encode()


def broken(kind: str, number: int, group: str = "") -> bytes:
    """A row whose cells cannot be told apart, or are not text."""
    row = good(number, group)
    if kind == "swapped":
        row[2], row[3] = row[3], row[2]
    texts = {
        "extra cell": ",".join([*row, "more"]),
        "missing cell": ",".join(row[:-1]),
        "swapped": ",".join(row),
        "stray quote": ",".join([f'"{row[0]}"x', *row[1:]]),
        "open quote": '"' + ",".join(row),
        "semicolons": ";".join(row),
        "long cell": ",".join([*row[:7], "a" * 10_001, row[8]]),
        "latin-1": ",".join([*row[:7], "peña", row[8]]),
    }
    return texts[kind].encode("latin-1" if kind == "latin-1" else "utf-8")


KINDS = len(list(bad_rows(1))) + len(list(nameless_rows(1)))
