"""The rules as a page shows them: how each stands today, its source, who checked it, who signed it off; what moved.

Comes in: the office's day, or two days. Goes out: lines. Docs: docs/how-to/keep-the-docket.md.
Tests: tests/office/docket/test_rules_shown.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from posada.docket.rules_moved import MovedDate, OpenDate, moved_dates, versions_between
from posada.office.access.actor import Actor
from posada.office.docket.closing import deadlines
from posada.office.docket.event_kinds import STANDINGS, title_of
from posada.office.docket.models import Deadline, DocketEvent
from posada.office.docket.sign_offs import address_of, signed_book
from posada.office.program import settings_of_program
from posada.rulebook.in_force import version_in_force
from posada.rulebook.legal_rule import FactValue, LegalRule, RuleVersion
from posada.rulebook.load import load_policy
from posada.rulebook.rule import RuleGap

UNSURE = ("unsure", "", "")


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule on a day. `version` None: none holds then."""

    rule: LegalRule
    title: str
    version: RuleVersion | None
    standing: tuple[str, Any, Any]

    @property
    def address(self) -> str:
        """The word of the address of its version."""
        return address_of(self.version) if self.version else ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One rule of the program's policy on a day."""

    title: str
    value: str
    source: str
    checked_on: date
    checked_by: str


@dataclass(frozen=True, slots=True)
class MovedLine:
    """One open deadline that a new version moves."""

    row: Deadline
    title: str
    moved: MovedDate


def rule_lines(*, on: date) -> list[RuleLine]:
    """Every legal rule: those that nobody signed off first, then by title."""
    found = [_line(rule, on=on) for rule in signed_book().rules.values()]
    return sorted(found, key=lambda each: (_is_signed_off(each), each.title))


def signed_count(lines: list[RuleLine]) -> int:
    """How many of them are signed off."""
    return sum(map(_is_signed_off, lines))


def check_lines(*, on: date) -> list[CheckLine]:
    """The rules of the program's policy as they stand on a day."""
    return [
        CheckLine(
            rule.title,
            f"{_told(each.value)} {rule.unit}".strip(),
            each.source,
            each.checked_on,
            each.checked_by,
        )
        for rule in load_policy(settings_of_program().policy).rules
        for each in rule.values
        if each.stands_on(on)
    ]


def versions_changed(start: date, end: date) -> list[tuple[str, RuleVersion]]:
    """(title, version) of what became known, took effect or ended after `start`, through `end`."""
    return [(title_of(each.rule_id), each) for each in versions_between(signed_book(), start=start, end=end)]


def moved_lines(actor: Actor, start: date, end: date) -> list[MovedLine]:
    """The open deadlines of the person's cases that differ between what was known on the two days."""
    book = signed_book()
    changed = {each.rule_id for each in versions_between(book, start=start, end=end)}
    rows = deadlines(actor).filter(state="open", rule_id__in=changed).select_related("child", "group")
    by_id = {row.deadline_id: row for row in rows.order_by("day", "pk")}
    moved = moved_dates(_open_dates(by_id), book=book, known_on=start, then_known_on=end)
    return [
        MovedLine(by_id[each.open_date.deadline_id], title_of(each.open_date.rule_id), each) for each in moved
    ]


def _open_dates(rows: Mapping[str, Deadline]) -> Iterator[OpenDate]:
    """What the rules need to answer again. The facts are those of the event."""
    keys = {row.event_key for row in rows.values() if ":" not in row.event_key}
    facts: dict[str, Mapping[str, FactValue]] = {
        pk.hex: told for pk, told in DocketEvent.objects.filter(pk__in=keys).values_list("pk", "facts")
    }
    for name, row in rows.items():
        yield OpenDate(
            name,
            str(row.child_id or row.group_id),
            row.rule_id,
            row.trigger_date,
            facts.get(row.event_key, {}),
        )


def _line(rule: LegalRule, *, on: date) -> RuleLine:
    try:
        version = version_in_force(rule, trigger_date=on, as_of=on)
    except RuleGap:
        return RuleLine(rule, title_of(rule.rule_id), None, UNSURE)
    word = STANDINGS.get(version.status, ("unsure", version.status, ""))
    return RuleLine(rule, title_of(rule.rule_id), version, word)


def _is_signed_off(line: RuleLine) -> bool:
    return line.version is not None and line.version.is_signed_off


def _told(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
