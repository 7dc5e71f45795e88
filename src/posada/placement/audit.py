"""Who is placed and who waits, by age, sex, country and language: exact counts, for whoever checks fairness.

Comes in: a plan and its program, and the countries where the office gives them (a plan's folder holds none).
Goes out: `Audit`. Nothing here may be shown outside the office as it is: `posada.page.audit_shown` hides the
small cells. No figure is a judgment: a difference between rows has reasons (kin, needs, beds) that it does
not tell. Docs: docs/how-to/ask-why.md. Tests: tests/placement/test_audit.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from posada.records import Child, Plan, Program
from posada.records.people import age_on

NOT_KNOWN = ""
"""The row of children of whom it is not known."""

AGE_BANDS = ((0, 1), (2, 5), (6, 9), (10, 12), (13, 15), (16, 17))
"""Whole years on the plan date, both ends included."""


@dataclass(frozen=True, slots=True)
class Row:
    """Children by what the plan did for them; `days_waited` is a sum over the `days_known`."""

    children: int = 0
    placed: int = 0
    waiting: int = 0
    with_kin: int = 0
    sharing_language: int = 0
    represented: int = 0
    days_known: int = 0
    days_waited: int = 0

    def __add__(self, other: "Row") -> "Row":
        """The two rows together."""
        return Row(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Row)))


@dataclass(frozen=True, slots=True)
class Audit:
    """Table name ("age", "sex", "country", "language") -> row name -> counts, and all of them together."""

    tables: Mapping[str, Mapping[str, Row]]
    total: Row


def audit(program: Program, plan: Plan, *, country_of: Mapping[str, str | None] | None = None) -> Audit:
    """Count every child who had no home before the plan, those of held groups included.

    Args:
        program: what the plan was made from.
        plan: the plan.
        country_of: child id -> country; without it there is no table by country.
    """
    outcome = _outcomes(plan)
    standing = {p.child_id for p in program.placements if p.stands_on(program.plan_date)}
    children = [child for child in program.children if child.child_id not in standing]
    rows = {child.child_id: _row(child, outcome.get(child.child_id), program) for child in children}
    by: dict[str, Callable[[Child], str]] = {
        "age": lambda child: age_band(age_on(child.birth_date, program.plan_date)),
        "sex": lambda child: child.sex,
        "language": lambda child: child.languages[0] if child.languages else NOT_KNOWN,
    }
    if country_of is not None:
        by["country"] = lambda child: country_of.get(child.child_id) or NOT_KNOWN
    tables = {name: _table(children, rows, key) for name, key in by.items()}
    return Audit(tables=tables, total=sum(rows.values(), Row()))


def age_band(age: int) -> str:
    """The band of an age in whole years.

    >>> age_band(1), age_band(2), age_band(17)
    ('0–1', '2–5', '16–17')
    """
    low, high = next(band for band in AGE_BANDS if band[0] <= age <= band[1])
    return f"{low}–{high}"


def _table(children: list[Child], rows: Mapping[str, Row], key: Callable[[Child], str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for child in children:
        name = key(child)
        found[name] = found.get(name, Row()) + rows[child.child_id]
    return {name: found[name] for name in sorted(found, key=_place)}


def _place(name: str) -> tuple[bool, int, str]:
    """Ages from the youngest, other rows by name, what is not known last."""
    bands = [f"{low}–{high}" for low, high in AGE_BANDS]
    return name == NOT_KNOWN, bands.index(name) if name in bands else 0, name


def _outcomes(plan: Plan) -> dict[str, tuple[bool, bool, bool]]:
    """Placed child -> (with kin, shares a language with the home, has counsel)."""
    return {
        child_id: (group.kin, shares, group.counsel_id is not None)
        for group in plan.groups
        for child_id, shares in zip(group.children, group.children_sharing_language, strict=True)
    }


def _row(child: Child, outcome: tuple[bool, bool, bool] | None, program: Program) -> Row:
    kin, shares, represented = outcome or (False, False, False)
    days = (program.plan_date - child.arrived_on).days if child.arrived_on is not None else -1
    return Row(
        children=1,
        placed=int(outcome is not None),
        waiting=int(outcome is None),
        with_kin=int(kin),
        sharing_language=int(shares),
        represented=int(represented),
        days_known=int(days >= 0),
        days_waited=max(days, 0),
    )
