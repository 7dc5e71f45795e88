"""Once a month homes and counsel look through their lists."""

import pytest

from posada.office.access.roles import Role
from posada.office.counsel.models import Engagement
from posada.office.desk import confirmations
from posada.office.desk.models import Confirmation, Task
from tests.office.people import TODAY, acting, counsel_of, group_of, home_of
from tests.office.placement.offered import placed, the_day, without_solving


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    the_day()
    without_solving(monkeypatch)


def test_the_share_counts_homes_with_children_and_those_that_answered() -> None:
    _group, home = placed()
    placed()
    home_of()
    assert confirmations.share_of_homes() == confirmations.Share(0, 2)
    confirmations.confirm_home(acting(Role.FOSTER_PARENT), home, differs=False)
    share = confirmations.share_of_homes()
    assert (share, share.percent, Confirmation.objects.get().listed) == (confirmations.Share(1, 2), 50, 1)
    assert confirmations.Share(0, 0).percent is None


def test_a_second_answer_of_a_month_takes_the_place_of_the_first_and_opens_its_task() -> None:
    _group, home = placed()
    parent = acting(Role.FOSTER_PARENT)
    confirmations.confirm_home(parent, home, differs=False)
    for _again in range(2):
        confirmations.confirm_home(parent, home, differs=True)
    assert Confirmation.objects.get().differs
    assert Task.objects.get(kind="list_differs").role == Role.PLACEMENT_WORKER


def test_counsel_confirm_their_engagements() -> None:
    counsel = counsel_of()
    Engagement.objects.create(group=group_of(), counsel=counsel, from_date=TODAY)
    assert (confirmations.share_of_counsel(), confirmations.has_confirmed(counsel)) == (
        confirmations.Share(0, 1),
        False,
    )
    confirmations.confirm_counsel(acting(Role.ATTORNEY), counsel, differs=True)
    assert (confirmations.share_of_counsel().percent, confirmations.has_confirmed(counsel)) == (100, True)
    assert Task.objects.get(kind="list_differs").role == Role.LEGAL_COORDINATOR
