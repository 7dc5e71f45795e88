"""Promise 18: a right that was removed is gone on the next request: old cookies and open forms open nothing."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from posada.office.access.devices import end_sessions_of
from posada.office.access.models import Assignment, RoleGrant, User
from posada.office.access.roles import Role
from posada.office.counsel.models import Engagement
from posada.office.day import today
from tests.office.access import cells
from tests.office.access.routes import routes, rows

pytestmark = pytest.mark.django_db

ROWS = rows()
WITH_OBJECT = [each for each in routes() if ROWS[each.name].object and "named" in str(ROWS[each.name].tie)]


def _role(user: User) -> None:
    RoleGrant.objects.filter(user=user).update(until_at=timezone.now())


def _assignment(user: User) -> None:
    Assignment.objects.filter(user=user).update(until_at=timezone.now())
    Engagement.objects.filter(counsel__user=user).update(until_date=today(), end_reason="done")


def _account(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _factor(user: User) -> None:
    Authenticator.objects.filter(user=user).delete()


def _device(user: User) -> None:
    end_sessions_of(user)


def _password(user: User) -> None:
    user.set_password("river lamp quiet nine")
    user.save()


REMOVALS: tuple[Callable[[User], None], ...] = (_role, _assignment, _account, _factor, _device, _password)


@pytest.mark.parametrize("route", WITH_OBJECT, ids=lambda route: route.name)
def test_nothing_opens_after_a_right_was_removed(route: cells.Route) -> None:
    row, replays = ROWS[route.name], 0
    roles = [role for role in Role if row.opens_to_role(role) and row.tie_of(role) == "named"]
    for place, remove in enumerate(REMOVALS):
        role = roles[place % len(roles)]
        made = cells.made_for(row)
        cells.suit(made, role)
        user = cells.somebody(role, "own", row, made)
        client, address = cells.signed_in(user), cells.address_of(route, row, made)
        if "GET" in row.methods:
            assert client.get(address).status_code < 400, f"{role}: it was there"
        else:
            assert client.get("/").status_code == 200
        if remove is _assignment and role == Role.ATTORNEY and made is not None and made.counsel is not None:
            continue  # one's own record stays one's own
        remove(user)
        before = cells.written()
        for method in row.methods:
            cell = cells.Cell("", client, address, method, "")
            found = cells.outcome(cell, row)
            answer = client.get(address) if found == cells.THERE else None
            led_away = answer is not None and answer.status_code == 302
            assert found != cells.THERE or led_away, f"{role} {method} after {remove.__name__}"
            replays += 1
        assert cells.written() == before, f"{role} after {remove.__name__}"
    print(f"{route.name}: {replays} replays")
    assert replays > 0
