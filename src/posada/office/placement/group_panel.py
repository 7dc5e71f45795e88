"""One group of a plan: why here, why not there, at what price, what people decided, and what it was before.

Comes in: a person, a plan, a group, and perhaps a home that somebody thinks of. Goes out: `Panel`, without names.
What has to be worked out is a question to the worker; until it is answered the panel says so.
Docs: docs/how-to/run-a-plan-in-the-office.md. Tests: tests/office/placement/test_group_panel.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.casefile.models import Wish
from posada.office.intake.models import SiblingGroup
from posada.office.licensing.models import Home
from posada.office.placement.board import Line, lines_of
from posada.office.placement.models import Offer, Override, PlannedGroup, PlanQuestion, PlanRun
from posada.office.placement.plan_levels import Difference, differences
from posada.office.placement.plan_state import may_plan, shown_runs
from posada.office.placement.plan_words import Told, language, told_rules
from posada.office.refusals import NotThere, Refusal

A_PAGE = 25
PLANS_OF_HISTORY = 8
MOST_WAITING = 10
"""Prices that may wait for the worker: each is a plan of its own, and other people's answers stand behind them."""
Kind = PlanQuestion.Kind
PRIORITY: dict[str, int] = {Kind.EXPLAIN: 50, Kind.PIN: -10, Kind.FORBID: -10}
"""Why is told at once; a price waits for the plans that people solve, whose priority is 0."""
State = PlanQuestion.State


@dataclass(frozen=True, slots=True)
class Price:
    """What a choice would change. `state`: asked, answered or failed; `moved`: other groups that would move."""

    state: str
    refused_by: list[Told]
    levels: list[Difference]
    moved: list[str]
    stands_already: bool = False

    @property
    def costs(self) -> list[Difference]:
        """The levels that change, the highest first."""
        return [each for each in self.levels if not each.is_same]

    @property
    def first_worse(self) -> Difference | None:
        """The highest level that changes, if it gets worse."""
        return next((each for each in self.costs[:1] if each.is_worse), None)


@dataclass(frozen=True, slots=True)
class Choice:
    """Another home. `rules`: what refuses it; none: it is lawful, and `price` says what it costs once asked."""

    home: Home
    rules: list[Told]
    price: Price | None = None

    @property
    def told(self) -> list[Told]:
        """Every rule that is known to refuse it, also one that only a new plan could find."""
        return self.rules or (self.price.refused_by if self.price else [])


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything on the page of a group."""

    group: SiblingGroup
    line: Line | None
    question: PlanQuestion | None
    sentences: list[str]
    choices: list[Choice]
    page: Page
    lawful: int
    refused: int
    kin_of_others: int
    overrides: list[Override]
    history: list[PlannedGroup]
    offers: list[Offer]
    wishes: list[Wish]


def panel_of(actor: Actor, run: PlanRun, group: SiblingGroup, *, page: str | None) -> Panel:
    """What the plan did for a group. The group comes from a door of the person."""
    row = PlannedGroup.objects.filter(run=run, group=group).select_related("group", "home", "counsel").first()
    line = lines_of([row], on=run.plan_date or timezone.localdate())[0] if row else None
    question = PlanQuestion.objects.filter(run=run, group=group, kind=Kind.EXPLAIN).first()
    answer: dict[str, Any] = question.answer if question else {}
    pairs = _pairs(answer.get("homes", {}), chosen=row.home.home_id if row and row.home else "")
    shown = Paginator(pairs, A_PAGE).get_page(page)
    wishes = Wish.objects.filter(voided_at__isnull=True, group=group) | Wish.objects.filter(
        voided_at__isnull=True, child__group=group
    )
    return Panel(
        group=group,
        line=line,
        question=question,
        sentences=answer.get("sentences", {}).get(language(), []),
        choices=_choices(actor, run, group, list(shown.object_list)),
        page=shown,
        lawful=sum(not codes for _, codes in pairs),
        refused=sum(bool(codes) for _, codes in pairs),
        kin_of_others=answer.get("kin_of_others", 0),
        overrides=standing_overrides(group),
        history=_history(group),
        offers=list(
            group.offers.filter(voided_at__isnull=True).select_related("home").order_by("-entered_at")[:5]
        ),
        wishes=list(wishes.order_by("entered_at")),
    )


def standing_overrides(group: SiblingGroup) -> list[Override]:
    """Pins and bans of a group that hold."""
    rows = group.overrides.filter(voided_at__isnull=True, ended_at__isnull=True)
    return list(rows.select_related("home", "counsel", "by").order_by("entered_at"))


def _pairs(by_rules: dict[str, list[str]], *, chosen: str) -> list[tuple[str, list[str]]]:
    """(home id, rules that refuse it): lawful ones first, then those that few rules refuse."""
    pairs = [
        (home, codes.split(",") if codes else [])
        for codes, homes in by_rules.items()
        for home in homes
        if home != chosen
    ]
    return sorted(pairs, key=lambda pair: (len(pair[1]), pair[1], pair[0]))


def _choices(
    actor: Actor, run: PlanRun, group: SiblingGroup, pairs: Sequence[tuple[str, list[str]]]
) -> list[Choice]:
    found = {
        home.home_id: home for home in doors.homes(actor).filter(home_id__in=[home for home, _ in pairs])
    }
    asked = {
        each.home_id: price_of(each)
        for each in PlanQuestion.objects.filter(run=run, group=group, kind=Kind.PIN)
    }
    choices = [
        Choice(found[home], told_rules(codes, found[home]), asked.get(found[home].pk))
        for home, codes in pairs
        if home in found
    ]
    return sorted(choices, key=_cheapest_first)


def _cheapest_first(choice: Choice) -> tuple[bool, bool, int]:
    price = choice.price
    worse = price.first_worse if price is not None and price.state == State.ANSWERED else None
    is_priced = price is not None and price.state == State.ANSWERED
    return bool(choice.rules), not is_priced, -worse.number if worse else -99


def price_of(question: PlanQuestion) -> Price:
    """The answer to a question about a price, in words."""
    answer = question.answer
    return Price(
        state=question.state,
        refused_by=told_rules(answer.get("refused_by", [])),
        levels=differences(answer.get("levels", [])),
        moved=answer.get("moved", []),
        stands_already=answer.get("stands_already", False),
    )


def _history(group: SiblingGroup) -> list[PlannedGroup]:
    rows = PlannedGroup.objects.filter(group=group, run__in=shown_runs())
    return list(rows.select_related("run", "home").order_by("-run__number")[:PLANS_OF_HISTORY])


def ask(
    actor: Actor, run: PlanRun, group: SiblingGroup, *, kind: str, home: Home | None = None
) -> PlanQuestion:
    """Ask the worker, once; a question that failed is asked again. Group and home come from a door.

    Raises NotThere where the person does not plan, or nothing can be asked of this plan; Refusal for a new price
    while too many wait.
    """
    if not may_plan(actor) and group.pk not in actor.groups:
        raise NotThere
    if not run.folder or (home is None) != (kind == Kind.EXPLAIN):
        raise NotThere
    from posada.office.placement.plan_jobs import answer_question

    try:
        with transaction.atomic():
            question, is_new = PlanQuestion.objects.get_or_create(run=run, group=group, kind=kind, home=home)
            again = PlanQuestion.objects.filter(pk=question.pk, state=State.FAILED)
            if is_new or again.update(state=State.ASKED, answer={}):
                if kind != Kind.EXPLAIN:
                    _refuse_a_flood()
                answer_question.using(priority=PRIORITY[kind]).enqueue(str(question.pk))
    except IntegrityError:  # the same person pressed twice
        question = PlanQuestion.objects.get(run=run, group=group, kind=kind, home=home)
    question.refresh_from_db()
    return question


def _refuse_a_flood() -> None:
    """The question that was just written counts as well; the transaction takes it back."""
    if PlanQuestion.objects.filter(state=State.ASKED).exclude(kind=Kind.EXPLAIN).count() > MOST_WAITING:
        raise Refusal(
            _("%(count)d prices are being worked out already. Ask again when one of them is there.")
            % {"count": MOST_WAITING},
            code="too_many_waiting",
        )


def question_about(run: PlanRun, group: SiblingGroup, *, kind: str, home: UUID) -> PlanQuestion | None:
    """The question about a price that was asked already."""
    return PlanQuestion.objects.filter(run=run, group=group, kind=kind, home_id=home).first()
