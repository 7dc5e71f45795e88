"""Home studies and the decision: what still keeps a home from being opened, each with its rule.

Comes in: the facts of one home, and the policy's rules. Goes out: `Obstacle`s; none means that it may open.
Docs: docs/reference/checks.md. Tests: tests/licensing/test_study.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from posada.licensing.check_types import CheckRules
from posada.licensing.checks import CheckRecord, is_allowed, missing_checks
from posada.licensing.household import Household
from posada.licensing.permission import Permission

LICENSE, STUDY, EARLIER = "license", "home_study", "earlier_refusals"
"""Rule ids of obstacles that are not checks; `license` is the rule code of a plan."""


class AuthorCannotApprove(ValueError):  # noqa: N818
    """Whoever wrote a home study, or asked for an exception, cannot approve it."""

    def __init__(self, person: str) -> None:
        self.person = person
        super().__init__("Whoever wrote this cannot approve it: another person has to.")


@dataclass(frozen=True, slots=True)
class HomeStudy:
    """A home study and who approved it."""

    author: str
    written_on: date
    recommends_capacity: int
    approved_by: str | None = None
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class EarlierRefusal:
    """A refusal of this home or of one of its adults, here or elsewhere, under any spelling."""

    refusal_id: str
    on: date
    is_acknowledged: bool = False


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """All that the decision to open a home looks at."""

    household: Household
    checks: tuple[CheckRecord, ...]
    licensed_capacity: int
    license_from: date | None
    license_to: date | None
    studies: tuple[HomeStudy, ...] = ()
    permissions: tuple[Permission, ...] = ()
    refusals: tuple[EarlierRefusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that keeps the home closed; its words are `obstacle.CODE` with `values`."""

    rule_id: str
    code: str  # no_study, study_not_approved, over_study, no_license, license_not_begun, license_ended,
    # refusal_not_acknowledged, or check_ and a `Lack`
    values: tuple[tuple[str, str], ...] = ()
    type_id: str | None = None
    member_id: str | None = None
    source: str = ""


def check_approver(*, author: str, approver: str) -> None:
    """Raises AuthorCannotApprove where the two are the same person."""
    if author == approver:
        raise AuthorCannotApprove(approver)


def obstacles(
    facts: HomeFacts, *, rules: CheckRules, kin_exempt: tuple[str, ...], on: date
) -> tuple[Obstacle, ...]:
    """Everything that keeps a home from being opened on a day; none: it may open.

    `kin_exempt`: rule codes that do not apply to kin homes (`Policy.kin_home_exempt`).
    """
    household = facts.household
    needs_license = not (household.kind == "kin" and LICENSE in kin_exempt)
    return (
        *(_of_checks(facts, rules=rules, on=on)),
        *(_of_study(facts, on=on)),
        *(_of_license(facts, on=on) if needs_license else ()),
        *(
            Obstacle(EARLIER, "refusal_not_acknowledged", (("date", refusal.on.isoformat()),))
            for refusal in sorted(facts.refusals, key=lambda each: (each.on, each.refusal_id))
            if not refusal.is_acknowledged
        ),
    )


def may_open(facts: HomeFacts, *, rules: CheckRules, kin_exempt: tuple[str, ...], on: date) -> bool:
    """Whether nothing keeps the home from being opened on a day."""
    return not obstacles(facts, rules=rules, kin_exempt=kin_exempt, on=on)


def standing_study(studies: Iterable[HomeStudy], *, on: date) -> HomeStudy | None:
    """The newest study that another person than its author has approved by the day."""
    approved = [study for study in studies if _is_approved(study, on=on)]
    return max(approved, key=lambda study: (study.written_on, study.approved_on or date.min), default=None)


def _is_approved(study: HomeStudy, *, on: date) -> bool:
    by_another = bool(study.approved_by) and study.approved_by != study.author
    return by_another and study.approved_on is not None and study.written_on <= study.approved_on <= on


def _of_checks(facts: HomeFacts, *, rules: CheckRules, on: date) -> Iterator[Obstacle]:
    for lack in missing_checks(facts.household, facts.checks, rules=rules, on=on):
        if is_allowed(lack, facts.household, facts.permissions, rules=rules, on=on):
            continue
        values = [("check", lack.type_id)] if lack.type_id else []
        values += [("date", lack.since.isoformat())] if lack.since is not None else []
        yield Obstacle(
            rule_id=lack.rule_id,
            code=f"check_{lack.lack.value}",
            values=tuple(values),
            type_id=lack.type_id or None,
            member_id=lack.member_id,
            source=lack.source,
        )


def _of_study(facts: HomeFacts, *, on: date) -> Iterator[Obstacle]:
    study = standing_study(facts.studies, on=on)
    if study is None:
        yield Obstacle(STUDY, "study_not_approved" if facts.studies else "no_study")
    elif facts.licensed_capacity > study.recommends_capacity:
        values = (
            ("capacity", str(facts.licensed_capacity)),
            ("recommended", str(study.recommends_capacity)),
        )
        yield Obstacle(STUDY, "over_study", values)


def _of_license(facts: HomeFacts, *, on: date) -> Iterator[Obstacle]:
    start, end = facts.license_from, facts.license_to
    if start is None or end is None:
        yield Obstacle(LICENSE, "no_license")
    elif start > on:
        yield Obstacle(LICENSE, "license_not_begun", (("date", start.isoformat()),))
    elif end < on:
        yield Obstacle(LICENSE, "license_ended", (("date", end.isoformat()),))
