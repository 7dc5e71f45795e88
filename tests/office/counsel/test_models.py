"""What the tables of the counsel desk refuse by themselves."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from posada.office.counsel.models import Engagement
from tests.office.people import counsel_of, group_of


def test_a_group_has_one_full_engagement_at_a_time() -> None:
    group = group_of()
    Engagement.objects.create(counsel=counsel_of(), group=group, from_date=date(2026, 11, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.create(counsel=counsel_of(), group=group, from_date=date(2026, 11, 2))


def test_an_engagement_ends_only_with_a_reason() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.create(
            counsel=counsel_of(), group=group_of(), from_date=date(2026, 11, 1), until_date=date(2026, 11, 9)
        )
