"""Names as they are compared: without accents, case, apostrophes or order; pure, no database.

How a name is folded stands in posada.intake.names alone.

Comes in: names as people write them. Goes out: folded tokens, and the spellings that are one letter away.
Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_folded_names.py.
"""

from collections.abc import Iterable

from posada.intake.names import fold, tokens
from posada.intake.search import one_letter_off

LONGEST_KEY = 40  # characters, as the column of keys holds
FUZZY_FROM, FUZZY_TO = 4, 16  # letters; shorter tokens would be near to everything


def tokens_of(*names: str) -> tuple[str, ...]:
    """Folded tokens of names, each once, in the order of their first appearance; particles and initials too.

    >>> tokens_of("LÓPEZ Pérez,", "José")
    ('lopez', 'perez', 'jose')
    """
    words = (word for name in names for word in fold(name).split())
    return tuple(dict.fromkeys(word[:LONGEST_KEY] for word in words))


def telling_tokens(*names: str) -> frozenset[str]:
    """The tokens that tell who somebody is: without placeholders, particles and single letters.

    >>> sorted(telling_tokens("Unknown M. de Pérez"))
    ['perez']
    """
    found = (token for name in names for token in tokens(name))
    return frozenset(each[:LONGEST_KEY] for each in found if len(each) > 1)


def one_letter_away(token: str) -> frozenset[str]:
    """The token, and every spelling with one letter more, less, other, or two neighbors swapped.

    A token under 4 or over 16 letters stands alone. Shapes: at most about 54 n + 26 spellings for n letters.

    >>> "gonzales" in one_letter_away("gonzalez"), one_letter_away("ana") == {"ana"}
    (True, True)
    """
    if not FUZZY_FROM <= len(token) <= FUZZY_TO:
        return frozenset({token})
    return frozenset({token, *one_letter_off(token)})


def same_person(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two names may be one person's: the shorter lies within the longer, with at least two tokens.

    A second surname that one side leaves out changes nothing; one shared token alone never matches.

    >>> same_person(telling_tokens("Pérez López, José"), telling_tokens("jose perez"))
    True
    """
    first, second = frozenset(one), frozenset(other)
    fewer, more = sorted((first, second), key=len)
    return len(fewer) >= 2 and fewer <= more
