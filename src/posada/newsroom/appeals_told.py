"""The appeal that fits a visitor: what the office says is short, by the county and language that the visitor picked.

Comes in: `appeals.json` of the exchange, signed by the office like its figures. Goes out: one appeal, or none; a file
that is too large, unsigned, changed by anybody, or older than the figures at hand (put back by somebody) is no
appeals at all. Nobody is located: without a choice it is the appeal of the whole program in the language of the page.
Docs: docs/explanation/the-public-site.md. Tests: tests/newsroom/test_appeals_told.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from posada.newsroom.figures import NoFigures, read_signed, version_of
from posada.newsroom.forms import LANGUAGES
from posada.newsroom.numbers_told import figures_now
from posada.reference.counties import county_names

FILE, SCHEMA, MOST_BYTES = "to_public/appeals.json", 1, 1_000_000
OFFICE_CODES = {"en": "eng", "es": "spa", "ht": "hat", "pt": "por"}
KIND_OF_FORM = {"home": "home", "hours": "counsel"}
ENGLISH = "eng"
IN_WORDS: dict[str, Any] = {
    **dict(LANGUAGES),
    "es": _("Spanish"),
    "ht": _("Haitian Creole"),
    "pt": _("Portuguese"),
}
"""A language as a sentence of the page names it; those that call themselves so in each language stay as they are."""


@dataclass(frozen=True, slots=True)
class Appeals:
    """One file: when it was signed, the office's day, and the number of each kind, place and language; the last two
    are empty where it is not of such."""

    made_on: datetime
    as_of: date
    short: Mapping[tuple[str, str, str], int]


@dataclass(frozen=True, slots=True)
class Appeal:
    """At least so many homes (or families' cases without counsel); `county` and `language`, in words of the page,
    where it is of such; `as_of`: the office's day."""

    kind: str
    at_least: int
    as_of: date
    county: str = ""
    language: str = ""


def appeal_for(form: str, *, county: str = "", language: str = "") -> Appeal | None:
    """The closest appeal: county and language, then language, then the whole program."""
    kind, spoken = KIND_OF_FORM.get(form, ""), OFFICE_CODES.get(language, language)
    spoken = "" if spoken == ENGLISH else spoken
    told = appeals_now()
    for place, tongue in ((county, spoken), ("", spoken), (county, ""), ("", "")):
        at_least = told.short.get((kind, place, tongue)) if told else None
        if told and at_least:
            in_words = str(IN_WORDS.get(language, language)) if tongue else ""
            return Appeal(kind, at_least, told.as_of, county_names().get(place, ""), in_words)
    return None


def appeals_now() -> Appeals | None:
    """The appeals that the office has signed; None where there are none that are proved and of now."""
    told = _told_now()
    return told if isinstance(told, Appeals) else None


def why_refused() -> str:
    """Why a file that is there is shown nowhere: unsigned, unreadable, older, alone; empty where all is well."""
    told = _told_now()
    return told if isinstance(told, str) and told != "missing" else ""


def _told_now() -> Appeals | str:
    """The appeals, or the word why there are none. The office signs them with each edition of its figures, or after:
    what is older than the figures at hand was put back, and without proved figures nothing says how old it is."""
    path = Path(settings.NEWSROOM.exchange) / FILE
    version = version_of(path)
    told = _read(path, version) if version else "missing"
    if isinstance(told, str):
        return told
    figures = figures_now()
    if figures is None:
        return "alone"
    return "older" if told.made_on < figures.made_on else told


@lru_cache(maxsize=2)
def _read(path: Path, _version: tuple[int, int, int]) -> Appeals | str:
    try:
        return read_appeals(path, public_key=settings.NEWSROOM.figures_key)
    except NoFigures as error:
        return str(error)


def read_appeals(path: Path, *, public_key: bytes) -> Appeals:
    """The appeals of a file. Raises NoFigures (missing, unsigned, unreadable)."""
    told = read_signed(path, public_key=public_key, most_bytes=MOST_BYTES)
    try:
        if told["schema"] != SCHEMA:
            raise ValueError("another schema")
        made_on = datetime.fromisoformat(told["made_on"])
        if made_on.tzinfo is None:
            raise ValueError("an instant has a zone")
        short = dict(_appeal(each) for each in told["appeals"])
        return Appeals(made_on, date.fromisoformat(told["as_of"]), short)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise NoFigures("unreadable") from None


def _appeal(told: Mapping[str, Any]) -> tuple[tuple[str, str, str], int]:
    kind, place, languages, at_least = (told[name] for name in ("kind", "place", "languages", "at_least"))
    if isinstance(at_least, bool) or not isinstance(at_least, int) or at_least < 1:
        raise ValueError("at_least is no number")
    if not (isinstance(kind, str) and isinstance(place, str) and isinstance(languages, list)):
        raise ValueError("an appeal has a kind, a place and languages")
    return (kind, place, "".join(languages)), at_least
