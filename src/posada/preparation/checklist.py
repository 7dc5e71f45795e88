"""Checklists of a remedy before a forum, as dated data: what, by whom, after what, in how many working days.

Comes in: checklists.toml. Goes out: frozen `Checklist`s. Starter data: not signed off until counsel's name stands.
Docs: docs/how-to/prepare-a-case.md. Tests: tests/preparation/test_checklist.py.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

SCHEMA = "posada-checklists/1"
NEED, IF, AIM = "need", "if", "aim"
ALL = "all"
PROVIDERS = ("child", "sponsor", "counsel", "interpreter", "translator", "court")
CONFIDENCES = ("verified_in_stored_text", "recalled")
LANGUAGES = ("en", "es")


class BadChecklists(ValueError):  # noqa: N818
    """The file of checklists says something that nobody can read, or that goes in a circle."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to have. `after`: ids of what it waits for; `days`: working days once it is begun.

    `starts`, `ends`: the filing days for which it is asked, both inclusive; None is open.
    """

    item_id: str
    titles: Mapping[str, str]
    by: str
    need: str
    days: int
    after: tuple[str, ...]
    citation: str
    confidence: str
    signed_off_by: str = ""
    starts: date | None = None
    ends: date | None = None

    def is_asked(self, filing_day: date) -> bool:
        """Whether a filing of this day needs it."""
        return (self.starts is None or self.starts <= filing_day) and (
            self.ends is None or filing_day <= self.ends
        )


@dataclass(frozen=True, slots=True)
class Checklist:
    """What one filing needs. `rules`: the deadlines that it must hold; `known`: the day it was last checked."""

    checklist_id: str
    titles: Mapping[str, str]
    remedies: tuple[str, ...]
    forum: str
    rules: tuple[str, ...]
    items: tuple[Item, ...]
    known: date

    def on(self, filing_day: date) -> tuple[Item, ...]:
        """The items that a filing of this day needs; what is not asked is waited for by none."""
        asked = [each for each in self.items if each.is_asked(filing_day)]
        return tuple(asked)

    def item(self, item_id: str) -> Item | None:
        """The item with this id, whenever it is asked."""
        return next((each for each in self.items if each.item_id == item_id), None)


@dataclass(frozen=True, slots=True)
class Checklists:
    """Every shipped checklist. `without`: remedies for which none ships."""

    lists: tuple[Checklist, ...]
    without: frozenset[str]
    source: str

    def one(self, checklist_id: str) -> Checklist | None:
        """The checklist with this id."""
        return next((each for each in self.lists if each.checklist_id == checklist_id), None)

    def of_remedy(self, remedy_id: str) -> tuple[Checklist, ...]:
        """The checklists of a remedy, in the order of its stages.

        >>> [each.checklist_id for each in shipped_checklists().of_remedy("sij")]
        ['sij-court', 'sij-i360', 'sij-i485']
        """
        return tuple(each for each in self.lists if remedy_id in each.remedies)


@lru_cache
def shipped_checklists() -> Checklists:
    """The checklists that come with Posada. Raises BadChecklists if the file is damaged."""
    file = resources.files("posada.preparation").joinpath("checklists.toml")
    return parse_checklists(file.read_text(encoding="utf-8"))


def parse_checklists(text: str) -> Checklists:
    """TOML text to checklists. Raises BadChecklists, naming the list and the item."""
    try:
        table = tomllib.loads(text)
        if table["schema"] != SCHEMA:
            raise BadChecklists(f"schema must be {SCHEMA!r}")
        lists = tuple(_checklist(raw, known=table["known"]) for raw in table["checklists"])
        found = Checklists(lists, frozenset(table["without"]), table["source"])
    except tomllib.TOMLDecodeError as error:
        raise BadChecklists(f"not readable as TOML ({error})") from error
    except (KeyError, TypeError) as error:
        raise BadChecklists(f"an entry is missing or of the wrong kind: {error}") from error
    _once([each.checklist_id for each in lists], where="checklists")
    return found


def _checklist(raw: Mapping[str, Any], *, known: date) -> Checklist:
    where = raw["id"]
    items = tuple(_item(each, where=where) for each in raw["items"])
    _once([each.item_id for each in items], where=where)
    named = {each.item_id for each in items} | {ALL}
    for each in items:
        unknown = set(each.after) - named
        if unknown:
            raise BadChecklists(f"{where}, {each.item_id}: waits for {sorted(unknown)}, which is no item")
    made = Checklist(
        checklist_id=where,
        titles=_titles(raw["title"], where=where),
        remedies=tuple(raw["remedies"]),
        forum=raw["forum"],
        rules=tuple(raw["rules"]),
        items=items,
        known=known,
    )
    waits_for(items)  # raises where they wait in a circle
    return made


def _item(raw: Mapping[str, Any], *, where: str) -> Item:
    here = f"{where}, {raw['id']}"
    if raw["by"] not in PROVIDERS or raw["need"] not in (NEED, IF, AIM):
        raise BadChecklists(f"{here}: nobody knows {raw['by']!r} or {raw['need']!r}")
    if raw["confidence"] not in CONFIDENCES or not isinstance(raw["days"], int) or raw["days"] < 0:
        raise BadChecklists(f"{here}: confidence or days cannot be read")
    if not raw["citation"].strip():
        raise BadChecklists(f"{here}: it names no source")
    return Item(
        item_id=raw["id"],
        titles=_titles(raw["title"], where=here),
        by=raw["by"],
        need=raw["need"],
        days=raw["days"],
        after=tuple(raw["after"]),
        citation=raw["citation"],
        confidence=raw["confidence"],
        signed_off_by=raw.get("signed_off_by", ""),
        starts=raw.get("from"),
        ends=raw.get("until"),
    )


def _titles(raw: Mapping[str, str], *, where: str) -> Mapping[str, str]:
    if set(raw) != set(LANGUAGES) or not all(text.strip() for text in raw.values()):
        raise BadChecklists(f"{where}: a title in each of {', '.join(LANGUAGES)} is wanted")
    return dict(raw)


def _once(names: list[str], *, where: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise BadChecklists(f"{where}: {name} stands twice")


def waits_for(items: tuple[Item, ...]) -> dict[str, tuple[str, ...]]:
    """Item id → ids of what it waits for among `items`, in an order in which they can be done.

    What waits for `all` waits for every item that is no mere aim and does not wait for it in turn.
    Raises BadChecklists where items wait for one another in a circle.
    """
    here = {each.item_id: each for each in items}
    direct = {each.item_id: {name for name in each.after if name in here} for each in items}
    for each in items:
        if ALL in each.after:
            behind = _behind(each.item_id, direct)
            direct[each.item_id] |= {
                other.item_id for other in items if other.need != AIM and other.item_id not in behind
            }
    order: dict[str, tuple[str, ...]] = {}
    while len(order) < len(here):
        ready = [name for name in here if name not in order and direct[name] <= order.keys()]
        if not ready:
            raise BadChecklists(f"these wait for one another: {sorted(here.keys() - order.keys())}")
        order |= {name: tuple(sorted(direct[name])) for name in ready}
    return order


def _behind(item_id: str, direct: Mapping[str, set[str]]) -> set[str]:
    """The item itself and everything that waits for it."""
    found = {item_id}
    while True:
        more = {name for name, after in direct.items() if after & found} - found
        if not more:
            return found
        found |= more
