"""What no foreign key finds: sealed values, histories, kept forms, tasks that ran, reasons, imports, ids in texts.

Comes in: the rows that go, and the ids that the program gave them (C-0001). Goes out: nothing of them.
The log stays: it holds opaque ids alone. Docs: docs/explanation/retention.md.
Tests: tests/office/retention/test_traces.py.
"""

import json
import re
import zipfile
from collections.abc import Iterable
from typing import Any

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django_tasks_db.models import DBTaskResult

from posada.office.access.models import Approval, KeptForm, SealedValue
from posada.office.audit.models import DailyDigest, Entry, Head, Revision
from posada.office.intake.models import Child, Import, SiblingGroup
from posada.office.intake.uploads import unsealed
from posada.office.licensing.models import Enquiry, Home
from posada.office.retention.belonging import Rows, pieces

NAMED_BY = {SiblingGroup: "sibling_group_id", Child: "child_id", Home: "home_id", Enquiry: "reference"}
CHAINED = (Entry, Head, DailyDigest)
INSTEAD = "[erased]"
LONG = 300
"""Letters of a column that a person writes sentences into; shorter ones hold codes."""


def program_ids(rows: Rows) -> list[str]:
    """The ids by which lists and files of the program name these rows."""
    found: set[str] = set()
    for model, name in NAMED_BY.items():
        for some in pieces(rows.get(model, set())):
            found |= set(model._default_manager.filter(pk__in=some).values_list(name, flat=True))
    return sorted(found)


def erase_traces(rows: Rows, named: list[str]) -> None:
    """Take away what says something of rows that go. Call it in their transaction."""
    keys = {key for found in rows.values() for key in found if not isinstance(key, int)}
    for some in pieces(keys):
        SealedValue.objects.filter(owner_id__in=some).delete()
        Revision.objects.filter(record_id__in=some).delete()
    opaque = {str(each) for each in keys}
    _holding(KeptForm.objects.all(), ["path"], opaque).delete()
    _holding(DBTaskResult.objects.finished(), ["args_kwargs"], opaque).delete()
    asked = _holding(Approval.objects.all(), ["scope"], opaque)
    asked.update(reason=INSTEAD, answer_reason="")
    if named:
        _imports(named)
        _texts(named)


def _holding(rows: models.QuerySet, fields: list[str], wanted: Iterable[str]) -> models.QuerySet:
    """Rows that hold one of the texts in one of the fields."""
    chosen = set()
    listed = set(wanted)
    for row in rows.values_list("pk", *fields).iterator():
        text = " ".join(each if isinstance(each, str) else json.dumps(each, default=str) for each in row[1:])
        if any(found in listed for found in re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)):
            chosen.add(row[0])
    return rows.model._default_manager.filter(pk__in=chosen)


def _imports(named: list[str]) -> None:
    """Whole imports whose report or files name what goes, or whose files cannot be read any more."""
    pattern = _pattern(named)
    for each in Import.objects.all().iterator(chunk_size=20):
        if pattern.search(json.dumps([each.report, each.choices], default=str)) or _names(each, pattern):
            Revision.objects.filter(record_id=each.pk).delete()
            Import.objects.filter(pk=each.pk).delete()


def _names(each: Import, pattern: "re.Pattern[str]") -> bool:
    if not each.sealed:
        return False
    try:
        files = unsealed(each.sealed)
    except (InvalidToken, ValueError, OSError, zipfile.BadZipFile):
        return True
    return any(pattern.search(content.decode("latin-1")) for content in files.values())


def _texts(named: list[str]) -> None:
    """Ids in lists and texts of rows that stay (what a plan refused, what a held row named)."""
    pattern = _pattern(named)
    for model in apps.get_models():
        if model in CHAINED:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.JSONField | models.TextField) or (field.max_length or 0) >= LONG:
                _text(model, field, named, pattern)


def _text(model: type[models.Model], field: Any, named: list[str], pattern: "re.Pattern[str]") -> None:
    rows = model._base_manager.annotate(erasure_text=Cast(field.name, models.TextField()))
    for start in range(0, len(named), 100):
        wanted = Q()
        for each in named[start : start + 100]:
            wanted |= Q(erasure_text__contains=each)
        for key, value in rows.filter(wanted).values_list("pk", field.name):
            spelled = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            again = pattern.sub(INSTEAD, spelled)
            kept = again if isinstance(value, str) else json.loads(again)
            model._base_manager.filter(pk=key).update(**{field.name: kept})


def _pattern(named: list[str]) -> "re.Pattern[str]":
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, named)) + r")(?![\w-])")
