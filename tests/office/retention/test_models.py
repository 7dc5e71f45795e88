"""One standing hold a subject, whatever two do at once."""

import pytest
from django.db import IntegrityError, transaction

from posada.office.retention.models import LegalHold
from tests.office.people import person
from tests.office.retention.gone import ENDED, gone_group


def test_a_subject_has_one_standing_hold() -> None:
    told = {"kind": "group", "subject_id": gone_group().pk, "by": person(), "from_date": ENDED}
    LegalHold.objects.create(**told, lifted_on=ENDED)
    LegalHold.objects.create(**told)
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.create(**told)
