"""The program leaves only by two persons, for exactly what was asked, and comes back row for row."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from posada.office.access import two_persons
from posada.office.access.actor import Actor, machine
from posada.office.access.models import Approval
from posada.office.access.roles import Role
from posada.office.counsel.models import Counsel, Engagement
from posada.office.intake import archive, exporting
from posada.office.intake.models import Child, SiblingGroup
from posada.office.intake.opened_files import open_files
from posada.office.intake.reading import read_brought
from posada.office.intake.services import take_folder
from posada.office.intake.standing_ids import StandingIds
from posada.office.licensing.models import Home
from posada.office.placement.models import Offer
from posada.office.refusals import NotThere, Refusal
from tests.office.intake.folders import folder, spoiled
from tests.office.people import TODAY, acting

WORDS = "a long enough passphrase"
ALL = {"sealed": True, "country": True, "location": True}


def agreed(asker: Actor, **scope: bool) -> Approval:
    """An approval for an export."""
    made = exporting.ask(asker, scope=exporting.scope_of(**scope), reason="for the next office")
    return two_persons.answer(acting(Role.ADMINISTRATOR), made.pk, approve=True)


def exported(**scope: bool) -> dict[str, bytes]:
    """The files of an archive for a scope."""
    asker = acting(Role.PROGRAM_DIRECTOR)
    return archive.opened(exporting.write(asker, agreed(asker, **scope), passphrase=WORDS), passphrase=WORDS)


def part(files: dict[str, bytes], name: str) -> dict[str, bytes]:
    """One folder of the archive."""
    return {path.partition("/")[2]: content for path, content in files.items() if path.startswith(name)}


def rows(files: dict[str, bytes]) -> dict[str, list[object]]:
    """The accepted rows of each file, none of them refused."""
    brought = read_brought(files, on=TODAY, standing=StandingIds())
    assert brought.rejections == ()
    return {
        file: sorted((record for _, record in each.good), key=str) for file, each in brought.readings.items()
    }


def taken(files: dict[str, bytes]) -> None:
    """A folder in the office."""
    take_folder(files, actor=machine("posada import"), told=lambda *_: None)


def test_plain_and_for_excel_both_come_back_row_for_row() -> None:
    dangerous = spoiled(folder(), "people.csv", "Juan", '"=HYPERLINK(1)"')
    dangerous = spoiled(dangerous, "overrides.csv", "too far", "-2+3")
    taken(dangerous)
    files = exported(**ALL)
    plain, excel = part(files, "plain"), part(files, "excel")
    assert rows(plain) == rows(dangerous)
    assert excel["people.csv"].startswith(b"\xef\xbb\xbf")
    assert b"'=HYPERLINK" in excel["people.csv"]
    assert b",'24031," in excel["homes.csv"]
    opened, _ = open_files(excel, choices={})
    assert rows(opened) == rows(dangerous)


@pytest.mark.django_db(transaction=True)
def test_an_export_that_is_brought_into_an_empty_office_is_exported_the_same() -> None:
    changes = b'\n[[rule_changes]]\nrule = "household.max"\nvalue = 6\nfrom = 2026-12-01\n'
    brought = folder()
    taken({**brought, "programme.toml": brought["programme.toml"] + changes})
    group, home = SiblingGroup.objects.first(), Home.objects.first()
    Engagement.objects.create(group=group, counsel=Counsel.objects.first(), from_date=TODAY)
    first = part(exported(**ALL), "plain")
    assert b"household.max" in first["programme.toml"]
    assert b"engaged" in first["overrides.csv"]
    Offer.objects.create(group=group, home=home, children_count=1, expires_at=timezone.now(), token_hash="t")
    assert part(exported(**ALL), "plain") == first
    call_command("flush", interactive=False, verbosity=0)
    taken(first)
    assert part(exported(**ALL), "plain") == first


def test_what_was_not_asked_for_is_not_in_it() -> None:
    taken(folder())
    for scope in ({**ALL, "sealed": False}, {**ALL, "country": False}, {**ALL, "location": False}):
        files = exported(**scope)
        told = b"".join(files.values())
        assert (b"Example Street" in told, b"GTM" in told, b"48215" in told) == tuple(scope.values())
        assert ("plain/people.csv" in files) == scope["sealed"]


def test_one_person_exports_nothing() -> None:
    taken(folder())
    director = acting(Role.PROGRAM_DIRECTOR)
    asked = exporting.ask(director, scope=exporting.scope_of(**ALL), reason="for the next office")
    with pytest.raises(two_persons.NotYours):
        two_persons.answer(director, asked.pk, approve=True)
    twin = acting(Role.ADMINISTRATOR, person_key=director.person_key)
    with pytest.raises(two_persons.NotYours):
        two_persons.answer(twin, asked.pk, approve=True)
    with pytest.raises(two_persons.Expired):
        exporting.write(director, asked, passphrase=WORDS)
    with pytest.raises(NotThere):
        exporting.ask(
            acting(Role.INTAKE_WORKER), scope=exporting.scope_of(**ALL), reason="for the next office"
        )


def test_an_approval_holds_once_for_its_asker_and_its_scope_and_a_short_passphrase_does_not_use_it() -> None:
    taken(folder())
    director = acting(Role.PROGRAM_DIRECTOR)
    approval = agreed(director, sealed=False, country=False, location=False)
    with pytest.raises(Refusal):
        exporting.write(director, approval, passphrase="short")
    wider = Approval.objects.get(pk=approval.pk)
    wider.scope = exporting.scope_of(**ALL)
    with pytest.raises(two_persons.Expired):
        exporting.write(director, wider, passphrase=WORDS)
    with pytest.raises(two_persons.Expired):
        exporting.write(acting(Role.PROGRAM_DIRECTOR), approval, passphrase=WORDS)
    assert exporting.write(director, approval, passphrase=WORDS)
    with pytest.raises(two_persons.Expired):
        exporting.write(director, approval, passphrase=WORDS)


def test_an_export_taken_into_an_office_that_has_it_changes_nothing() -> None:
    taken(folder())
    files = part(exported(**ALL), "plain")
    written = take_folder(files, actor=machine("posada import"), told=lambda *_: None)[2]
    assert not written.anything
    assert Child.objects.count() == 3
