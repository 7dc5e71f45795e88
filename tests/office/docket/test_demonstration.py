"""The demonstration has a docket in which every kind of line stands, and running it again changes nothing."""

from datetime import date, timedelta

from posada.office.docket import agenda
from posada.office.docket.demonstration import demonstration_docket
from posada.office.docket.models import Deadline, DocketEvent, HearingNotice
from posada.office.docket.watch import watch_of
from posada.office.intake.models import Court, Hearing
from tests.office.docket.cases import LATE_NOVEMBER, attorney_of, coordinator
from tests.office.people import group_of


def test_the_attorney_s_agenda_has_something_of_everything() -> None:
    Court.objects.create(court_code="BAL", city="Baltimore", state="MD")
    groups = [group_of(date(2009, 3, 1), date(2012, 3, 1)) for _ in range(5)]
    Hearing.objects.create(group=groups[1], court_code="BAL", hearing_date=LATE_NOVEMBER + timedelta(days=40))
    _user, actor = attorney_of(*groups[:3])
    assert demonstration_docket(coordinator()) == 5
    counts = agenda.counts_of(actor)
    assert counts.overdue >= 1
    assert counts.week >= 1
    lines, _page = agenda.agenda_page(actor, show="all")
    assert {line.section for line in lines} >= {"overdue", "week", "later"}
    assert watch_of(actor)
    assert HearingNotice.objects.get().doubts == ["court_closed"]
    before = set(Deadline.objects.values_list("deadline_id", "version"))
    demonstration_docket(coordinator())
    assert set(Deadline.objects.values_list("deadline_id", "version")) == before
    assert DocketEvent.objects.count() == len(set(DocketEvent.objects.values_list("child", "name", "on")))


def test_an_empty_office_has_nothing_to_tell() -> None:
    assert demonstration_docket(coordinator()) == 0
