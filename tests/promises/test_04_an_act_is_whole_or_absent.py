"""Promise 4: an act is whole or absent: stopped at any of its questions to the database, everything is as before.

Each act is first run to its end and taken back, which counts its questions; then it is stopped at the first, the
second, and so on. Here at a dozen of them, spread; at every single one with POSADA_TEST_ALL. Compared are all rows of
all tables and all stored files. `sealed.stopped` and the like, which are written on purpose when something is
refused, are no part of these acts.
"""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from posada.office.access import doors, grants, two_persons
from posada.office.access.actor import machine
from posada.office.access.roles import Role
from posada.office.audit.history import save_change, void
from posada.office.casefile import vault
from posada.office.casefile.documents import NewDocument, add_document
from posada.office.intake.models import Child
from posada.office.intake.services import take_folder
from posada.office.ledger import closing
from posada.office.placement import answers, moves, plans
from posada.office.placement.models import PlanRun
from tests.office.docket.cases import child_of, coordinator, record
from tests.office.intake.folders import folder
from tests.office.intake.state import everything
from tests.office.packets.filings import pdf
from tests.office.people import TODAY, acting, assign_placement, group_of, home_of, person
from tests.office.placement.offered import offer_of, placed, seen
from tests.office.placement.planned import plan_now, small_program, tonight

pytestmark = pytest.mark.django_db
STOPS = 10_000 if os.environ.get("POSADA_TEST_ALL") else 12
MARKS = ("SAVEPOINT", "RELEASE", "ROLLBACK")
"""Where a transaction begins and ends within the test's own; a commit that fails is the database's to undo."""
MAY_STAND = {"_open_sealed": {"audit.entry", "audit.head", "audit.revision"}}
"""That somebody opened a sealed field stands in the log before it is read, and stays there if it then is not."""
Act = Callable[[], Any]


class Stopped(BaseException):
    """The machine stops here."""


def _change() -> Act:
    child, actor = group_of().children.get(), acting(Role.INTAKE_WORKER)
    return lambda: save_change(child, version=1, changes={"given_name": "Other"}, actor=actor, act="x.change")


def _void() -> Act:
    child, actor = group_of().children.get(), acting(Role.INTAKE_WORKER)
    return lambda: void(child, version=1, actor=actor, reason="added twice")


def _import() -> Act:
    return lambda: take_folder(folder(), actor=machine("promise"), told=lambda *_: None)


def _accept() -> Act:
    offer, actor = (
        offer_of(group_of(date(2014, 1, 1), date(2016, 1, 1)), home_of()),
        acting(Role.PLACEMENT_WORKER),
    )
    return lambda: answers.accept(actor, offer)


def _decline() -> Act:
    offer, actor = offer_of(group_of(), home_of()), acting(Role.PLACEMENT_WORKER)
    return lambda: answers.decline(actor, offer)


def _move() -> Act:
    actor = acting(Role.PLACEMENT_WORKER)
    group, _ = placed(actor=actor)
    to = home_of()
    return lambda: moves.move(actor, group, to, on=TODAY, seen=seen(group), reason="nearer to school")


def _approve() -> Act:
    small_program()
    one, other = acting(Role.PLACEMENT_WORKER), acting(Role.PROGRAM_DIRECTOR)
    run = PlanRun.objects.get(pk=plan_now(one).pk)
    run = plans.send_for_approval(one, run, version=run.version)
    return lambda: plans.approve_plan(other, run, version=run.version)


def _close_month() -> Act:
    assign_placement(group_of(), home_of(cost_cents_per_child_day=3_000), from_date=date(2026, 9, 1))
    director = acting(Role.PROGRAM_DIRECTOR)
    asked = closing.ask_to_close(director, date(2026, 10, 1), reason="all stays are in")
    two_persons.answer(acting(Role.ADMINISTRATOR), asked.pk, approve=True)
    return lambda: closing.close_month(director, date(2026, 10, 1), asked)


def _document() -> Act:
    child, actor, content = child_of(), acting(Role.INTAKE_WORKER), pdf()
    told: dict[str, Any] = {"kind": "other", "title": "A paper", "language": "eng"}
    return lambda: add_document(actor, NewDocument(content, child=child, **told))


def _event() -> Act:
    child, actor = child_of(), coordinator()
    return lambda: record(actor, child, "nta_served", date(2026, 11, 1))


def _open_sealed() -> Act:
    child, actor = child_of(), acting(Role.INTAKE_WORKER)
    doors.seal_fields(child, {"a_number": "000-000-001"})
    return lambda: doors.open_sealed(actor, child, "a_number", reason="for the form")


def _grant() -> Act:
    administrator, user = acting(Role.ADMINISTRATOR), person()
    acting(Role.ADMINISTRATOR)
    return lambda: grants.ask_for_role(administrator, user, Role.INTAKE_WORKER, reason="new colleague")


ACTS: tuple[Callable[[], Act], ...] = (
    *(_change, _void, _import, _accept, _decline, _move, _approve, _close_month),
    *(_document, _event, _open_sealed, _grant),
)


class _Watch:
    """Counts questions, and stops at one of them."""

    def __init__(self, stop_at: int = 0) -> None:
        self.stop_at, self.asked = stop_at, 0

    def __call__(self, execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        if sql.startswith(MARKS):
            return execute(sql, parameters, many, context)
        self.asked += 1
        if self.asked == self.stop_at:
            raise Stopped
        return execute(sql, parameters, many, context)


def _questions(act: Act) -> int:
    """How many an act asks; it is taken back."""
    watch = _Watch()
    with transaction.atomic(), connection.execute_wrapper(watch):
        act()
        transaction.set_rollback(True)
    return watch.asked


def _named_files() -> set[str]:
    return {name for name, _ in vault.stored_names()}


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "documents")
    tonight()


# A stop in the middle of reading leaves a cursor of PostgreSQL to the end of its connection.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("of", ACTS, ids=lambda of: of.__name__.strip("_"))
def test_stopped_anywhere_everything_is_as_before(of: Callable[[], Act], monkeypatch: Any) -> None:
    monkeypatch.setattr("posada.office.placement.offers.solve_again", lambda: False)
    act = of()
    before, children = everything(), Child.objects.count()
    asks = _questions(act)
    assert asks > 0
    step = max(1, asks // STOPS)
    stopped = 0
    for number in range(1, asks + 1, step):
        with pytest.raises(Stopped), connection.execute_wrapper(_Watch(number)):
            act()
        stopped += 1
        assert Child.objects.count() == children
        changed = {table for table, told in everything().items() if told != before[table]}
        assert changed <= MAY_STAND.get(of.__name__, set()), f"stopped at question {number} of {asks}"
    print(f"stopped at {stopped} of {asks} questions")
    assert stopped >= min(asks, STOPS) > 0
