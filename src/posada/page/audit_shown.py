"""The counts of an audit as they may be shown: exact in the office, with small ones hidden outside.

Comes in: `posada.placement.audit.Audit`. Goes out: the same tables, with None where a figure may not be
shown. Each table is hidden by itself (posada.ledger.figures), then all of them together (disclosure), since
they share their totals. A mean is hidden where the children behind it are few, or could be worked out.
Not covered: other pages about the same children; publish the one or the other.
Docs: docs/how-to/ask-why.md. Tests: tests/page/test_audit_shown.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from posada.ledger.figures import hide_small, suppress
from posada.page.disclosure import Tie, hidden_figures, is_small
from posada.placement.audit import Audit, Row

COUNTS = ("children", "placed", "waiting", "with_kin", "sharing_language", "represented")
"""The counts of a row, as they are printed."""

_PARTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "children": (("placed", "waiting"),),
    "placed": (("sharing_language",), ("with_kin",), ("represented",)),
    "sharing_language": (("with_kin",),),  # every child in a kin home counts as sharing
}
"""Which counts are parts of which: whole -> its splits; what is left over in a split is a figure too."""

_KEEP = {name: len(COUNTS) - at for at, name in enumerate(COUNTS)}
_TOTAL = "total"
OTHERS = "others"
"""The row of the countries, or languages, that few children have."""
_OPEN_LISTS = ("country", "language")


@dataclass(frozen=True, slots=True)
class ShownRow:
    """Counts by name, and the mean days waited; None: not shown."""

    counts: Mapping[str, int | None]
    mean_days_waited: float | None


@dataclass(frozen=True, slots=True)
class ShownAudit:
    """Table name -> row name -> what may be shown of it; the totals are the same for every table."""

    tables: Mapping[str, Mapping[str, ShownRow]]
    total: ShownRow
    exact: bool


def exactly(audit: Audit) -> ShownAudit:
    """Every figure, for the office only."""
    tables = {
        name: {key: _shown(row, hidden=frozenset(), prefix="", mean=True) for key, row in rows.items()}
        for name, rows in audit.tables.items()
    }
    return ShownAudit(tables, _shown(audit.total, hidden=frozenset(), prefix="", mean=True), exact=True)


def for_the_public(audit: Audit) -> ShownAudit:
    """The figures with those of 1 to 10 hidden, and with them whatever would tell one.

    Countries and languages of few children are told together, as `OTHERS`: a row alone tells that they are.
    """
    audit = Audit({name: _together(name, rows) for name, rows in audit.tables.items()}, audit.total)
    figures, ties = _figures(audit)
    in_tables = {name for name in _hidden_in_tables(audit) if figures[name] > 0}
    hidden = hidden_figures(
        figures,
        ties=ties,
        keep={name: _keep(name) for name in figures if name.rpartition("|")[2] in COUNTS},
        already_hidden=in_tables,
    )
    tables = {}
    for name, rows in audit.tables.items():
        means = hide_small({key: row.days_known for key, row in rows.items()}, total_shown=True)
        tables[name] = {
            key: _shown(row, hidden=hidden, prefix=f"{name}:{key}|", mean=means[key] is not None)
            for key, row in rows.items()
        }
    mean = audit.total.days_known > 0 and not is_small(audit.total.days_known)
    return ShownAudit(tables, _shown(audit.total, hidden=hidden, prefix=f"{_TOTAL}|", mean=mean), exact=False)


def _shown(row: Row, *, hidden: frozenset[str], prefix: str, mean: bool) -> ShownRow:
    counts = {name: None if f"{prefix}{name}" in hidden else getattr(row, name) for name in COUNTS}
    has_mean = mean and row.days_known > 0 and counts["children"] is not None
    return ShownRow(counts, round(row.days_waited / row.days_known, 1) if has_mean else None)


def _together(name: str, rows: Mapping[str, Row]) -> dict[str, Row]:
    few = [key for key, row in rows.items() if is_small(row.children) and name in _OPEN_LISTS]
    found = {key: row for key, row in rows.items() if key not in few}
    return found | ({OTHERS: sum((rows[key] for key in few), Row())} if few else {})


def _keep(name: str) -> int:
    """Totals are needed most, then the counts in the order in which they are printed."""
    head, _, count = name.rpartition("|")
    return _KEEP[count] + (len(COUNTS) if head == _TOTAL else 0)


def _figures(audit: Audit) -> tuple[dict[str, int], list[Tie]]:
    """Every figure and every sum of them that a reader could form; what is left over is a figure as well."""
    figures: dict[str, int] = {}
    ties: list[Tie] = []
    every = {_TOTAL: audit.total} | {
        f"{name}:{key}": row for name, rows in audit.tables.items() for key, row in rows.items()
    }
    splits: list[tuple[str, tuple[str, ...]]] = [(w, parts) for w, found in _PARTS.items() for parts in found]
    rests: dict[tuple[str, tuple[str, ...]], str] = {
        (whole, parts): f"{whole} but {' '.join(parts)}" for whole, parts in splits if len(parts) == 1
    }
    for place, row in every.items():
        figures |= {f"{place}|{name}": getattr(row, name) for name in COUNTS}
        for whole, parts in splits:
            names = [f"{place}|{part}" for part in parts]
            if (whole, parts) in rests:
                rest = f"{place}|{rests[whole, parts]}"
                figures[rest] = figures[f"{place}|{whole}"] - sum(figures[name] for name in names)
                names.append(rest)
            ties.append(Tie(f"{place}|{whole}", tuple(names)))
    for name, rows in audit.tables.items():
        for count in (*COUNTS, *rests.values()):
            parts = tuple(f"{name}:{key}|{count}" for key in rows)
            if parts:
                ties.append(Tie(f"{_TOTAL}|{count}", parts))
    return figures, ties


def _hidden_in_tables(audit: Audit) -> set[str]:
    """Names that are hidden when each table is looked at by itself, with its sums."""
    hidden = set()
    for name, rows in audit.tables.items():
        cells = suppress({key: {"placed": row.placed, "waiting": row.waiting} for key, row in rows.items()})
        for key, shown in cells.cells.items():
            hidden |= {f"{name}:{key}|{count}" for count, figure in shown.items() if figure is None}
        hidden |= {f"{name}:{key}|children" for key, n in cells.row_totals.items() if n is None}
        hidden |= {f"{_TOTAL}|{count}" for count, n in cells.column_totals.items() if n is None}
        if cells.total is None:
            hidden.add(f"{_TOTAL}|children")
        for count in ("with_kin", "sharing_language", "represented"):
            column = hide_small({key: getattr(row, count) for key, row in rows.items()}, total_shown=True)
            hidden |= {f"{name}:{key}|{count}" for key, n in column.items() if n is None}
    return hidden
