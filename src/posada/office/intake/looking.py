"""What a person sees before anything is taken: counts, refused rows, possible duplicates, differences.

Comes in: `Brought` and what it would change. Goes out: the report of an import, as JSON; lists in it are cut, counts
are not. Docs: docs/how-to/load-arrivals.md. Tests: tests/office/intake/test_looking.py.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from itertools import islice
from typing import Any

from posada.intake.duplicates import NameEntry
from posada.office.intake.bulk import as_plain
from posada.office.intake.candidates import candidates
from posada.office.intake.differences import Compared, Difference, digest
from posada.office.intake.models import Child
from posada.office.intake.reading import Brought

MOST_REJECTIONS, MOST_NOTICES, MOST_DUPLICATES, MOST_DIFFERENCES = 2_000, 200, 500, 1_000
PERSONAL = ("duplicates", "differences", "rejections")
"""Parts of a report that may hold a person's values: cut to counts when the import is over."""


def report(brought: Brought, compared: Mapping[str, Compared]) -> dict[str, Any]:
    """The report of a preview. Shapes: `rejections`: [file, row, field, found, wanted]."""
    rejections = brought.rejections
    duplicates = list(islice(possible_duplicates(brought, compared), MOST_DUPLICATES))
    differences = [one for each in compared.values() for one in each.differences]
    return {
        "accepted": brought.accepted,
        "new": {file: len(each.new) for file, each in compared.items()},
        "changed": {file: len(each.changed) for file, each in compared.items()},
        "same": {file: each.same for file, each in compared.items()},
        "left_out": [[f, row, why] for f, each in compared.items() for row, why in each.left_out][
            :MOST_NOTICES
        ],
        "rejections": [astuple(each) for each in rejections[:MOST_REJECTIONS]],
        "refused_rows": dict(Counter(file for file, _ in {(each.file, each.row) for each in rejections})),
        "notices": [astuple(each) for each in brought.notices[:MOST_NOTICES]],
        "held": len(brought.held),
        "closed": len(brought.closed),
        "duplicates": duplicates,
        "fields": _by_field(differences),
        "differences": [_told(each) for each in differences[:MOST_DIFFERENCES]],
        "difference_count": len(differences),
        "digest": digest(compared),
    }


def possible_duplicates(brought: Brought, compared: Mapping[str, Compared]) -> Iterable[dict[str, Any]]:
    """Each new child that may be another one, with what agrees; `stands`: whether the other one is in the office."""
    children = compared.get("children.csv")
    if children is None or not children.new:
        return
    people = {row.child_id: row for _, row in brought.readings["people.csv"].good}  # type: ignore[union-attr]
    rows = {record.child_id: (row, record) for row, record in children.new}
    entries = (_entry(record, people.get(record.child_id)) for _, record in children.new)
    for each in candidates(entries):
        row, record = rows[each.entry_id]
        person = people.get(each.entry_id)
        yield {
            "file": "children.csv",
            "row": row,
            "child_id": each.entry_id,
            "other": each.other,
            "stands": each.other not in rows,
            "agree": list(each.agree),
            "close": list(each.close),
            "missing_here": list(each.missing_here),
            "missing_there": list(each.missing_there),
            "brought": _side(record, person),
            "beside": _side(rows[each.other][1], people.get(each.other)) if each.other in rows else None,
        }


def without_persons(told: Mapping[str, Any]) -> dict[str, Any]:
    """A report when it is over: counts, files, rows and fields, and nothing that anybody wrote."""
    kept = {name: value for name, value in told.items() if name not in PERSONAL}
    kept["rejections"] = [
        [f, row, field, "", wanted] for f, row, field, _, wanted in told.get("rejections", [])
    ]
    kept["duplicate_count"] = len(told.get("duplicates", []))
    return kept


def standing_sides(told: Mapping[str, Any], children: Iterable[Child]) -> list[dict[str, Any]]:
    """The duplicates of a report with the record beside each; `children`: those that the person may see."""
    here = {each.child_id: each for each in children}
    found = []
    for each in told.get("duplicates", []):
        other = here.get(each["other"])
        beside = each["beside"] or (_standing_side(other) if other else None)
        if beside is not None:
            found.append({**each, "beside": beside, "pk": other.pk if other else None})
    return found


def _entry(record: Any, person: Any) -> NameEntry:
    given, family = (person.given_name, person.family_name) if person else ("", "")
    return NameEntry(record.child_id, given, family, record.birth_date, record.sex, record.sibling_group_id)


def _side(record: Any, person: Any) -> dict[str, Any]:
    name = " ".join(filter(None, (person.given_name, person.family_name))) if person else record.child_id
    return {
        "name": name,
        "birth_date": as_plain(record.birth_date),
        "sex": record.sex,
        "group": record.sibling_group_id,
        "languages": list(record.languages),
    }


def _standing_side(child: Child) -> dict[str, Any]:
    return {
        "name": child.name,
        "birth_date": as_plain(child.birth_date),
        "sex": child.sex,
        "group": child.group.sibling_group_id,
        "languages": child.languages,
    }


def _by_field(differences: Iterable[Difference]) -> list[dict[str, Any]]:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for each in differences:
        counts[(each.file, each.column)][each.kind] += 1
    return [
        {"file": file, "column": column, **{kind: told[kind] for kind in ("changes", "fills", "empties")}}
        for (file, column), told in sorted(counts.items())
    ]


def _told(each: Difference) -> dict[str, Any]:
    return {
        "mark": each.mark,
        "file": each.file,
        "row": each.row,
        "key": " · ".join(str(part) for part in each.key if part is not None),
        "column": each.column,
        "stands": _shown(each.stands),
        "brought": _shown(each.brought),
        "kind": each.kind,
    }


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return ";".join(map(str, value)) if isinstance(value, tuple) else str(value)
