"""The appeal that fits a visitor: what the office says is short, by the county and language that the visitor picked.

Comes in: `appeals.json` of the exchange, signed by the office like its figures. Goes out: one appeal, or none; a file
that is too large, unsigned or changed by anybody is no appeals at all. Nobody is located: without a choice it is the
appeal of the whole program in the language of the page.
Docs: docs/explanation/the-public-site.md. Tests: tests/newsroom/test_appeals_told.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from posada.newsroom.figures import NoFigures, read_signed, version_of
from posada.reference.counties import county_names

FILE, SCHEMA, MOST_BYTES = "to_public/appeals.json", 1, 1_000_000
OFFICE_CODES = {"en": "eng", "es": "spa", "ht": "hat", "pt": "por"}
KIND_OF_FORM = {"home": "home", "hours": "counsel"}
ENGLISH = "eng"
Appeals = dict[tuple[str, str, str], int]
"""The number of each kind, place and language; the last two are empty where it is not of such."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """At least so many homes (or families' cases without counsel); `county` and `language` where it is of such."""

    kind: str
    at_least: int
    county: str = ""
    language: str = ""


def appeal_for(form: str, *, county: str = "", language: str = "") -> Appeal | None:
    """The closest appeal: county and language, then language, then the whole program."""
    kind, spoken = KIND_OF_FORM.get(form, ""), OFFICE_CODES.get(language, language)
    spoken = "" if spoken == ENGLISH else spoken
    found = appeals_now()
    for place, tongue in ((county, spoken), ("", spoken), (county, ""), ("", "")):
        if (kind, place, tongue) in found:
            named = county_names().get(place, "")
            return Appeal(kind, found[kind, place, tongue], named, language if tongue else "")
    return None


def appeals_now() -> Appeals:
    """The appeals that the office has signed; none where there are none that are proved."""
    path = Path(settings.NEWSROOM.exchange) / FILE
    version = version_of(path)
    return _read(path, version) if version else {}


@lru_cache(maxsize=2)
def _read(path: Path, _version: tuple[int, int, int]) -> Appeals:
    try:
        return read_appeals(path, public_key=settings.NEWSROOM.figures_key)
    except NoFigures:
        return {}


def read_appeals(path: Path, *, public_key: bytes) -> Appeals:
    """The appeals of a file. Raises NoFigures (missing, unsigned, unreadable)."""
    told = read_signed(path, public_key=public_key, most_bytes=MOST_BYTES)
    try:
        if told["schema"] != SCHEMA:
            raise ValueError("another schema")
        return dict(_appeal(each) for each in told["appeals"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NoFigures("unreadable") from None


def _appeal(told: Mapping[str, Any]) -> tuple[tuple[str, str, str], int]:
    kind, place, languages, at_least = (told[name] for name in ("kind", "place", "languages", "at_least"))
    if isinstance(at_least, bool) or not isinstance(at_least, int) or at_least < 1:
        raise ValueError("at_least is no number")
    if not (isinstance(kind, str) and isinstance(place, str) and isinstance(languages, list)):
        raise ValueError("an appeal has a kind, a place and languages")
    return (kind, place, "".join(languages)), at_least
