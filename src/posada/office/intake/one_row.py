"""One row typed into a form, judged by the reader of files: what the file refuses, the form refuses alike.

Comes in: a file's name and its cells as text. Goes out: the record. Tests: tests/office/intake/test_one_row.py.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from posada.office.day import today
from posada.office.intake.reading import read_brought
from posada.office.intake.standing_ids import StandingIds
from posada.office.intake.wanted_words import wanted_words
from posada.office.refusals import FieldsRefused
from posada.programme.write import csv_bytes

WANTED = _("Wanted: %(what)s.")


def read_row(file: str, cells: Mapping[str, str], *, standing: StandingIds) -> Any:
    """The record that this row of a file is. Raises FieldsRefused: column → what was wanted."""
    brought = read_brought(
        {file: csv_bytes(tuple(cells), [tuple(cells.values())])}, on=today(), standing=standing
    )
    faults = {each.field: WANTED % {"what": wanted_words(each.wanted)} for each in brought.rejections}
    good = brought.readings[file].good
    if faults or not good:
        raise FieldsRefused(faults or {next(iter(cells)): WANTED % {"what": _("a value")}})
    return good[0][1]
