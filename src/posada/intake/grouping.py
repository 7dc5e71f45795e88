"""Sibling groups: who may be siblings, and what it means when a child joins a group.

Comes in: children with names and how they came; what the placement rules say of a group with one more child.
Goes out: suggestions for a person to decide, and the effects of joining. Nothing is grouped by itself.
Docs: docs/explanation/duplicates.md. Tests: tests/intake/test_grouping.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from posada.intake.duplicates import NameEntry
from posada.intake.names import tokens


@dataclass(frozen=True, slots=True)
class Arrival:
    """A child with what hints at siblings."""

    entry: NameEntry
    arrived_on: date | None = None
    contact_hashes: frozenset[str] = frozenset()  # keyed hashes of a parent's or sponsor's phone and address


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two children of different groups who may be siblings, with what they share."""

    one: str
    other: str
    shared: tuple[str, ...]  # of family_names, family_name, arrived_on, contact
    family_tokens: tuple[str, ...]


class Outcome(StrEnum):
    """What joining a group means for its home."""

    NOT_PLACED = "not_placed"  # nobody of the group is placed or offered: the next plan takes all together
    FITS_SAME_HOME = "fits_same_home"
    NEEDS_EXCEPTION = "needs_exception"  # fits only with a dated permission
    SOLVE_AGAIN = "solve_again"  # the home cannot take one more: the whole group is planned anew


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """Where a group stands."""

    group_id: str
    children: tuple[str, ...]
    home_id: str | None = None  # where it lives, or which home it is offered
    is_offered: bool = False  # an offer that is open still
    counsel_id: str | None = None
    has_hearing: bool = False


@dataclass(frozen=True, slots=True)
class Joining:
    """What joining does, shown before it is done. `opens`: codes of what has to be looked at again."""

    outcome: Outcome
    refused_by: tuple[str, ...]  # rule codes, for solve_again
    opens: tuple[str, ...]  # withdraw_offer, solve_again, ask_exception, conflict_check, joint_hearing,
    # leave_home


def sibling_suggestions(arrivals: Iterable[Arrival]) -> tuple[Suggestion, ...]:
    """Pairs of different groups that may be siblings, by what they share, for a person to decide.

    Two family names shared, and the same day of arrival or a contact; or one family name and a contact. The
    same given name is no sibling but perhaps a duplicate. Pairs are found by what they share, not by trying all.
    """
    listed = list(arrivals)
    having: dict[tuple[str, ...], list[int]] = {}
    for at, each in enumerate(listed):
        for key in _keys(each):
            having.setdefault(key, []).append(at)
    pairs = {pair for found in having.values() for pair in combinations(found, 2)}
    found = (_suggestion(listed[one], listed[other]) for one, other in pairs)
    return tuple(sorted(filter(None, found), key=lambda each: (-len(each.shared), each.one, each.other)))


def joining(
    group: GroupStanding,
    joins: GroupStanding,
    *,
    refused_by: Sequence[str] = (),
    needs_exception: bool = False,
) -> Joining:
    """What it means that the children of `joins` become part of `group`.

    `refused_by`: the rule codes by which the group's home refuses the joined group (`placement.feasible`);
    `needs_exception`: whether it would take a license exception. Raises ValueError for a group with itself.
    """
    if group.group_id == joins.group_id:
        raise ValueError("a group cannot join itself")
    opens = []
    if group.home_id is None:
        # Those who join may live somewhere already: then the whole group is planned around that home.
        outcome = Outcome.NOT_PLACED if joins.home_id is None else Outcome.SOLVE_AGAIN
    elif refused_by:
        outcome = Outcome.SOLVE_AGAIN
    else:
        outcome = Outcome.NEEDS_EXCEPTION if needs_exception else Outcome.FITS_SAME_HOME
    if group.is_offered or joins.is_offered:
        opens.append("withdraw_offer")  # what was offered is not the group that there is now
    if joins.home_id is not None and joins.home_id != group.home_id and not joins.is_offered:
        opens.append("leave_home")
    if outcome is Outcome.SOLVE_AGAIN:
        opens.append("solve_again")
    if outcome is Outcome.NEEDS_EXCEPTION:
        opens.append("ask_exception")
    if group.counsel_id is not None or joins.counsel_id is not None:
        opens.append("conflict_check")
    if group.has_hearing or joins.has_hearing:
        opens.append("joint_hearing")
    is_refused = outcome is Outcome.SOLVE_AGAIN
    return Joining(outcome, tuple(refused_by) if is_refused else (), tuple(opens))


def _keys(arrival: Arrival) -> set[tuple[str, ...]]:
    """What two siblings share: a pair of family names and the day, or a family name and a contact."""
    family = sorted(set(tokens(arrival.entry.family_name)))
    day = arrival.arrived_on.isoformat() if arrival.arrived_on is not None else ""
    by_day = {("day", day, *pair) for pair in combinations(family, 2)} if day else set()
    return by_day | {("contact", contact, name) for contact in arrival.contact_hashes for name in family}


def _suggestion(one: Arrival, other: Arrival) -> Suggestion | None:
    if one.entry.entry_id > other.entry.entry_id:
        one, other = other, one
    is_one_group = bool(one.entry.group_id) and one.entry.group_id == other.entry.group_id
    given = [set(tokens(each.entry.given_name)) for each in (one, other)]
    if is_one_group or (given[0] and given[0] == given[1]):
        return None
    family = [tokens(each.entry.family_name) for each in (one, other)]
    names = tuple(sorted(set(family[0]) & set(family[1])))
    shares = {
        "family_names": len(names) > 1,
        "family_name": len(names) == 1,
        "arrived_on": one.arrived_on is not None and one.arrived_on == other.arrived_on,
        "contact": bool(one.contact_hashes & other.contact_hashes),
    }
    shared = tuple(name for name, holds in shares.items() if holds)
    return Suggestion(one.entry.entry_id, other.entry.entry_id, shared, names)
