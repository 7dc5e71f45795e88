"""Two names side by side: which tokens agree, and whether that is enough to ask a person about it.

Comes in: tokens of `names.tokens`, birth dates. Goes out: `NameMatch`, `Birth`, yes or no.
Docs: docs/explanation/duplicates.md. Tests: tests/intake/test_name_match.py.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from posada.intake.names import is_near

ENOUGH_TOKENS = 2
"""Tokens that have to agree where the birth date is not the same."""
WHOLE_NAME = 3
"""Tokens from which a whole name is asked about although the birth dates are apart."""


class Birth(StrEnum):
    """What two birth dates say of each other."""

    SAME = "same"
    CLOSE = "close"  # day and month swapped, or one of day, month and year differs
    UNKNOWN = "unknown"  # one of them, or both
    APART = "apart"

    @property
    def rank(self) -> int:
        """Lower is likelier."""
        return list(Birth).index(self)


@dataclass(frozen=True, slots=True, order=True)
class NameMatch:
    """Tokens of two names. `near`: pairs that differ by a letter or sound alike."""

    exact: tuple[str, ...]
    near: tuple[tuple[str, str], ...]
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]


def birth_match(one: date | None, other: date | None) -> Birth:
    """What two birth dates say of each other.

    >>> birth_match(date(2010, 3, 4), date(2010, 4, 3))
    <Birth.CLOSE: 'close'>
    """
    if one is None or other is None:
        return Birth.UNKNOWN
    if one == other:
        return Birth.SAME
    differ = (one.year != other.year) + (one.month != other.month) + (one.day != other.day)
    is_swapped = one.year == other.year and (one.day, one.month) == (other.month, other.day)
    return Birth.CLOSE if differ == 1 or is_swapped else Birth.APART


def name_match(one: tuple[str, ...], other: tuple[str, ...]) -> NameMatch:
    """Which tokens agree; each is used once."""
    left, exact, open_tokens = list(other), [], []
    for token in one:
        if token in left:
            left.remove(token)
            exact.append(token)
        else:
            open_tokens.append(token)
    near, only_here = [], []
    for token in open_tokens:
        alike = next((each for each in left if is_near(token, each)), None)
        if alike is None:
            only_here.append(token)
        else:
            left.remove(alike)
            near.append((token, alike))
    return NameMatch(tuple(exact), tuple(near), tuple(only_here), tuple(left))


def names_agree(match: NameMatch, *, born: Birth, unlike_sex: bool) -> bool:
    """Whether a person should be asked. Birth date and sex alone never are enough.

    Two tokens or more and nothing that contradicts them; or two that agree, one that does not, and the same
    birth date; or the one token that there is, and the same birth date.
    """
    agreeing = len(match.exact) + len(match.near)
    has_contradiction = bool(match.only_here and match.only_there)
    if agreeing >= ENOUGH_TOKENS and not has_contradiction:
        is_same_name = not (match.near or match.only_here or match.only_there)
        return born is not Birth.APART or (is_same_name and agreeing >= WHOLE_NAME)
    if agreeing >= ENOUGH_TOKENS:
        is_one = min(len(match.only_here), len(match.only_there)) == 1
        return is_one and born is Birth.SAME
    is_all_there_is = len(match.exact) == 1 and not has_contradiction
    return is_all_there_is and born is Birth.SAME and not unlike_sex


def are_siblings(
    given: tuple[str, ...],
    other_given: tuple[str, ...],
    *,
    whole: tuple[tuple[str, ...], tuple[str, ...]],
    same_group: bool,
) -> bool:
    """Whether the given names tell two people apart, as those of siblings do.

    In the same group even one letter does (Daniel and Daniela), and so does a second given name of each (María
    José and María Elena). Columns that were swapped do not: then each given name stands in the other's whole name.
    """
    here, there = set(given), set(other_given)
    if not here or not there or set(whole[0]) == set(whole[1]):
        return False
    if same_group:
        return not (here <= there or there <= here)
    if here & there or any(is_near(one, other) for one in here for other in there):
        return False
    return not (here & set(whole[1]) and there & set(whole[0]))
