"""The tables keep what may not happen from happening, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from posada.office.docket.models import CaseOutcome, Deadline, FeedLink
from tests.office.docket.cases import LATE_NOVEMBER, child_of, coordinator
from tests.office.people import person


def deadline(**fields: object) -> None:
    child = child_of()
    made = {"deadline_id": "d1", "rule_id": "r", "event_key": "e", "standing": "in_force"}
    days = {"trigger_date": LATE_NOVEMBER, "as_of": LATE_NOVEMBER}
    Deadline.objects.create(group=child.group, child=child, **made, **days, **fields)


@pytest.mark.parametrize("fields", [{"state": "met"}, {"state": "excused", "closed_on": LATE_NOVEMBER}])
def test_a_deadline_is_not_closed_without_day_reason_and_name(fields: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        deadline(**fields)


def test_removal_is_not_recorded_without_a_second_person() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseOutcome.objects.create(
            child=child_of(), kind="removal", on=LATE_NOVEMBER, reason="x", explained_by="y"
        )


def test_a_person_has_one_living_feed_link() -> None:
    user = person()
    FeedLink.objects.create(user=user, token_hash="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        FeedLink.objects.create(user=user, token_hash="2")
    assert coordinator().user_id
