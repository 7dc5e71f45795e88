"""Promise 5: of people who save the same record in the same moment one is first; the others see both texts.

Over every kept record of the office: a new kind of record takes part by itself.
`POSADA_ROUNDS` makes it longer.
"""

import contextlib
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.chain import verify
from posada.office.audit.history import save_change
from posada.office.audit.models import Entry, Revision
from posada.office.kept import Kept
from posada.office.refusals import SomebodySavedFirst
from tests.office.access.objects import FACTORIES, INSIDE
from tests.office.people import acting
from tests.promises.kept_records import plain
from tests.racing import at_once, in_a_thread, real_database

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, WRITERS = int(os.environ.get("POSADA_ROUNDS", "1")), 4
KINDS = [kind for kind in apps.get_models() if issubclass(kind, Kept)]


def _made() -> dict[type[Kept], Kept]:
    """One record of every kind."""
    home, found = FACTORIES["home"](), []
    for name, factory in FACTORIES.items():
        found.append(factory() if name != "home" else home)
    for factory in INSIDE.values():
        for of in (home, FACTORIES["group"]()):
            with contextlib.suppress(Exception), transaction.atomic():  # it may not be within such an object
                found.append(factory(of))
    made = {type(each.record): each.record for each in found if isinstance(each.record, Kept)}
    made = {kind: each for kind, each in made.items() if kind._base_manager.filter(pk=each.pk).exists()}
    return {**made, **{kind: plain(kind) for kind in KINDS if kind not in made}}


def test_every_kind_of_record_takes_part() -> None:
    made = _made()
    assert [kind.__name__ for kind in KINDS if kind not in made] == []


def test_one_of_four_writers_is_first_and_the_others_see_both_texts(tmp_path: Path) -> None:
    races: Counter[str] = Counter()

    def prepare() -> tuple[list[Kept], list[Actor]]:
        return list(_made().values()), [acting(Role.LICENSING_WORKER) for _ in range(WRITERS)]

    with real_database(tmp_path):
        for _round in range(ROUNDS):
            records, writers = in_a_thread(prepare)
            for record in records:
                told = at_once([_write(record, who, f"text {place}") for place, who in enumerate(writers)])
                first = [each for each in told if isinstance(each, Kept)]
                late = [each for each in told if isinstance(each, SomebodySavedFirst)]
                assert (len(first), len(late)) == (1, WRITERS - 1), f"{type(record).__name__}: {told}"
                stands = first[0].voided_reason
                assert in_a_thread(lambda: _standing(record)) == (stands, record.version + 1)  # noqa: B023
                for each in late:
                    assert each.status == 409
                    assert set(each.yours) == {"voided_reason"} != stands
                races[type(record).__name__] += 1
        assert in_a_thread(verify).broken_at is None
    print(f"{sum(races.values())} races over {len(races)} kinds of records")
    assert len(races) >= 20


def test_both_texts_are_told_to_whoever_comes_second() -> None:
    record, who = FACTORIES["home"]().record, acting(Role.LICENSING_WORKER)
    save_change(record, version=1, changes={"languages": ["spa"]}, actor=who, act="home.change")
    with pytest.raises(SomebodySavedFirst) as caught:
        save_change(record, version=1, changes={"languages": ["mam"]}, actor=who, act="home.change")
    assert caught.value.pairs == [("languages", (["spa"], ["mam"]))]
    assert (
        Revision.objects.filter(record_id=record.pk).count()
        == Entry.objects.filter(act="home.change").count()
        == 1
    )


def _write(record: Kept, who: Actor, text: str) -> Any:
    changes = {"voided_reason": text}
    return lambda: save_change(record, version=record.version, changes=changes, actor=who, act="race.write")


def _standing(record: Kept) -> tuple[str, int]:
    now = type(record)._base_manager.get(pk=record.pk)
    return now.voided_reason, now.version
