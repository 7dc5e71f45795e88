"""The words of licensing in English and Spanish. The words are data: words/*.toml.

Comes in: a dotted key and values. Goes out: one sentence, with counties by name and dates as people write them.
Docs: docs/reference/checks.md. Tests: tests/licensing/test_wording.py.
"""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from importlib import resources

from posada.docket.wording import day_in_words
from posada.licensing.checks import MissingCheck
from posada.licensing.study import Obstacle
from posada.licensing.triage import Reason
from posada.reference.counties import county_names

LANGUAGES = ("en", "es")


@lru_cache
def words_in(language: str) -> dict[str, str]:
    """Dotted key -> words of one language. Raises ValueError for a language not in `LANGUAGES`."""
    if language not in LANGUAGES:
        raise ValueError(f"licensing speaks {' and '.join(LANGUAGES)}, not {language!r}")
    file = resources.files("posada.licensing").joinpath(f"words/{language}.toml")
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {f"{table}.{key}": text for table, entries in tables.items() for key, text in entries.items()}


def words(key: str, values: Iterable[tuple[str, str]] = (), *, language: str) -> str:
    """The words of a dotted key, such as `reason.no_owner` or `check.health`. Raises KeyError, ValueError.

    >>> words("obstacle.license_ended", [("date", "2026-03-01")], language="en")
    'The license ended on 1 March 2026.'
    """
    told = words_in(language)
    shown = {name: _value(name, text, language=language) for name, text in values}
    plain = told[key] if "{date}" not in told[key] or "date" in shown else told[f"{key}_undated"]
    return plain.format(**shown)


def reason_in_words(reason: Reason, *, language: str) -> str:
    """Why an enquiry stands where it does, in one sentence."""
    values = dict(reason.values)
    if "children" in values:
        counted = "form.one_child" if values["children"] == "1" else "form.children"
        values["children_words"] = words(counted, values.items(), language=language)
    key = f"reason.{reason.code}"
    if values.get("languages") and f"{key}_language" in words_in(language):
        key = f"{key}_language"
    return words(key, values.items(), language=language)


def obstacle_in_words(obstacle: Obstacle, *, language: str) -> str:
    """What keeps a home closed, in one sentence."""
    return words(f"obstacle.{obstacle.code}", obstacle.values, language=language)


def missing_in_words(missing: MissingCheck, *, language: str) -> str:
    """What a check lacks, in one sentence."""
    values = [("check", missing.type_id)] if missing.type_id else []
    values += [("date", missing.since.isoformat())] if missing.since is not None else []
    return words(f"obstacle.check_{missing.lack.value}", values, language=language)


def _value(name: str, text: str, *, language: str) -> str:
    if name == "date":
        return day_in_words(date.fromisoformat(text), language=language, weekday=False)
    if name == "county_fips":
        return county_names().get(text, text)
    if name == "check":
        # A policy may name a check that the words do not have yet: its own id is better than no sentence.
        return words_in(language).get(f"check.{text}", text.replace("_", " "))
    if name == "languages":
        told = words_in(language)
        return told["form.or"].join(told.get(f"language.{code}", code) for code in text.split(";") if code)
    return text
