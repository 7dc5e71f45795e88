"""An order found on intake: served right? a child alone? in time? Tasks for a motion and a stay.

Comes in: what is known about the order; None is "not known", and asks. Goes out: `OrderTask`, nearest first.
Docs: docs/reference/remedies.md. Tests: tests/docket/test_orders.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from posada.docket.answer import Answer, answer
from posada.docket.events import CaseEvent
from posada.docket.finality import final_on
from posada.docket.refresh import GAPS
from posada.docket.wording import day_in_words, words_in
from posada.rulebook.legal_rule import LegalRulebook

FIND_OUT = "find_out"


@dataclass(frozen=True, slots=True)
class OrderFound:
    """A removal order that a child comes with. A fact that is None is not known."""

    case_id: str
    on: date
    in_absentia: bool | None = None
    notice_address_was_right: bool | None = None
    notice_served_on_adult: bool | None = None
    age_at_order: int | None = None
    had_counsel: bool | None = None
    in_custody_that_day: bool | None = None
    was_appealed: bool | None = None
    appeal_waived: bool | None = None
    moved_to_reopen_before: bool | None = None


@dataclass(frozen=True, slots=True)
class OrderTask:
    """Something that a person must do about an order: what, why, under which rule, by when.

    `is_late` means that the day is over: it is said, and the task stays, since counsel may know an exception.
    """

    task: str
    because: tuple[str, ...]
    rule_id: str = ""
    day: date | None = None
    alternative: date | None = None
    is_late: bool = False


_FACTS_IN_ABSENTIA = (
    *("notice_address_was_right", "notice_served_on_adult", "in_custody_that_day"),
    "moved_to_reopen_before",
)
_FACTS_ALWAYS = ("in_absentia", "age_at_order", "had_counsel", "was_appealed", "appeal_waived")


def order_tasks(order: OrderFound, *, book: LegalRulebook, as_of: date) -> tuple[OrderTask, ...]:
    """The tasks that an order opens, the nearest day first; what is not known is a task to find it out."""
    tasks = [*_absent(order, book=book, as_of=as_of), *_present(order, book=book, as_of=as_of)]
    tasks += _unknown(order)
    return tuple(sorted(tasks, key=lambda task: (task.is_late, task.day or date.min, task.task)))


def _absent(order: OrderFound, *, book: LegalRulebook, as_of: date) -> Iterator[OrderTask]:
    """Motions against an order in absentia, each with its automatic stay. Not known counts as perhaps."""
    if order.in_absentia is False:
        return
    grounds = _grounds_without_notice(order, adult=book.rule("asylum.uac_jurisdiction").limits["age"])
    if grounds:
        yield OrderTask("motion_no_notice", grounds, "eoir.in_absentia_no_notice")
    exceptional = "eoir.in_absentia_exceptional"
    yield _task("motion_exceptional", ("ask_why_absent",), exceptional, order.on, book, as_of)
    yield OrderTask("file_stay_with_motion", ("automatic_stay_from_filing",), exceptional)
    if order.moved_to_reopen_before is not False:
        yield OrderTask("counsel_checks_one_motion", ("only_one_motion",), exceptional)


def _grounds_without_notice(order: OrderFound, *, adult: int) -> tuple[str, ...]:
    grounds = []
    if order.notice_address_was_right is not True:
        grounds.append("address_wrong" if order.notice_address_was_right is False else "address_not_known")
    if order.in_custody_that_day is True:
        grounds.append("in_custody")
    is_minor = order.age_at_order is None or order.age_at_order < adult
    if is_minor and order.notice_served_on_adult is not True:
        grounds.append("served_on_minor_alone")
    return tuple(grounds)


def _present(order: OrderFound, *, book: LegalRulebook, as_of: date) -> Iterator[OrderTask]:
    """Appeal, petition for review, and the motions that any order has."""
    decision = CaseEvent("order", order.case_id, "ij_decision", order.on, as_of, "intake")
    if order.in_absentia is not True and order.was_appealed is not True and order.appeal_waived is not True:
        yield _task("appeal", ("not_appealed",), "eoir.bia_appeal", order.on, book, as_of)
    adult = book.rule("asylum.uac_jurisdiction").limits["age"]
    is_minor = order.age_at_order is None or order.age_at_order < adult
    because = ("minor_without_counsel",) if is_minor and order.had_counsel is not True else ("any_order",)
    motion = book.rule("eoir.ij_motion_reopen")
    # An order in absentia is final at once, and so is one after a waiver; not known is the earlier day.
    may_be_final_at_once = order.appeal_waived is not False or order.in_absentia is not False
    try:
        final = final_on(
            decision,
            then=motion,
            book=book,
            as_of=as_of,
            waived_on=order.on if may_be_final_at_once else None,
            appealed_on=order.on if order.was_appealed else None,
        )
    except GAPS:
        final = None
    if final is None:
        yield OrderTask("find_board_decision", ("appealed_or_not_known",), "eoir.bia_motion_reopen")
        return
    yield _task("motion_to_reopen", because, motion.rule_id, final.on, book, as_of)
    review = "us.petition_for_review"
    yield _task("petition_for_review", ("file_with_motion_for_stay",), review, final.on, book, as_of)


def _task(
    task: str, because: tuple[str, ...], rule_id: str, start: date, book: LegalRulebook, as_of: date
) -> OrderTask:
    try:
        found: Answer = answer(book.rule(rule_id), trigger_date=start, as_of=as_of)
    except GAPS:
        return OrderTask(task, (*because, "date_not_known"), rule_id)
    last = max(filter(None, (found.day, found.alternative)), default=None)
    is_late = last is not None and last < as_of
    return OrderTask(task, because, rule_id, found.day, found.alternative, is_late)


def _unknown(order: OrderFound) -> Iterator[OrderTask]:
    names = _FACTS_ALWAYS if order.in_absentia is False else (*_FACTS_ALWAYS, *_FACTS_IN_ABSENTIA)
    for name in names:
        if getattr(order, name) is None:
            yield OrderTask(FIND_OUT, (name,))


def task_in_words(task: OrderTask, *, language: str) -> str:
    """One task as a line, with its last day.

    >>> task_in_words(OrderTask("find_out", ("had_counsel",)), language="en")
    'Find out: had the child counsel'
    """
    words = words_in(language)
    what = words.get(f"fact.{task.because[0]}", task.because[0]) if task.because else ""
    text = words[f"task.{task.task}"].format(what=what)
    if task.day is not None:
        text += f" · {day_in_words(task.day, language=language)}"
    if task.alternative is not None:
        other = day_in_words(task.alternative, language=language)
        text += f" · {words['agenda.alternative'].format(day=other)}"
    return f"{text} · {words['light.overdue']}" if task.is_late else text
