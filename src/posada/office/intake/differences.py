"""What a file would change: rows that are new, fields that differ, and what a person chose for each.

Comes in: `Brought` and what stands. Goes out: `Compared` for each file. The rule for a field: take what the file
says, keep what stands, or fill only if empty; a filled field is emptied only where somebody asked for it.
Docs: docs/how-to/load-arrivals.md. Tests: tests/office/intake/test_differences.py.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from posada.office.access import doors
from posada.office.intake.reading import Brought
from posada.office.intake.sealed_tables import NOT_SHOWN, PAGE_LANGUAGES, SEALED_AS, SEALED_TABLES
from posada.office.intake.shapes import SHAPES, Shape, Stands, plain, standing_rows
from posada.office.licensing.models import Home

TAKE, KEEP, FILL = "take", "keep", "fill"
CHOICES = (TAKE, KEEP, FILL)
CHANGES, FILLS, EMPTIES = "changes", "fills", "empties"


class Difference(NamedTuple):
    """One field that differs. `kind`: it changes, fills, or would empty what stands."""

    file: str
    row: int
    key: tuple[Any, ...]
    column: str
    stands: Any
    brought: Any
    kind: str

    @property
    def mark(self) -> str:
        """A short name of this difference for a form; says nothing by itself."""
        told = repr((self.file, self.column, [str(each) for each in self.key]))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


class Changed(NamedTuple):
    """One standing row that differs from its row in the file."""

    stands: Stands
    record: Any
    differences: tuple[Difference, ...]


@dataclass(slots=True)
class Compared:
    """One file against what stands. `new`: rows with their numbers; `left_out`: row → why it is not taken."""

    shape: Shape
    new: list[tuple[int, Any]] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    same: int = 0
    left_out: list[tuple[int, str]] = field(default_factory=list)

    @property
    def differences(self) -> list[Difference]:
        """Every field that differs."""
        return [each for changed in self.changed for each in changed.differences]


def compare(brought: Brought, *, told: Callable[[str], None] = lambda _: None) -> dict[str, Compared]:
    """Each file that was brought, against what stands. Nothing is written and nothing sealed is shown."""
    found = {}
    for file, shape in SHAPES.items():
        reading = brought.readings[file]
        if not reading.is_present:
            continue
        told(file)
        found[file] = _compared(shape, reading.good, columns=brought.columns.get(file, frozenset()))
    return found


def chosen(each: Difference, choices: Mapping[str, Any]) -> bool:
    """Whether a difference is to be written. `choices`: {fields: {file:column → rule}, rows: {mark → rule}}.

    Without a rule what the file says is taken, unless it is nothing: only "take" empties a filled field.
    """
    by_field = choices.get("fields", {}).get(f"{each.file}:{each.column}", "")
    rule = choices.get("rows", {}).get(each.mark, by_field)
    if rule == KEEP:
        return False
    return rule == TAKE if each.kind == EMPTIES else each.kind == FILLS or rule != FILL


def digest(compared: Mapping[str, Compared]) -> str:
    """One mark for all that would be written, so that what a person saw is what is taken."""
    told = hashlib.sha256()
    for file, each in compared.items():
        new = [row for row, _ in each.new]
        differ = [(one.key, one.column, str(one.stands), str(one.brought)) for one in each.differences]
        told.update(repr((file, new, differ)).encode("utf-8", "surrogateescape"))
    return told.hexdigest()


def _compared(shape: Shape, good: list[tuple[int, Any]], *, columns: frozenset[str]) -> Compared:
    """Rows that say the same as what stands first; the others of one key in turn; what is over is new."""
    result = Compared(shape)
    here: dict[tuple[Any, ...], list[Stands]] = defaultdict(list)
    for stands in standing_rows(shape, [record for _, record in good]):
        here[stands.key].append(stands)
    left = []
    for row, record in good:
        rows = here.get(shape.key_of(record), [])
        twin = next((each for each in rows if _same(each, record, shape.compared)), None)
        if twin is None:
            left.append((row, record, rows))
            continue
        rows.remove(twin)
        if twin.gone:
            result.left_out.append((row, twin.gone))
        else:
            result.same += 1
    names = tuple(name for name in shape.compared if name in columns)
    for row, record, rows in left:
        _place(result, row, record, rows, names=names)
    return _with_sealed(result, good, columns=columns) if shape.file in SEALED_TABLES else result


def _place(result: Compared, row: int, record: Any, rows: list[Stands], *, names: tuple[str, ...]) -> None:
    stands = next((each for each in rows if not each.gone), None)
    if stands is not None:
        rows.remove(stands)
        differences = tuple(_differences(result.shape, row, stands, record, names=names))
        if differences:
            result.changed.append(Changed(stands, record, differences))
        else:
            result.same += 1
    elif rows and result.shape.is_unique:
        result.left_out.append((row, rows[0].gone))
    else:
        result.new.append((row, record))


def _same(stands: Stands, record: Any, columns: tuple[str, ...]) -> bool:
    return all(stands.values[name] == _brought(record, name) for name in columns)


def _brought(record: Any, column: str) -> Any:
    value = plain(getattr(record, column))
    if column == "best_language" and value is not None:
        return PAGE_LANGUAGES.get(value.strip(), value.strip())
    return tuple(sorted(value)) if column == "own_children_birth_dates" and value else value


def _differences(
    shape: Shape, row: int, stands: Stands, record: Any, *, names: tuple[str, ...]
) -> "list[Difference]":
    found = []
    for name in names:
        before, after = stands.values[name], _brought(record, name)
        if before != after:
            kind = FILLS if before is None else EMPTIES if after is None else CHANGES
            found.append(Difference(shape.file, row, stands.key, name, before, after, kind))
    return found


def _with_sealed(result: Compared, good: list[tuple[int, Any]], *, columns: frozenset[str]) -> Compared:
    """Sealed fields that differ, told without what they hold."""
    file, key = result.shape.file, result.shape.key[0]
    names = {column: sealed for (of, column), sealed in SEALED_AS.items() if of == file and column in columns}
    by_key = {each.stands.key: each for each in result.changed}
    records = {getattr(record, key): (row, record) for row, record in good}
    standing = {each.key: each for each in standing_rows(result.shape, [r for _, r in good]) if not each.gone}
    asked = [
        (stands.pk, {names[c]: getattr(records[stands.key[0]][1], c).strip() for c in names})
        for stands in standing.values()
    ]
    differing = doors.differing_sealed(result.shape.model._meta.label_lower, asked)
    back = {sealed: column for column, sealed in names.items()}
    for stands in standing.values():
        fields = differing.get(stands.pk, {})
        row, record = records[stands.key[0]]
        told = tuple(
            Difference(
                file, row, stands.key, back[name], NOT_SHOWN if filled else None, NOT_SHOWN,
                CHANGES if filled else FILLS,
            )
            for name, filled in sorted(fields.items())
        )  # fmt: skip
        if told:
            before = by_key.get(stands.key)
            by_key[stands.key] = Changed(stands, record, (*(before.differences if before else ()), *told))
    result.same = len(standing) - len(by_key)
    result.changed = list(by_key.values())
    return result


def typed_checks_keep(compared: Mapping[str, Compared]) -> None:
    """Where a home's checks are kept here, the file's day for them is left out: typed checks decide."""
    homes = compared.get("homes.csv")
    if homes is None or not homes.changed:
        return
    typed = set(Home.objects.filter(has_typed_checks=True).values_list("pk", flat=True))
    for place, each in enumerate(homes.changed):
        if each.stands.pk in typed:
            kept = tuple(one for one in each.differences if one.column != "checks_clear_until")
            homes.changed[place] = each._replace(differences=kept)
