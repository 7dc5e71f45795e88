"""Promise 6, for counsel: nobody is over caseload, whoever presses in the same moment; and 5, for their records.

On SQLite and on PostgreSQL alike: compare-and-set on the counsel's version and slots, no lock.
"""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from posada.office.access.actor import Actor
from posada.office.audit.chain import verify
from posada.office.counsel.engagements import NewEngagement, end_engagement, engage, run_check
from posada.office.counsel.models import Counsel, Engagement
from posada.office.counsel.people import change_counsel
from posada.office.day import today
from posada.office.refusals import Refusal, SomebodySavedFirst
from tests.office.counsel.desk_shortcuts import coordinator, engaged
from tests.office.people import counsel_of, group_of
from tests.racing import at_once, in_a_thread, real_database

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, RACERS = int(os.environ.get("POSADA_ROUNDS", "6")), 8
FEWER = max(min(ROUNDS, 6), ROUNDS // 4)
"""Rounds of the other races, which the promise names no number for."""


def _told(found: Any) -> str:
    if isinstance(found, Engagement):
        return "engaged"
    return found.code if isinstance(found, Refusal) else f"{type(found).__name__}: {found}"


def _prepared(slots: int, groups: int) -> tuple[Counsel, list[tuple[Actor, NewEngagement]]]:
    """A counsel with so many slots, and a desk for each group with its check before it."""
    counsel = counsel_of(open_slots=slots)
    wanted = []
    for group in [group_of() for _ in range(groups)]:
        actor = coordinator()
        shown = run_check(actor, counsel, group)
        wanted.append((actor, NewEngagement(counsel, group, shown, "full", today())))
    return counsel, wanted


def test_of_eight_desks_exactly_as_many_engage_as_there_are_slots(tmp_path: Path) -> None:
    races = 0
    with real_database(tmp_path):
        for turn in range(ROUNDS):
            slots = 1 + turn % 3
            counsel, wanted = in_a_thread(lambda: _prepared(slots, RACERS))  # noqa: B023
            found = at_once([lambda actor=a, new=n: engage(actor, new) for a, n in wanted])
            assert Counter(map(_told, found)) == {"engaged": slots, "no_open_slot": RACERS - slots}
            assert in_a_thread(lambda: Counsel.objects.get(pk=counsel.pk).open_slots) == 0  # noqa: B023
            races += 1
        assert in_a_thread(verify).broken_at is None
    assert races == ROUNDS > 0
    print(f"{races:,} races of {RACERS} for the last slots: 0 given twice")


def test_a_group_that_many_desks_give_away_at_once_gets_one_counsel_and_no_slot_is_lost(
    tmp_path: Path,
) -> None:
    def prepare() -> list[tuple[Actor, NewEngagement]]:
        group, made = group_of(), []
        for counsel in [counsel_of(open_slots=1) for _ in range(RACERS)]:
            actor = coordinator()
            shown = run_check(actor, counsel, group)
            made.append((actor, NewEngagement(counsel, group, shown, "full", today())))
        return made

    def slots(wanted: list[tuple[Actor, NewEngagement]]) -> int:
        ids = [new.counsel.pk for _, new in wanted]
        return sum(Counsel.objects.filter(pk__in=ids).values_list("open_slots", flat=True))

    with real_database(tmp_path):
        for _turn in range(FEWER):
            wanted = in_a_thread(prepare)
            found = at_once([lambda actor=a, new=n: engage(actor, new) for a, n in wanted])
            assert Counter(map(_told, found)) == {"engaged": 1, "has_counsel": RACERS - 1}
            assert in_a_thread(lambda: slots(wanted)) == RACERS - 1  # noqa: B023


def test_ends_recorded_at_once_give_back_one_slot_each(tmp_path: Path) -> None:
    def prepare() -> tuple[Counsel, list[tuple[Actor, Engagement]]]:
        counsel = counsel_of(open_slots=4)
        actor = coordinator()
        return counsel, [(coordinator(), engaged(actor, counsel, group_of())) for _ in range(4)]

    def end(actor: Actor, engagement: Engagement) -> Engagement:
        return end_engagement(actor, engagement, version=1, until=today(), kind="scope_done")

    with real_database(tmp_path):
        for _turn in range(FEWER):
            counsel, made = in_a_thread(prepare)
            twice = [*made, *made]
            found = at_once([lambda a=a, e=e: end(a, e) for a, e in twice])
            assert Counter(map(_told, found)) == {"engaged": 4, "ended_already": 4}
            assert in_a_thread(lambda: Counsel.objects.get(pk=counsel.pk).open_slots) == 4  # noqa: B023


def test_of_many_who_change_one_counsel_one_is_written_and_the_others_see_both_texts(tmp_path: Path) -> None:
    with real_database(tmp_path):
        for _turn in range(FEWER):
            counsel = in_a_thread(counsel_of)
            desks = in_a_thread(lambda: [coordinator() for _ in range(RACERS)])
            found = at_once(
                [
                    lambda a=a, n=n: change_counsel(a, counsel, version=1, changes={"bar_state": f"N{n}"})  # noqa: B023
                    for n, a in enumerate(desks)
                ]
            )
            lost = [each for each in found if isinstance(each, SomebodySavedFirst)]
            assert len(lost) == RACERS - 1, found
            assert all("bar_state" in each.yours for each in lost)
