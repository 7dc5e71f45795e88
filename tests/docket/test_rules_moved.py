"""What a change of the law moves."""

from datetime import date

from posada.docket.rules_moved import OpenDate, moved_dates, versions_between
from tests.docket.made import BOOK, day

JANUARY, MAY = date(2026, 1, 15), date(2026, 5, 1)


def test_only_deadlines_that_the_new_version_covers_move() -> None:
    dates = [
        OpenDate("d1", "c1", "eoir.bia_appeal", day("2026-03-16")),
        OpenDate("d2", "c2", "eoir.bia_appeal", day("2026-03-08")),
        OpenDate("d3", "c3", "us.petition_for_review", day("2026-03-16")),
    ]
    (moved,) = moved_dates(dates, book=BOOK, known_on=JANUARY, then_known_on=MAY)
    assert (moved.open_date.deadline_id, moved.days) == ("d1", -20)
    assert moved.after is not None
    assert moved.after.alternative == day("2026-04-15")
    assert moved_dates(dates, book=BOOK, known_on=MAY, then_known_on=MAY) == ()


def test_a_date_that_the_rules_did_not_give_before_is_named() -> None:
    dates = [
        OpenDate("d1", "c1", "sij.deferred_action", None),
        OpenDate("d2", "c1", "no.rule", None),
        OpenDate("d3", "c1", "age.attains_18", None),
    ]
    (moved,) = moved_dates(dates, book=BOOK, known_on=day("2022-01-01"), then_known_on=day("2023-01-01"))
    assert moved.before is None
    assert moved.days is None
    assert "No value of rule sij.deferred_action" in moved.gap


def test_versions_that_came_or_went_are_named() -> None:
    names = [each.name for each in versions_between(BOOK, start=JANUARY, end=MAY)]
    assert names == [
        "eoir.bia_appeal#1",
        "eoir.bia_appeal#2",
        "eoir.bia_appeal#3",
        "eoir.bia_brief#1",
        "eoir.bia_brief#2",
    ]
    assert versions_between(BOOK, start=MAY, end=MAY) == ()
