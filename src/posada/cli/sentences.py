"""Rows, levels and reasons in words: what the commands print for people.

Comes in: records. Goes out: text. Tests: tests/cli/test_sentences.py.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from posada.records import LevelResult, Rejection, Warn

LEVEL_WORDS = {
    "children_placed": "children with a safe home",
    "children_with_kin": "… with kin",
    "children_sharing_language": "… sharing a language with it",
    "children_represented": "… matched with counsel",
    "counsel_sharing_language": "… sharing its language",
    "cost_cents_per_day": "cost a day",
    "distance_km": "distance",
}
REASON_WORDS = {
    "no_lawful_home": "no home may take them by the rules",
    "no_room": "every home that may take them is full",
    "incomplete_group": "a sibling's row was refused",
    "incomplete_separation": "a protective row that names them was refused",
    "sibling_already_placed": "a sibling lives in a home that cannot take them",
    "no_court": "no court is known for the county",
    "no_counsel_at_court": "no counsel at the court",
    "caseload_full": "all counsel at the court are full",
    "conflict": "a conflict of interest, or an override, stands in the way",
    "available_too_late": "counsel is free only after the hearing",
}
LIKE_IT = 3
"""Warnings of one kind that are written out before the rest are counted."""


def rejection_sentence(rejection: Rejection) -> str:
    """One refused row in one line.

    >>> rejection_sentence(Rejection("children.csv", 3, "sex", "boy", "F, M or X"))
    'children.csv, row 3, sex: found boy; wanted F, M or X.'
    """
    where = _where(rejection.file, rejection.row, rejection.field)
    found = rejection.found or "nothing"
    return f"{where}: found {found}; wanted {rejection.wanted.rstrip('.')}."


def warning_sentences(warnings: Iterable[Warn]) -> Iterator[str]:
    """Warnings in lines; of many about one column, the first few and a count."""
    kinds = groupby(sorted(warnings, key=_kind), key=_kind)
    for _, kind in kinds:
        listed = list(kind)
        for warning in listed[:LIKE_IT]:
            yield f"{_where(warning.file, warning.row, warning.field)}: {warning.message.rstrip('.')}."
        if len(listed) > LIKE_IT:
            yield f"{_where(listed[0].file, 0, listed[0].field)}: {len(listed) - LIKE_IT:,} more like it."


def amount(level: LevelResult, value: int) -> str:
    """A value of a level, with its unit.

    >>> amount(LevelResult("cost_cents_per_day", "min", 0, 0), 123456)
    '$1,234.56'
    """
    if level.name == "cost_cents_per_day":
        return f"{'-' if value < 0 else ''}${abs(value) // 100:,}.{abs(value) % 100:02}"
    if level.name == "distance_km":
        return f"{value / 10:,.1f} km"
    return f"{value:,}"


def standing(level: LevelResult) -> str:
    """How close a level is to the best possible one.

    >>> standing(LevelResult("children_placed", "max", 95, 100))
    'within 5.000%'
    """
    if level.proven_optimal:
        return "proven best"
    if level.bound == 0:
        return "not bounded"
    # Rounded up, in whole numbers: a gap is never shown smaller than it is.
    thousandths = -(-abs(level.bound - level.value) * 100_000 // max(abs(level.bound), 1))
    return f"within {thousandths / 1000:,.3f}%"


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> counted(1, "child", "children"), counted(2, "row")
    ('1 child', '2 rows')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def by_reason(reasons: Sequence[tuple[str, int]]) -> list[tuple[str, int, int]]:
    """Reason codes with their groups and children, most children first."""
    sums: dict[str, tuple[int, int]] = {}
    for code, children in reasons:
        groups, total = sums.get(code, (0, 0))
        sums[code] = (groups + 1, total + children)
    return sorted(((code, *sums[code]) for code in sums), key=lambda row: (-row[2], -row[1], row[0]))


def _where(file: str, row: int, column: str) -> str:
    return ", ".join(part for part in (file, f"row {row}" if row else "", column) if part)


def _kind(warning: Warn) -> tuple[str, str, str]:
    # Numbers and dates in a message differ from row to row; its first words tell what it is about.
    return warning.file, warning.field, "" if warning.row else warning.message
