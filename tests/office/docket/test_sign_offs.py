"""A sign-off is of one text of one version, is kept with its lawyer, and marks the dates that follow from it."""

from datetime import date, timedelta

import pytest

from posada.office.audit.models import Entry
from posada.office.day import today
from posada.office.docket.models import Deadline, RuleSignOff
from posada.office.docket.recompute import recompute_all
from posada.office.docket.sign_offs import address_of, sign_off, signed_book, version_of
from posada.office.refusals import FieldsRefused, NotThere
from posada.rulebook.sign_off import version_digest
from tests.office.docket.cases import child_of, coordinator, deadline_of, record

RULE = "eoir.vd_bond"
ADDRESS = "eoir-vd_bond-1"
VERSION = "eoir.vd_bond#1"


def signed(on: date | None = None, digest: str = "", name: str = "Dana Example") -> RuleSignOff:
    given = digest or version_digest(*version_of(ADDRESS))
    return sign_off(coordinator(), ADDRESS, digest=given, name=name, bar="Maryland 1", on=on or today())


def test_dates_by_a_version_are_marked_now_and_stay_so_when_they_are_computed_again() -> None:
    child = child_of()
    record(coordinator(), child, "vd_order", date(2026, 11, 23))
    assert not deadline_of(child, RULE).is_signed_off
    signed()
    marked = deadline_of(child, RULE)
    assert marked.is_signed_off
    assert recompute_all().moved == 0
    assert deadline_of(child, RULE).before == marked.before == []
    later = child_of()
    record(coordinator(), later, "vd_order", date(2026, 11, 24))
    assert deadline_of(later, RULE).is_signed_off
    assert not Deadline.objects.exclude(rule_version=VERSION).filter(is_signed_off=True).exists()


def test_the_book_names_the_lawyer_and_the_newest_entry_stands() -> None:
    signed()
    signed(name="Lee Example")
    version = signed_book().rule(RULE).versions[0]
    assert version.signed_off_by == "Lee Example (Maryland 1)"
    assert RuleSignOff.objects.count() == 2
    assert Entry.objects.filter(act="docket.rule_signed_off").count() == 2


def test_another_text_has_no_sign_off() -> None:
    row = signed()
    RuleSignOff.objects.filter(pk=row.pk).update(digest="0" * 64)
    assert not signed_book().rule(RULE).versions[0].is_signed_off


def test_a_text_that_changed_since_the_page_was_opened_is_not_signed_off() -> None:
    with pytest.raises(FieldsRefused):
        signed(digest="0" * 64)
    with pytest.raises(FieldsRefused):
        signed(on=today() + timedelta(days=1))
    assert not RuleSignOff.objects.exists()


@pytest.mark.parametrize("address", ["no-such-1", "eoir-vd_bond-99", RULE])
def test_what_is_no_version_is_not_there(address: str) -> None:
    with pytest.raises(NotThere):
        version_of(address)


def test_each_version_has_its_own_address() -> None:
    every = [each for rule in signed_book().rules.values() for each in rule.versions]
    assert len({address_of(each) for each in every}) == len(every)
