"""Conflicts of interest of a counsel, looked for over the whole program; pure, no database.

Comes in: what the counsel acts or acted for, and for each group its children, the persons on its other side, its
separations and the homes of its kin. Goes out: dated hits, each with a digest that tells the same one again.
Past engagements count as open ones do, and so do those of the counsel's organization. A hit is a question for a
person, not an answer: names that match may be two people.
Source: ABA Model Rules 1.7, 1.9 and 1.10. Docs: docs/how-to/match-counsel.md.
Tests: tests/office/counsel/test_conflicts.py.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from posada.office.casefile.folded_names import same_person

ADVERSE = frozenset({"accused", "abuser", "trafficker", "smuggler", "opponent"})
"""Relations of a person against whom the group's case is made; all others stand on the group's side."""
Name = frozenset[str]  # folded tokens, as `folded_names.telling_tokens` gives them


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a group's case names. `relation`: accused, parent, sponsor, witness …"""

    name: Name
    relation: str

    @property
    def is_adverse(self) -> bool:
        """Whether the case is made against this person."""
        return self.relation in ADVERSE


@dataclass(frozen=True, slots=True)
class Matter:
    """One group's case. `apart_from`: ids of groups, homes and counsel that it may not be near."""

    group: str
    children: tuple[Name, ...] = ()
    persons: tuple[Person, ...] = ()
    kin_homes: frozenset[str] = frozenset()
    apart_from: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Acts:
    """An engagement, open or past. `through`: "counsel", or "organization" for a colleague's."""

    group: str
    since: date
    through: str = "counsel"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who would act: the counsel's own name and id."""

    counsel: str
    name: Name = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Hit:
    """One possible conflict. `other`: the other group's id, empty where the counsel is concerned in person.

    `since`: when the engagement began that it rests on. `bars`: nobody can clear it.
    """

    kind: str
    other: str
    through: str = "counsel"
    since: date | None = None
    bars: bool = False
    marks: str = ""  # tells two hits of one kind with one group apart; a digest, no name

    @property
    def key(self) -> str:
        """The same hit has the same key at every check."""
        told = "|".join((self.kind, self.other, self.through, self.marks))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def hits(
    asked: Asked, *, matter: Matter, acts: Iterable[Acts], matters: Mapping[str, Matter]
) -> tuple[Hit, ...]:
    """Every possible conflict if the counsel acts for the matter's group, sorted; the gravest first.

    `acts`: engagements of the counsel and the organization; `matters`: the matter of every group in them.

    >>> ana = Matter("A", children=(frozenset({"ana", "ruiz"}),))
    >>> leo = Matter("B", persons=(Person(frozenset({"ana", "ruiz"}), "accused"),))
    >>> hits(Asked("K"), matter=leo, acts=[Acts("A", date(2026, 1, 2))], matters={"A": ana})[0].kind
    'client_is_adverse'
    """
    found: dict[str, Hit] = {}
    for hit in (*_in_person(asked, matter), *_with_clients(matter, acts, matters)):
        known = found.get(hit.key)
        if known is None or (hit.since or date.max) < (known.since or date.max):
            found[hit.key] = hit
    return tuple(sorted(found.values(), key=lambda hit: (not hit.bars, hit.kind, hit.other, hit.marks)))


def _in_person(asked: Asked, matter: Matter) -> Iterator[Hit]:
    if asked.counsel in matter.apart_from:
        yield Hit("kept_apart_from_counsel", "", bars=True)
    for person in matter.persons:
        if same_person(asked.name, person.name):
            yield Hit("counsel_is_named", "", marks=_mark(person.name))


def _with_clients(matter: Matter, acts: Iterable[Acts], matters: Mapping[str, Matter]) -> Iterator[Hit]:
    for act in acts:
        other = matters.get(act.group)
        if other is None or other.group == matter.group:
            continue
        for kind, marks, bars in _between(matter, other):
            yield Hit(
                kind, other.group, act.through, act.since, bars=bars and act.through == "counsel", marks=marks
            )


def _between(matter: Matter, other: Matter) -> Iterator[tuple[str, str, bool]]:
    if other.group in matter.apart_from or matter.group in other.apart_from:
        yield "kept_apart_from_client", "", True
    for home in sorted((matter.kin_homes & other.apart_from) | (other.kin_homes & matter.apart_from)):
        yield "kin_kept_apart", _mark(frozenset({home})), False
    for one, two in ((matter, other), (other, matter)):
        for person in one.persons:
            if any(same_person(person.name, child) for child in two.children):
                yield (
                    "client_is_adverse" if person.is_adverse else "client_is_named",
                    _mark(person.name),
                    False,
                )
    for person in matter.persons:
        for theirs in other.persons:
            if person.is_adverse != theirs.is_adverse and same_person(person.name, theirs.name):
                yield "named_on_both_sides", _mark(person.name), False


def _mark(name: Name) -> str:
    return hashlib.sha256(" ".join(sorted(name)).encode()).hexdigest()[:8]
