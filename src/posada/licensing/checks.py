"""Which checks of a household are clear, which are missing, and until when the home is clear.

Comes in: a `Household`, its check records, the policy's `CheckRules`. Goes out: each (check type, person) that
is not clear, with its reason. Pending is never clear; nothing known is never clear.
Docs: docs/reference/checks.md. Tests: tests/licensing/test_checks.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from posada.licensing.check_types import CheckRules, CheckType, Covers
from posada.licensing.household import Household, Member, Part, turns_on
from posada.licensing.permission import PENDING_CHECK, Permission
from posada.records.people import age_on


class State(StrEnum):
    """The state of a check on a day. Only `expired` follows from the day; the others are recorded."""

    REQUESTED = "requested"
    PENDING = "pending"
    CLEAR = "clear"
    REFUSED = "refused"
    EXPIRED = "expired"


class Lack(StrEnum):
    """Why a check is not clear."""

    MISSING = "missing"
    REQUESTED = "requested"
    PENDING = "pending"
    REFUSED = "refused"
    EXPIRED = "expired"
    NO_ISSUE_DATE = "no_issue_date"
    NO_DOCUMENT = "no_document"
    NOT_LEGIBLE = "not_legible"
    NO_CARER = "no_carer"  # of the household as a whole


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """A check as it was recorded. `result` is never `expired`: that follows from the day."""

    check_id: str
    type_id: str
    member_id: str | None  # None: of the home
    result: State
    requested_on: date | None = None
    issued_on: date | None = None
    expires_on: date | None = (
        None  # the last day on which it stands; the earlier of this and the policy's days
    )
    has_document: bool = True
    is_legible: bool | None = None  # a second person said so; None: nobody has looked


@dataclass(frozen=True, slots=True)
class MissingCheck:
    """One pair of check type and person (None: the home) that is not clear."""

    type_id: str
    member_id: str | None
    lack: Lack
    since: date | None  # the day it expired, was refused, or was asked for
    rule_id: str
    source: str


@dataclass(frozen=True, slots=True)
class WaitingCheck:
    """A check without a result: how many days it has waited, and whether that is shown in red."""

    record: CheckRecord
    days: int
    is_red: bool


NO_CARER_RULE = "household.carer"
_NO_CARER_SOURCE = "program rule, not law: somebody who lives there has to be recorded as its carer"
_DAY = timedelta(days=1)
_LACKS = (
    *(Lack.PENDING, Lack.REQUESTED, Lack.NOT_LEGIBLE),
    *(Lack.NO_DOCUMENT, Lack.NO_ISSUE_DATE, Lack.EXPIRED),
)
"""Which lack is told where several records lack something: what is under way before what is over."""


def last_day(record: CheckRecord, *, valid_days: int | None) -> date | None:
    """The last day on which a clear check stands: its own, or the policy's days from issue; None: no end.

    Raises ValueError where the check has no day of issue.
    """
    if record.issued_on is None:
        raise ValueError("a check without a day of issue has no last day")
    by_policy = record.issued_on + timedelta(days=valid_days) if valid_days is not None else None
    ends = [day for day in (record.expires_on, by_policy) if day is not None]
    return min(ends, default=None)


def state_on(record: CheckRecord, *, valid_days: int | None, on: date) -> State:
    """The state of one record on a day; a clear one is expired after its last day, pending before its first.

    >>> check = CheckRecord("c1", "health", "m1", State.CLEAR, issued_on=date(2026, 1, 1))
    >>> state_on(check, valid_days=10, on=date(2026, 1, 11)), state_on(check, valid_days=10, on=date(2026, 1, 12))
    (<State.CLEAR: 'clear'>, <State.EXPIRED: 'expired'>)
    """
    if record.result is not State.CLEAR:
        return record.result
    if record.issued_on is None or record.issued_on > on:
        return State.PENDING
    end = last_day(record, valid_days=valid_days)
    return State.CLEAR if end is None or on <= end else State.EXPIRED


def covered(
    household: Household, check_type: CheckType, *, rules: CheckRules, on: date
) -> tuple[str | None, ...]:
    """The members (None: the home) whom a check type covers on a day, in the household's order."""
    if household.kind in check_type.not_for_kinds:
        return ()
    if check_type.covers is Covers.HOME:
        return (None,)
    return tuple(
        member.member_id for member in household.members if _is_covered(member, check_type, rules, on)
    )


def missing_checks(
    household: Household, checks: Iterable[CheckRecord], *, rules: CheckRules, on: date
) -> tuple[MissingCheck, ...]:
    """Each pair of check type and person living there on the day that is not clear; empty: the home is clear."""
    return tuple(_missing(household, _by_pair(checks), rules, on))


def is_clear(household: Household, checks: Iterable[CheckRecord], *, rules: CheckRules, on: date) -> bool:
    """Whether every pair of check type and person living there on the day is clear."""
    return not missing_checks(household, checks, rules=rules, on=on)


def clear_until(
    household: Household,
    checks: Iterable[CheckRecord],
    *,
    rules: CheckRules,
    on: date,
    permissions: Iterable[Permission] = (),
) -> date | None:
    """The last day through which the home stays clear without a break: `checks_clear_until` of homes.csv.

    None: it is not clear on the day itself. A birthday that raises a check ends it on the eve. `date.max`: no
    end is known. A standing permission to go on while a result is pending counts, to its own last day.
    """
    pairs, allowed = _by_pair(checks), tuple(permissions)

    def lacks_on(day: date) -> bool:
        return any(
            not is_allowed(lack, household, allowed, rules=rules, on=day)
            for lack in _missing(household, pairs, rules, day)
        )

    if lacks_on(on):
        return None
    for day in sorted(day for day in _turning_points(household, pairs, rules, allowed) if day > on):
        if lacks_on(day):
            return day - _DAY
    return date.max


def is_allowed(
    lack: MissingCheck,
    household: Household,
    permissions: Iterable[Permission],
    *,
    rules: CheckRules,
    on: date,
) -> bool:
    """Whether a standing permission lets the home go on without this result. Only what is pending may wait."""
    check_type = rules.type(lack.type_id)
    if lack.lack is not Lack.PENDING or check_type is None or not check_type.may_wait:
        return False
    return any(
        each.rule_id == PENDING_CHECK
        and each.home_id == household.home_id
        and (each.type_id, each.member_id) == (lack.type_id, lack.member_id)
        and each.stands(on)
        for each in permissions
    )


def overdue_pending(
    checks: Iterable[CheckRecord], *, rules: CheckRules, on: date
) -> tuple[WaitingCheck, ...]:
    """Checks without a result with the days they have waited, longest first: chased daily, red from N days.

    One whose request has no date counts as red. One that a later record of the same pair settled is left out.
    """
    found = []
    for records in _by_pair(checks).values():
        for record in records:
            if record.result not in (State.REQUESTED, State.PENDING) or _is_settled(record, records):
                continue
            asked = record.requested_on
            days = (on - asked).days if asked is not None else rules.pending_red_days
            if days >= 0:
                found.append(WaitingCheck(record, days, is_red=days >= rules.pending_red_days))
    return tuple(sorted(found, key=lambda each: (-each.days, each.record.check_id)))


_Pairs = dict[tuple[str, str | None], list[CheckRecord]]


def _by_pair(checks: Iterable[CheckRecord]) -> _Pairs:
    pairs: _Pairs = {}
    for record in checks:
        pairs.setdefault((record.type_id, record.member_id), []).append(record)
    return pairs


def _is_covered(member: Member, check_type: CheckType, rules: CheckRules, on: date) -> bool:
    if not member.lives_there(on):
        return False
    if check_type.covers is Covers.CARERS:
        return member.cares(on)
    age = age_on(member.birth_date, on) if member.birth_date is not None else None
    if member.part is Part.PLACED_CHILD and age is not None and age < rules.adult_age:
        return False
    if age is None:  # nothing is known: whoever might be of age is checked
        return True
    if member.part in (Part.CARER, Part.ADULT):
        age = max(age, rules.adult_age)
    return age >= check_type.from_age


def _missing(household: Household, pairs: _Pairs, rules: CheckRules, on: date) -> Iterator[MissingCheck]:
    if not any(member.cares(on) for member in household.members):
        yield MissingCheck("", None, Lack.NO_CARER, None, NO_CARER_RULE, _NO_CARER_SOURCE)
    for check_type in rules.types:
        for member_id in covered(household, check_type, rules=rules, on=on):
            found = _lack(pairs.get((check_type.type_id, member_id), []), check_type, on)
            if found is not None:
                lack, since = found
                yield MissingCheck(
                    check_type.type_id, member_id, lack, since, check_type.rule_id, check_type.source
                )


def _lack(records: list[CheckRecord], check_type: CheckType, on: date) -> tuple[Lack, date | None] | None:
    """What the pair lacks, or None where it is clear. A refusal stands until a later check is clear."""
    told = [(_lack_of(record, check_type, on), record) for record in records]
    clear = [record.issued_on for lack, record in told if lack is None and record.issued_on is not None]
    refused = [
        record.issued_on or record.requested_on or date.max for lack, record in told if lack is Lack.REFUSED
    ]
    if refused and max(refused) >= max(clear, default=date.min):
        day = max(refused)
        return Lack.REFUSED, (day if day != date.max else None)
    if clear:
        return None
    for lack in _LACKS:
        since = [_since(record, check_type, lack) for each, record in told if each is lack]
        if since:
            return lack, max((day for day in since if day is not None), default=None)
    return Lack.MISSING, None


def _lack_of(record: CheckRecord, check_type: CheckType, on: date) -> Lack | None:
    if record.result is State.CLEAR and record.issued_on is None:
        return Lack.NO_ISSUE_DATE
    state = state_on(record, valid_days=check_type.valid_days, on=on)
    if state is not State.CLEAR:
        return Lack(state.value)
    if not record.has_document:
        return Lack.NO_DOCUMENT
    if check_type.needs_legible_document and record.is_legible is not True:
        return Lack.NOT_LEGIBLE
    return None


def _since(record: CheckRecord, check_type: CheckType, lack: Lack) -> date | None:
    if lack is Lack.EXPIRED:
        return last_day(record, valid_days=check_type.valid_days)
    return record.requested_on if lack in (Lack.PENDING, Lack.REQUESTED) else record.issued_on


def _is_settled(record: CheckRecord, records: list[CheckRecord]) -> bool:
    asked = record.requested_on or date.min
    return any(
        other.result in (State.CLEAR, State.REFUSED) and (other.issued_on or date.min) >= asked
        for other in records
        if record.requested_on is not None and other.issued_on is not None
    )


def _turning_points(
    household: Household, pairs: _Pairs, rules: CheckRules, permissions: tuple[Permission, ...]
) -> Iterator[date]:
    """Every day on which the answer may change."""
    ages = {check_type.from_age for check_type in rules.types} | {rules.adult_age}
    for member in household.members:
        days = [member.moved_in_on, member.moved_out_on, _after(member.carer_until)]
        if member.birth_date is not None:
            days += [turns_on(member.birth_date, age=age) for age in ages]
        yield from (day for day in days if day is not None)
    for (type_id, _), records in pairs.items():
        check_type = rules.type(type_id)
        for record in records:
            if check_type is None or record.issued_on is None:
                continue
            yield record.issued_on
            end = _after(last_day(record, valid_days=check_type.valid_days))
            if end is not None:
                yield end
    for each in permissions:
        yield each.from_date
        yield each.to_date + _DAY


def _after(day: date | None) -> date | None:
    return day + _DAY if day is not None and day != date.max else None
