"""A row that comes again, against the record that stands: per field, keep, take, or fill only if empty.

Comes in: two mappings of field to value. Goes out: the fields that differ, each with what is done unless a
person chooses otherwise. The default never empties a filled field.
Docs: docs/explanation/duplicates.md. Tests: tests/intake/test_difference.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Choice(StrEnum):
    """What is done with one field."""

    KEEP = "keep"  # the record's value stands
    TAKE = "take"  # the incoming value stands, even if it is empty
    FILL = "fill"  # the incoming value stands only where the record has none


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which the two differ."""

    field: str
    stored: object
    incoming: object
    default: Choice


def is_empty(value: object) -> bool:
    """Whether a value says nothing: None, an empty text or list. 0 and False say something."""
    return value is None or value in ("", (), [], {})


def differences(
    stored: Mapping[str, object],
    incoming: Mapping[str, object],
    *,
    fields: Iterable[str] | None = None,
    prefer: Choice = Choice.TAKE,
) -> tuple[Difference, ...]:
    """The fields of `incoming` that differ, in its order; a field that it lacks is not looked at.

    `prefer`: the default where both are filled. An empty incoming value is kept out, an empty stored one filled.

    >>> [each.default.value for each in differences({"a": 1, "b": 2, "c": ""}, {"a": 3, "b": "", "c": 4})]
    ['take', 'keep', 'fill']
    """
    looked_at = set(incoming) if fields is None else set(fields)
    found = []
    for field, new in incoming.items():
        old = stored.get(field)
        if field in looked_at and not _is_same(old, new):
            found.append(Difference(field, old, new, _default(old, new, prefer=prefer)))
    return tuple(found)


def changes(found: Iterable[Difference], *, choices: Mapping[str, Choice] | None = None) -> dict[str, object]:
    """Field -> new value, of those that change; `choices`: what a person chose instead of the defaults."""
    chosen = choices or {}
    taken = {}
    for each in found:
        choice = chosen.get(each.field, each.default)
        if choice is Choice.TAKE or (choice is Choice.FILL and is_empty(each.stored)):
            taken[each.field] = each.incoming
    return taken


def _default(old: object, new: object, *, prefer: Choice) -> Choice:
    if is_empty(new):
        return Choice.KEEP
    return Choice.FILL if is_empty(old) else prefer


def _is_same(old: object, new: object) -> bool:
    """Whether nothing differs: two empty values are the same, and so are a list and a tuple of the same."""
    if is_empty(old) or is_empty(new):
        return is_empty(old) and is_empty(new)
    plain = [list(value) if isinstance(value, tuple) else value for value in (old, new)]
    return plain[0] == plain[1] and isinstance(old, bool) == isinstance(new, bool)
