"""The register of remedies: for every child, every remedy, with its state, facts, author, date and evidence.

Comes in: remedies.toml and entries. Goes out: `Register`, which only grows, and the state of each line.
Only counsel says that a remedy is not available. Docs: docs/reference/remedies.md.
Tests: tests/docket/test_remedies.py.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from importlib import resources

from posada.docket.events import NotEnoughRecorded
from posada.rulebook.legal_rule import CONFIDENCES, FactValue

OPEN, FILED, GRANTED, DENIED, NOT_AVAILABLE = "open", "filed", "granted", "denied", "not_available"
STATES = (OPEN, FILED, GRANTED, DENIED, NOT_AVAILABLE)
UNEXAMINED = "unexamined"
"""The state of a line without an entry by counsel."""

COUNSEL_ROLES = ("attorney", "accredited_representative")
_NEED_EVIDENCE = (FILED, GRANTED, DENIED)


@dataclass(frozen=True, slots=True)
class Remedy:
    """One line of the starter table."""

    remedy_id: str
    forum: str
    titles: Mapping[str, str]  # language -> title
    facts: tuple[str, ...]  # what it turns on
    rules: tuple[str, ...]  # the legal rules that time it
    citations: tuple[str, ...]
    confidence: str
    is_last: bool = False  # examined after all others: voluntary departure


@dataclass(frozen=True, slots=True)
class RemedyEntry:
    """What somebody recorded about one remedy of one case."""

    case_id: str
    remedy_id: str
    state: str
    author: str
    author_role: str
    on: date
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    evidence: str = ""
    reason: str = ""

    @property
    def is_by_counsel(self) -> bool:
        """Whether an attorney or accredited representative put a name to it."""
        return self.author_role in COUNSEL_ROLES and bool(self.author.strip())


@dataclass(frozen=True, slots=True)
class Register:
    """All entries of one case, oldest first. Nothing is ever taken out."""

    case_id: str
    entries: tuple[RemedyEntry, ...] = ()

    def of(self, remedy_id: str) -> tuple[RemedyEntry, ...]:
        """Every entry about one remedy, oldest first."""
        return tuple(entry for entry in self.entries if entry.remedy_id == remedy_id)

    def examined(self, remedy_id: str) -> RemedyEntry | None:
        """The last entry by counsel, which is the state of the line; None if counsel has not examined it."""
        return next((entry for entry in reversed(self.of(remedy_id)) if entry.is_by_counsel), None)

    def state(self, remedy_id: str) -> str:
        """The state of a line: one of `STATES`, or `unexamined`."""
        entry = self.examined(remedy_id)
        return UNEXAMINED if entry is None else entry.state


class UnknownRemedy(LookupError):  # noqa: N818
    """A remedy that the table does not have."""


@lru_cache
def remedy_table() -> tuple[Remedy, ...]:
    """The starter table, in the order in which it is examined; voluntary departure stands last."""
    file = resources.files("posada.docket").joinpath("remedies.toml")
    return parse_remedies(file.read_text(encoding="utf-8"))


def parse_remedies(text: str) -> tuple[Remedy, ...]:
    """TOML text to the table. Raises ValueError if a line lacks a citation or a language, or two are last."""
    found = []
    for raw in tomllib.loads(text)["remedies"]:
        titles = dict(raw["title"])
        if set(titles) != {"en", "es"} or not raw["citations"] or raw["confidence"] not in CONFIDENCES:
            raise ValueError(f"remedy {raw['id']}: it needs both languages, a citation and a confidence")
        found.append(
            Remedy(
                remedy_id=raw["id"],
                forum=raw["forum"],
                titles=titles,
                facts=tuple(raw["facts"]),
                rules=tuple(raw["rules"]),
                citations=tuple(raw["citations"]),
                confidence=raw["confidence"],
                is_last=raw.get("is_last", False),
            )
        )
    ids = [remedy.remedy_id for remedy in found]
    if len(set(ids)) < len(ids) or [remedy.is_last for remedy in found] != [False] * (len(found) - 1) + [
        True
    ]:
        raise ValueError("each remedy stands once, and exactly the last of them is the last")
    return tuple(found)


def record(register: Register, entry: RemedyEntry) -> Register:
    """The register with one more entry; the same entry again changes nothing.

    Raises UnknownRemedy; NotEnoughRecorded where an author, a reason or the evidence is missing, where
    somebody else than counsel says that a remedy is not available, or the entry is of another case.
    """
    if entry in register.entries:
        return register
    if entry.case_id != register.case_id:
        raise NotEnoughRecorded("The entry is of another case.")
    if entry.remedy_id not in {remedy.remedy_id for remedy in remedy_table()}:
        raise UnknownRemedy(f"There is no remedy {entry.remedy_id!r} in the table.")
    if entry.state not in STATES:
        raise NotEnoughRecorded(f"A remedy is one of {', '.join(STATES)}, not {entry.state}.")
    if not entry.author.strip():
        raise NotEnoughRecorded("An entry needs its author.")
    if entry.state in _NEED_EVIDENCE and not entry.evidence.strip():
        raise NotEnoughRecorded(f"A remedy that is {entry.state} needs its evidence.")
    if entry.state == NOT_AVAILABLE and not (entry.is_by_counsel and entry.reason.strip()):
        raise NotEnoughRecorded(
            "Only counsel says that a remedy is not available, by name and with the reason."
        )
    return replace(register, entries=(*register.entries, entry))
