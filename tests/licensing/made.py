"""A household whose checks are all clear, to be spoiled by one thing at a time."""

from dataclasses import replace
from datetime import date

from posada.licensing.check_types import CheckRules, Covers, check_rules
from posada.licensing.checks import CheckRecord, State
from posada.licensing.household import Household, Member, Part
from posada.licensing.study import HomeFacts, HomeStudy

DAY = date(2026, 11, 25)
RULES: CheckRules = check_rules("maryland", on=DAY)
CARER = Member("carer", Part.CARER, date(1980, 5, 5), moved_in_on=date(2010, 1, 1))
SON = Member("son", Part.OWN_CHILD, date(2012, 3, 3), moved_in_on=date(2012, 3, 3))


def household(*members: Member, kind: str = "foster") -> Household:
    """A home with these people, or with a carer and a son."""
    return Household("home", kind, members or (CARER, SON))


def clear(type_id: str, member_id: str | None, *, issued_on: date = date(2026, 10, 1)) -> CheckRecord:
    """One clear check with a document that a second person could read."""
    return CheckRecord(
        f"{type_id}-{member_id}-{issued_on}",
        type_id,
        member_id,
        State.CLEAR,
        requested_on=issued_on,
        issued_on=issued_on,
        is_legible=True,
    )


def all_checks(home: Household, *, issued_on: date = date(2026, 10, 1)) -> tuple[CheckRecord, ...]:
    """Every check that could ever be asked of these people, all clear."""
    ids = [member.member_id for member in home.members]
    return tuple(
        clear(each.type_id, who, issued_on=issued_on)
        for each in RULES.types
        for who in ([None] if each.covers is Covers.HOME else ids)
    )


def needed_checks(home: Household, *, on: date = DAY) -> tuple[CheckRecord, ...]:
    """The checks that are demanded of these people on a day, all clear."""
    from posada.licensing.checks import covered

    return tuple(
        clear(each.type_id, who) for each in RULES.types for who in covered(home, each, rules=RULES, on=on)
    )


def facts(home: Household | None = None, **changes: object) -> HomeFacts:
    """A home that may open."""
    home = home or household()
    sound = HomeFacts(
        household=home,
        checks=needed_checks(home),
        licensed_capacity=2,
        license_from=date(2026, 1, 1),
        license_to=date(2027, 12, 31),
        studies=(HomeStudy("ana", date(2026, 9, 1), 2, approved_by="ben", approved_on=date(2026, 9, 5)),),
    )
    return replace(sound, **changes)  # type: ignore[arg-type]
