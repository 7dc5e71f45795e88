"""Promise 35, for staff: the office sends push services one of four messages, whatever happens at the desk.

What is counted: messages that the push service took, opened with the browser's own key by another library.
"""

import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone

from posada.office.access.roles import Role
from posada.office.intake.models import ProgramSettings
from posada.office.nudges.telling import tell_staff
from posada.office.placement.models import Offer
from tests.office.docket.cases import LATE_NOVEMBER, attorney_of, child_of, coordinator, record
from tests.office.nudges.desks import desk, ready, told
from tests.office.nudges.test_topics import ALL
from tests.office.people import group_of, home_of, person
from tests.push.fake_service import fake_service

pytestmark = pytest.mark.django_db
CANARY = "Kanarienvogel"
ROUNDS = 12


def answered(number: int, **more: Any) -> Offer:
    now = timezone.now()
    return Offer.objects.create(
        group=group_of(given_name=CANARY, family_name=f"{CANARY}-{number}"),
        home=home_of(home_id=f"{CANARY}-{number}"),
        state=("accepted", "declined")[number % 2],
        children_count=1,
        answered_at=now,
        expires_at=now + timedelta(days=1),
        token_hash=f"{number:064}",
        **more,
    )


def test_whatever_waits_only_four_messages_ever_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    ProgramSettings.objects.update_or_create(pk=1, defaults={"plan_date": LATE_NOVEMBER, "state": "MD"})
    noon = datetime.now(ZoneInfo(settings.TIME_ZONE)).replace(hour=12)
    with fake_service() as running:
        service = ready(running, monkeypatch)
        paths = []
        for number, language in enumerate(("en", "es")):
            worker = person(Role.PLACEMENT_WORKER, display_name=CANARY)
            paths.append(f"/ok/worker-{number}")
            desk(service, worker, "offer-answered", path=paths[-1], language=language)
            group = group_of(given_name=CANARY, family_name=CANARY)
            attorney, _actor = attorney_of(group)
            paths.append(f"/ok/attorney-{number}")
            desk(service, attorney, "deadline-near", path=paths[-1], language=language)
            record(coordinator(), child_of(group), "address_changed", date(2026, 11, 19))
        for number in range(ROUNDS):
            answered(number)
            tell_staff(at=noon)
        sent = [each for path in paths for each in told(service, path)]
        bodies = b"".join(body for path in paths for body in service.taken[path])
    texts = {json.dumps(each, separators=(",", ":"), ensure_ascii=False) for each in sent}
    print(f"messages: {len(sent)}, different ones: {len(texts)}")
    assert texts == ALL and len(sent) == 2 * ROUNDS + 2
    assert len({len(body) for path in paths for body in service.taken[path]}) == 1, "lengths tell nothing"
    assert CANARY.encode() not in bodies and CANARY not in repr(service.headers)
