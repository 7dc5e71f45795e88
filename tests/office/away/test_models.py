"""An open conflict keeps the words of whoever has to choose."""

import uuid

import pytest
from django.db import IntegrityError

from posada.office.away.models import AwayForm
from tests.office.away.devices_at_hand import due, worker


def test_a_conflict_without_words_is_refused_by_the_table() -> None:
    of = worker()
    with pytest.raises(IntegrityError):
        AwayForm.objects.create(
            id=uuid.uuid4(),
            user=of.user,
            device=of.device,
            check_in=due(),
            seen_version=1,
            state=AwayForm.State.CONFLICT,
        )
