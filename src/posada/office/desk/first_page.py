"""The first page of each role: a line that answers, figures that open the rows behind them, at most eight tasks.

Never more than a screen. Docs: docs/explanation/tasks-and-digests.md. Tests: tests/office/desk/test_first_page.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.approval_views import waiting_for
from posada.office.access.roles import Role
from posada.office.audit.models import Head
from posada.office.counsel.models import Engagement
from posada.office.desk import confirmations
from posada.office.desk.models import Task
from posada.office.desk.selectors import SHOWN, open_tasks, tasks_shown
from posada.office.licensing.models import Enquiry, Home
from posada.office.placement.models import Offer
from posada.office.placement.offer_selectors import offers_shown
from posada.office.placement.placed_selectors import arrivals_shown, check_ins_shown

MOST_TASKS = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, what it counts, and the page with the very rows. `standing`: stop, warn or plain."""

    count: int
    words: Any
    address: str
    standing: str = "plain"


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What somebody sees first. `more`: open tasks beyond those listed."""

    answer: str
    figures: list[Figure]
    tasks: list[Task]
    more: int


def first_page_of(actor: Actor) -> FirstPage:
    """The first page of a person, over all of the person's roles."""
    rows = open_tasks(actor)
    listed = list(rows.select_related("group", "home", "counsel", "owner")[:MOST_TASKS])
    count = rows.count() if len(listed) == MOST_TASKS else len(listed)
    figures = [each for each in _figures(actor) if each.address and each.count]
    return FirstPage(_answer(figures, count), figures, listed, max(0, count - len(listed)))


def _answer(figures: list[Figure], tasks: int) -> str:
    urgent = sum(each.count for each in figures if each.standing == "stop")
    if urgent:
        return ngettext("%(n)d thing is overdue", "%(n)d things are overdue", urgent) % {"n": urgent}
    waiting = sum(each.count for each in figures if each.standing == "warn")
    if waiting or tasks:
        n = max(waiting, tasks)
        return ngettext(
            "Nothing is overdue; %(n)d thing waits", "Nothing is overdue; %(n)d things wait", n
        ) % {"n": n}
    return _("Nothing waits for you today")


def _figures(actor: Actor) -> Iterator[Figure]:
    for show, standing in (("overdue", "stop"), ("soon", "warn"), ("mine", "plain")):
        yield _of(tasks_shown(actor, show), _TASKS[show], "tasks", f"show={show}", standing)
    yield from _approvals(actor)
    for role, told in _BY_ROLE.items():
        if actor.has(role):
            yield from told(actor)


_TASKS = {
    "overdue": gettext_lazy("tasks overdue"),
    "soon": gettext_lazy("tasks due within a week"),
    "mine": gettext_lazy("tasks taken by me"),
}
assert set(_TASKS) <= set(SHOWN)  # noqa: S101


def _placement(actor: Actor) -> Iterator[Figure]:
    overdue = check_ins_shown(actor, "overdue")
    yield _of(overdue, gettext_lazy("check-ins overdue"), "placed", "show=overdue", "stop")
    calls = offers_shown(actor, "call")
    yield _of(calls, gettext_lazy("offers not delivered: call"), "offers", "show=call", "stop")
    yield _of(offers_shown(actor, "open"), gettext_lazy("offers open"), "offers", "show=open", "warn")
    yield _of(arrivals_shown(actor), gettext_lazy("arrivals to confirm"), "placed", "show=arrivals", "warn")


def _licensing(actor: Actor) -> Iterator[Figure]:
    closed = (Enquiry.Stage.CLOSED, Enquiry.Stage.OPEN)
    unanswered = doors.enquiries(actor).filter(first_answer_at__isnull=True).exclude(stage__in=closed)
    yield _of(unanswered, gettext_lazy("enquiries without a first answer"), "enquiries", "", "warn")
    held = doors.homes(actor).filter(state=Home.State.ON_HOLD)
    yield _of(held, gettext_lazy("homes on hold"), "homes", "state=on_hold", "warn")


def _intake(actor: Actor) -> Iterator[Figure]:
    held = doors.groups(actor).exclude(held_reason="")
    yield _of(held, gettext_lazy("groups that no plan may read yet"), "arrivals", "", "warn")


def _legal(actor: Actor) -> Iterator[Figure]:
    engaged = Engagement.objects.filter(group=OuterRef("pk"), until_date__isnull=True, voided_at__isnull=True)
    without = doors.groups(actor).filter(~Exists(engaged), children__isnull=False).distinct()
    yield _of(without, gettext_lazy("groups without counsel"), "counsel_desk", "", "warn")


def _attorney(actor: Actor) -> Iterator[Figure]:
    for own in doors.counsel(actor).filter(user_id=actor.user_id):
        if not confirmations.has_confirmed(own):
            yield Figure(1, gettext_lazy("list to look through this month"), _address("my_list"), "warn")
    yield _of(doors.groups(actor), gettext_lazy("groups that I act for"), "my_groups", "", "plain")


def _parent(actor: Actor) -> Iterator[Figure]:
    now = timezone.now()
    waiting = doors.offers(actor).filter(home_id__in=actor.homes, state=Offer.State.OPEN, expires_at__gt=now)
    yield _of(waiting, gettext_lazy("offers wait for my answer"), "my_home", "", "warn")
    yield _of(doors.children(actor), gettext_lazy("children live with me"), "my_home", "", "plain")


def _approvals(actor: Actor) -> Iterator[Figure]:
    yield _of(waiting_for(actor), gettext_lazy("requests wait for a second person"), "approvals", "", "warn")


def _director(actor: Actor) -> Iterator[Figure]:
    share = confirmations.share_of_homes()
    left = share.asked - share.confirmed
    yield Figure(left, gettext_lazy("homes have not confirmed this month"), _address("director"), "plain")


def _auditor(actor: Actor) -> Iterator[Figure]:
    head = Head.objects.filter(pk=1).first()
    yield Figure(head.number if head else 0, gettext_lazy("entries in the log"), _address("log"), "plain")


_BY_ROLE = {
    Role.PLACEMENT_WORKER: _placement,
    Role.LICENSING_WORKER: _licensing,
    Role.INTAKE_WORKER: _intake,
    Role.LEGAL_COORDINATOR: _legal,
    Role.ATTORNEY: _attorney,
    Role.FOSTER_PARENT: _parent,
    Role.PROGRAM_DIRECTOR: _director,
    Role.AUDITOR: _auditor,
}


def _of(rows: "QuerySet", words: Any, route: str, query: str, standing: str) -> Figure:
    address = _address(route, query)
    if not address:
        return Figure(0, words, "")
    count = rows.order_by().count()
    return Figure(count, words, address, standing if count else "plain")


def _address(route: str, query: str = "") -> str:
    try:
        return reverse(route) + (f"?{query}" if query else "")
    except NoReverseMatch:
        return ""
