"""Which licences may be built upon: permissive ones, MPL and LGPL; never GPL or AGPL; never one that nobody named.

Pure: comes in what a package says of itself, goes out its licence or why it is refused.
Docs: docs/how-to/make-a-release.md. Tests: tests/release/test_licences.py.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

MOST_LETTERS = 200  # some packages put the whole text where the name belongs; its first lines name it
REFUSED = re.compile(
    r"(?<![A-Za-z])A?GPL|Affero|GNU General Public|SSPL|Server Side Public|Commons Clause", re.I
)
KNOWN = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software|MPL|Mozilla|LGPL|Lesser General|Unlicense|Zlib|HPND|CC0|0BSD"
    r"|Public Domain|Copyright \(c\)",
    re.I,
)


# Libraries under GPL that wheels carry inside while their metadata names another licence.
CARRIED = re.compile(r"(?:^|/)lib(?:x264|x265|xvidcore|poppler|gs)\b[^/]*\.(?:so|dylib|dll)", re.I)


def carried(files: Iterable[str]) -> list[str]:
    """The files of a package that are libraries under GPL, whatever its metadata says."""
    return [each for each in files if CARRIED.search(each)]


def named(*, expression: str, licence: str, classifiers: Sequence[str]) -> str:
    """The licence in the package's own words: its expression, else its field, cut to 200, and its classifiers."""
    if expression:
        return expression
    told = [each.split("::")[-1].strip() for each in classifiers if each.startswith("License ::")]
    return "; ".join(part for part in (licence.strip()[:MOST_LETTERS].replace("\n", " "), *told) if part)


def refused(name: str, *, words: str, reviewed: Mapping[str, Mapping[str, Any]]) -> str:
    """Why the package may not be built upon; empty if it may. What a person has reviewed stands first."""
    if reviewed.get(name, {}).get("left_out"):
        return f"{name} is under {reviewed[name]['licence']}: it has to be left out."
    if name in reviewed:
        words = reviewed[name]["licence"]
    if REFUSED.search(words):
        return f"{name} is under {words}: take another package."
    if not KNOWN.search(words):
        return f"{name} names no licence that is known ({words or 'none'}): read it, then add it to licences.toml."
    return ""
