"""Marks planted in what is sealed and in names, and where to look for them: for promises that walk over all pages.

Comes in: objects of the matrix. Goes out: marks that stand nowhere else, and every form in which they could leak.
"""

import base64
import hashlib
import itertools
from collections.abc import Iterable, Iterator

from django.db import connection

from posada.office.access import doors
from posada.office.intake.models import Child, SiblingGroup
from posada.office.licensing.models import Enquiry, Home
from tests.office.access.objects import Made

_numbers = itertools.count(1)


def seal_marks(made: Made | None) -> list[str]:
    """Seal a mark in each sealed field of the people and homes that an object belongs to. Returns the marks."""
    if made is None:
        return []
    marks: list[str] = []
    records: list[Child | Home | Enquiry] = []
    if isinstance(made.record, Enquiry | Home):
        records.append(made.record)
    if made.home is not None and made.home != made.record:
        records.append(made.home)
    if made.group is not None:
        records.extend(made.group.children.all())
    for record in records:
        fields = doors.SEALED_FIELDS[record._meta.label_lower]
        values = {field: f"Zqx{next(_numbers)}vké{field.replace('_', '')}" for field in fields}
        doors.seal_fields(record, values)
        marks.extend(values.values())
    return marks


def name_marks(group: SiblingGroup) -> list[str]:
    """Give the children of a group names that stand nowhere else."""
    marks = []
    for child in group.children.all():
        given, family = f"Wvy{next(_numbers)}Given", f"Wvy{next(_numbers)}Family"
        Child.objects.filter(pk=child.pk).update(given_name=given, family_name=family)
        marks += [given, family]
    return marks


def forms_of(mark: str) -> set[str]:
    """A mark as it could leak: as it is, small, without its accent, its beginning, coded, or plainly hashed."""
    plain, small = mark.replace("é", "e"), mark.casefold()
    coded = {base64.b64encode(text.encode()).decode().rstrip("=")[:-2] for text in (mark, plain)}
    hashed = {hashlib.new(kind, mark.encode()).hexdigest() for kind in ("sha256", "sha1", "md5")}
    return {mark, small, plain, plain.casefold(), mark[:9], mark.encode().hex(), *coded, *hashed}


def found_in(text: str, marks: Iterable[str]) -> list[str]:
    """The marks that a text holds in any form."""
    return [mark for mark in marks if any(form in text for form in forms_of(mark))]


def every_table() -> Iterator[tuple[str, str]]:
    """Every table of the database with all that it holds, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = cursor.fetchall()
            yield table, "\n".join(_text(cell) for row in rows for cell in row)


def _text(cell: object) -> str:
    return bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)
