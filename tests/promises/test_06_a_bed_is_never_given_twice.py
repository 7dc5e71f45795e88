"""Promise 6: a bed is never given twice, whoever answers in the same moment; nobody's answer is lost unseen.

On SQLite and on PostgreSQL alike: compare-and-set and constraints, no lock. `POSADA_ROUNDS` makes it longer.
"""

import os
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from posada.office.access.actor import machine
from posada.office.access.roles import Role
from posada.office.audit.chain import verify
from posada.office.placement import answers, check_ins, moves, offers, placed
from posada.office.placement.models import CheckIn, Offer, Placement
from posada.office.refusals import Refusal, SomebodySavedFirst
from tests.office.people import TODAY, acting, group_of, home_of
from tests.office.placement import offered
from tests.racing import at_once, in_a_thread, real_database

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, RACERS = int(os.environ.get("POSADA_ROUNDS", "6")), 8
FEWER = max(min(ROUNDS, 6), ROUNDS // 4)
"""Rounds of the other races, which the promise names no number for."""
LINK = machine("link of an offer")


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    offered.without_solving(monkeypatch)


def _told(found: Any) -> str:
    if isinstance(found, Refusal):
        return "refused"
    return str(found.state) if isinstance(found, Offer) else f"{type(found).__name__}: {found}"


def test_of_eight_homes_that_accept_for_one_bed_exactly_one_gets_it(tmp_path: Path) -> None:
    def prepare() -> tuple[Any, list[Offer]]:
        offered.the_day()
        home = home_of(beds_any=1)
        return home, [offered.offer_of(group_of(), home) for _racer in range(RACERS)]

    def after(home: Any) -> tuple[int, Counter[str]]:
        states = Counter(Offer.objects.filter(home=home).values_list("state", flat=True))
        return Placement.objects.filter(home=home, voided_at=None).count(), states

    races = 0
    with real_database(tmp_path):
        for _round in range(ROUNDS):
            home, made = in_a_thread(prepare)
            found = at_once([lambda offer=offer: answers.accept(LINK, offer) for offer in made])
            assert Counter(map(_told, found)) == {"accepted": 1, "refused": RACERS - 1}
            assert in_a_thread(lambda: after(home)) == (1, {"accepted": 1, "withdrawn": RACERS - 1})  # noqa: B023
            races += 1
        assert in_a_thread(verify).broken_at is None
    assert races == ROUNDS > 0
    print(f"{races:,} races of {RACERS} for the last bed: 0 given twice")


def test_eight_presses_on_one_offer_are_one_answer(tmp_path: Path) -> None:
    def prepare() -> Offer:
        offered.the_day()
        return offered.offer_of(group_of(date(2014, 1, 1), date(2016, 1, 1)), home_of())

    with real_database(tmp_path):
        for _round in range(FEWER):
            offer = in_a_thread(prepare)
            found = at_once([lambda: answers.accept(LINK, offer)] * RACERS)  # noqa: B023
            assert {_told(each) for each in found} == {"accepted"}
            placed_now = in_a_thread(lambda: Placement.objects.filter(offer=offer).count())  # noqa: B023
            assert placed_now == 2


def test_yes_no_withdrawn_and_lapsed_at_once_are_one_of_them(tmp_path: Path) -> None:
    def prepare() -> tuple[Offer, Any]:
        offered.the_day()
        return offered.offer_of(group_of(), home_of()), acting(Role.PLACEMENT_WORKER)

    with real_database(tmp_path):
        for _round in range(FEWER):
            offer, worker = in_a_thread(prepare)
            found = at_once(
                [
                    lambda: answers.accept(LINK, offer),  # noqa: B023
                    lambda: answers.decline(LINK, offer),  # noqa: B023
                    lambda: offers.withdraw(worker, offer, version=1, reason="kin found"),  # noqa: B023
                    lambda: answers.decline(LINK, offer),  # noqa: B023
                ]
            )
            state = in_a_thread(lambda: Offer.objects.get(pk=offer.pk).state)  # noqa: B023
            won = {_told(each) for each in found if isinstance(each, Offer)}
            assert won == {state}, [_told(each) for each in found]
            places = in_a_thread(lambda: Placement.objects.filter(offer=offer).count())  # noqa: B023
            assert places == (1 if state == "accepted" else 0)


def test_a_group_that_moves_and_a_group_that_comes_never_share_one_bed(tmp_path: Path) -> None:
    def prepare() -> tuple[Any, Any, str, Offer, Any]:
        offered.the_day()
        worker, home = acting(Role.PLACEMENT_WORKER), home_of(beds_any=1)
        group, _home = offered.placed(actor=worker)
        return (
            group,
            home,
            placed.seen_of(placed.placements_of(group)),
            offered.offer_of(group_of(), home),
            worker,
        )

    with real_database(tmp_path):
        for _round in range(FEWER):
            group, home, seen, offer, worker = in_a_thread(prepare)
            at_once(
                [
                    lambda: moves.move(worker, group, home, on=TODAY, seen=seen, reason="near"),  # noqa: B023
                    lambda: answers.accept(LINK, offer),  # noqa: B023
                ]
            )
            living = in_a_thread(
                lambda: Placement.objects.filter(home=home, to_date=None, voided_at=None).count()  # noqa: B023
            )
            assert living == 1


def test_of_four_who_write_one_check_in_one_is_kept_and_three_are_told(tmp_path: Path) -> None:
    def prepare() -> tuple[CheckIn, list[Any]]:
        offered.the_day()
        offered.placed()
        row = CheckIn.objects.order_by("-entered_at", "due_on").first()
        assert row is not None
        return row, [acting(Role.PLACEMENT_WORKER) for _writer in range(4)]

    with real_database(tmp_path):
        for _round in range(FEWER):
            row, writers = in_a_thread(prepare)
            found = at_once(
                [
                    lambda who=who: check_ins.record(who, row, version=1, outcome="refused", on=TODAY)  # noqa: B023
                    for who in writers
                ]
            )
            lost = [each for each in found if isinstance(each, SomebodySavedFirst)]
            assert (len(lost), sum(isinstance(each, CheckIn) for each in found)) == (3, 1)
            tries = in_a_thread(lambda: CheckIn.objects.get(pk=row.pk).tries)  # noqa: B023
            assert len(tries) == 1
