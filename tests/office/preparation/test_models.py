"""The tables refuse what the services never write."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from posada.office.intake.models import Child
from posada.office.preparation.models import ChecklistMark


@pytest.mark.parametrize("fields", [{"state": "done"}, {"state": "not_needed"}])
def test_a_mark_says_when_or_why(child: Child, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ChecklistMark.objects.create(child=child, checklist_id="appeal", item_id="fee", **fields)


def test_an_item_has_one_mark(child: Child) -> None:
    told = {"child": child, "checklist_id": "appeal", "item_id": "fee"}
    ChecklistMark.objects.create(**told)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChecklistMark.objects.create(**told)
