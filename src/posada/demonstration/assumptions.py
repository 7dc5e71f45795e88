"""The assumptions that a demonstration program is drawn from: values, each with its source.

Comes in: `assumptions.toml`, and a file of replacements where one is given. Goes out: `Assumptions`, and the
text that every generated folder carries. Tests: tests/demonstration/test_assumptions.py.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

Value = float | int | str | date | Mapping[str, float | int | str]


class AssumptionRefused(ValueError):  # noqa: N818  a sentence, like the other errors
    """An assumptions file cannot be used; the message names the entry and says what it should be."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """One value and where it comes from."""

    value: Value
    source: str


@dataclass(frozen=True)
class Assumptions:
    """All assumptions, by "section.name"."""

    entries: Mapping[str, Assumption]

    def number(self, key: str) -> float:
        """A share or a rate."""
        return float(self._of(key, int, float))

    def count(self, key: str) -> int:
        """A whole number."""
        return int(self._of(key, int))

    def text(self, key: str) -> str:
        """A word."""
        return str(self._of(key, str))

    def day(self, key: str) -> date:
        """A date."""
        value = self.entries[key].value
        if not isinstance(value, date):
            raise AssumptionRefused(f"assumptions: {key} must be a date such as 2014-10-01.")
        return value

    def shares(self, key: str) -> dict[str, float]:
        """Names with weights, or with probabilities."""
        table = self._of(key, Mapping)
        try:
            found = {name: float(share) for name, share in table.items()}
        except (TypeError, ValueError):
            raise AssumptionRefused(f"assumptions: {key} must give a number for each name.") from None
        if any(not 0 <= share <= _LARGEST_COUNT for share in found.values()):
            raise AssumptionRefused(f"assumptions: {key} has a share below 0 or beyond bounds.")
        return found

    def sizes(self, key: str, *, least: int = 1) -> dict[str, float]:
        """Whole numbers (as text) with weights."""
        found = self.shares(key)
        if any(not name.isdecimal() or not least <= int(name) <= 100 for name in found):
            raise AssumptionRefused(f"assumptions: {key} must name whole numbers from {least} to 100.")
        return found

    def words(self, key: str) -> dict[str, str]:
        """Names with words."""
        return {name: str(word) for name, word in self._of(key, Mapping).items()}

    def _of(self, key: str, *kinds: type) -> Any:
        value = self.entries[key].value
        if not isinstance(value, kinds) or isinstance(value, bool):
            wanted = " or ".join(_KIND_WORDS[kind] for kind in kinds)
            raise AssumptionRefused(f"assumptions: {key} must be {wanted}.")
        return value


_LARGEST_COUNT = 1_000_000
_KIND_WORDS = {int: "a whole number", float: "a number", str: "text", Mapping: "a table of names"}


@lru_cache
def shipped() -> Assumptions:
    """The assumptions that ship with Posada."""
    text = resources.files("posada.demonstration").joinpath("assumptions.toml").read_text(encoding="utf-8")
    return Assumptions(_entries(tomllib.loads(text)))


def read_assumptions(file: Path) -> Assumptions:
    """The shipped assumptions with those of a file in their place.

    Raises:
        AssumptionRefused: the file cannot be read, is no TOML, or has an entry that is not known, lacks a
            value or a source, or has a value of another kind.
    """
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise AssumptionRefused(f"{file.name} could not be read. Give a TOML file in UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise AssumptionRefused(f"{file.name} is not TOML: {error}.") from None
    return with_changes(shipped(), _entries(found))


def with_changes(assumptions: Assumptions, changes: Mapping[str, Assumption]) -> Assumptions:
    """The same with some entries replaced by entries of the same kind.

    Raises:
        AssumptionRefused: an entry is not known, or its value is of another kind.
    """
    for key, change in changes.items():
        if key.startswith("languages."):  # a country that the shipped ones do not have
            continue
        if key not in assumptions.entries:
            raise AssumptionRefused(f"assumptions: {key} is not known. Known are those of ASSUMPTIONS.md.")
        if _kind(change.value) != _kind(assumptions.entries[key].value):
            raise AssumptionRefused(f"assumptions: {key} has a value of another kind than the shipped one.")
        largest = _largest(key, assumptions.entries[key].value)
        if isinstance(change.value, int | float) and not 0 <= change.value <= largest:
            raise AssumptionRefused(f"assumptions: {key} must be from 0 to {largest:g}.")
    return Assumptions({**assumptions.entries, **changes})


def _largest(key: str, shipped_value: Value) -> float:
    if key == "homes.beds_per_child_without_kin":
        return 20
    if key.endswith("_days"):
        return 36_500
    return 1 if isinstance(shipped_value, float) else _LARGEST_COUNT


def _kind(value: Value) -> str:
    if isinstance(value, Mapping):
        return "table"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "number"
    return type(value).__name__


def _entries(document: Mapping[str, object]) -> dict[str, Assumption]:
    found: dict[str, Assumption] = {}
    for section, names in document.items():
        for name, entry in (names if isinstance(names, Mapping) else {"": names}).items():
            key = f"{section}.{name}".rstrip(".")
            if not isinstance(entry, Mapping) or entry.keys() != {"value", "source"}:
                raise AssumptionRefused(f"assumptions: {key} needs a value and a source, and nothing else.")
            if not isinstance(entry["source"], str) or not entry["source"].strip():
                raise AssumptionRefused(f"assumptions: {key} needs a source, if only the word “assumption”.")
            found[key] = Assumption(entry["value"], entry["source"])
    return found
