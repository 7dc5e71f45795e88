"""Who could be ordered removed for not having come."""

from dataclasses import replace
from datetime import datetime, timedelta

from posada.docket.hearings import Hearing, InterpreterNeed
from posada.docket.practice import shipped_practice
from posada.docket.watch import WatchLine, in_absentia_watch, reminder_days
from tests.docket.made import TODAY, day


def hearing(hearing_id: str, on: str) -> Hearing:
    return Hearing(
        hearing_id,
        f"case-{hearing_id}",
        "master",
        "BAL",
        datetime.fromisoformat(f"{on}T08:30"),
        "America/New_York",
        "Room",
    )


def watch(*hearings: Hearing, safe: tuple[str, ...] = ()) -> tuple[WatchLine, ...]:
    return in_absentia_watch(
        hearings,
        today=TODAY,
        practice=shipped_practice(),
        represented={f"case-{each}" for each in safe},
        transport_confirmed=set(safe),
        address_changed={"case-a": day("2026-11-10"), "case-b": day("2026-11-10")},
        address_filed={"case-b": day("2026-11-10")},
    )


def test_everything_that_is_lacking_is_named_and_the_nearest_comes_first() -> None:
    found = watch(hearing("b", "2026-12-01"), hearing("a", "2026-11-30"))
    assert [(each.hearing.hearing_id, each.lacks, each.days_left) for each in found] == [
        ("a", ("no_counsel", "no_transport", "address_not_filed"), 5),
        ("b", ("no_counsel", "no_transport"), 6),
    ]


def test_a_move_that_was_filed_on_its_own_day_is_filed() -> None:
    assert watch(hearing("b", "2026-12-01"), safe=("b",)) == ()
    assert watch(hearing("a", "2026-12-01"), safe=("a",))[0].lacks == ("address_not_filed",)


def test_the_window_is_today_through_thirty_days_and_what_was_taken_off_is_out() -> None:
    last = (TODAY + timedelta(days=30)).isoformat()
    after = (TODAY + timedelta(days=31)).isoformat()
    assert len(watch(hearing("c", TODAY.isoformat()), hearing("d", last), hearing("e", after))) == 2
    assert watch(replace(hearing("c", last), is_cancelled=True)) == ()
    assert watch(hearing("c", "2026-11-24")) == ()


def test_a_missing_interpreter_and_an_unconfirmed_notice_are_watched() -> None:
    made = replace(
        hearing("c", "2026-12-01"), interpreters=(InterpreterNeed("mam", "", "eng"),), is_confirmed=False
    )
    assert watch(made, safe=("c",))[0].lacks == ("no_interpreter", "unconfirmed")


def test_reminders_come_fourteen_three_and_one_day_before_and_are_recalled_with_the_hearing() -> None:
    made = hearing("c", "2026-12-15")
    practice = shipped_practice()
    assert reminder_days(made, practice=practice) == (
        day("2026-12-01"),
        day("2026-12-12"),
        day("2026-12-14"),
    )
    assert reminder_days(replace(made, is_cancelled=True), practice=practice) == ()
