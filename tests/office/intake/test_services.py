"""A program folder is taken whole or not at all, and the same folder twice changes nothing."""

from datetime import date

import pytest

from posada.office.access import doors
from posada.office.access.actor import machine
from posada.office.access.models import SealedValue
from posada.office.access.roles import Role
from posada.office.audit.chain import verify
from posada.office.audit.models import Entry, Revision
from posada.office.intake import bulk, services
from posada.office.intake.models import (
    Child,
    Hold,
    Import,
    KinLink,
    NameKey,
    PossibleDuplicate,
    ProgramSettings,
    SiblingGroup,
)
from posada.office.intake.services import preview, take, take_folder, throw_away
from posada.office.licensing.models import Home
from posada.office.placement.models import Override, Placement
from posada.office.program import read_program
from posada.office.refusals import NotThere, SomebodySavedFirst
from tests.office.intake.folders import HOME_COLUMNS, csv, folder, spoiled
from tests.office.intake.state import everything
from tests.office.people import acting

COMMAND = machine("posada import")


def taken(files: dict[str, bytes]) -> services.Written:
    """Take a folder as the command line does."""
    return take_folder(files, actor=COMMAND, told=lambda *_: None)[2]


def test_a_folder_becomes_records_with_names_plain_and_numbers_and_addresses_sealed() -> None:
    taken(folder())
    child = Child.objects.get(child_id="C1")
    assert (child.name, child.languages, child.group.sibling_group_id) == (
        "María José Pérez López",
        ["mam", "spa"],
        "G1",
    )
    assert set(NameKey.objects.filter(child=child).values_list("key", flat=True)) >= {"maria", "perez"}
    home = Home.objects.get(home_id="H1")
    assert (home.state, home.best_language, home.own_children_birth_dates) == ("open", "es", ["2014-05-06"])
    assert doors.has_sealed(home) == {"contact_name", "street", "city", "postal_code", "phone", "email"}
    assert doors.same_sealed("intake.child", "a_number", "000000001") == [child.pk]
    assert b"Example Street" not in b"".join(bytes(each.sealed) for each in SealedValue.objects.all())
    assert Override.objects.get().by_text == "R. Example"
    assert ProgramSettings.objects.get(pk=1).plan_date == date(2026, 11, 24)


def test_what_was_taken_is_the_program_that_the_folder_says() -> None:
    taken(folder())
    program = read_program(with_country=True)
    assert [each.child_id for each in program.children] == ["C1", "C2", "C3"]
    assert program.children[0].country == "GTM"
    assert [each.home_id for each in program.homes] == ["H1", "H2"]
    assert program.separations[0].home_id == "H2"
    assert program.hearings[0].hearing_date == date(2027, 2, 3)


def test_each_new_record_has_a_first_revision_and_the_log_has_one_entry() -> None:
    taken(folder())
    revision = Revision.objects.get(record_kind="intake.child", record_id=Child.objects.get(child_id="C2").pk)
    assert revision.version == 1
    assert revision.changed["birth_date"] == [None, "2015-07-08"]
    assert [each.act for each in Entry.objects.all()] == ["import.take"]
    assert verify().broken_at is None


def test_the_same_folder_twice_writes_nothing_at_all() -> None:
    taken(folder())
    before = everything()
    assert not taken(folder()).anything
    assert everything() == before
    assert Import.objects.count() == 1


def test_rows_and_columns_in_another_order_are_the_same_folder() -> None:
    taken(folder())
    before = everything()
    lines = folder()["children.csv"].decode().splitlines()
    turned = [",".join(reversed(line.split(","))) for line in (lines[0], *reversed(lines[1:]))]
    assert not taken(folder(children_csv=csv(*turned))).anything
    assert everything() == before


def test_a_corrected_file_changes_what_differs_and_keeps_who_did_it() -> None:
    taken(folder())
    written = taken(spoiled(folder(), "children.csv", "2012-03-04", "2012-03-05"))
    assert written.changed == {"children.csv": 1}
    child = Child.objects.get(child_id="C1")
    assert (child.birth_date, child.version) == (date(2012, 3, 5), 2)
    changed = Revision.objects.get(record_id=child.pk, version=2).changed
    assert changed == {"birth_date": ["2012-03-04", "2012-03-05"]}


def test_names_and_numbers_that_come_again_are_sealed_anew_only_where_they_differ() -> None:
    taken(folder())
    sealed = dict(SealedValue.objects.values_list("pk", "sealed"))
    taken(spoiled(folder(), "people.csv", "000-000-001", "000-000-009"))
    after = dict(SealedValue.objects.values_list("pk", "sealed"))
    assert len(after) == len(sealed)
    assert sum(bytes(after[pk]) != bytes(sealed[pk]) for pk in sealed) == 1


def test_a_filled_field_is_never_emptied_by_a_file() -> None:
    taken(folder())
    emptied = spoiled(folder(), "children.csv", "mam;spa,GTM", ",")
    emptied = spoiled(emptied, "people.csv", "María José", "")
    assert not taken(emptied).anything
    assert Child.objects.get(child_id="C1").languages == ["mam", "spa"]


def test_a_part_of_a_folder_may_name_what_stands_already() -> None:
    taken(folder())
    tonight = {
        "children.csv": csv("child_id,sibling_group_id,birth_date,sex", "C9,G9,2013-01-01,F"),
        "kin.csv": csv("sibling_group_id,home_id,sponsor_category", "G9,H1,2B", "G9,H9,2B"),
    }
    brought, _, written = take_folder(tonight, actor=COMMAND, told=lambda *_: None)
    assert written.new == {"children.csv": 1, "kin.csv": 1}
    assert [(each.file, each.row, each.field) for each in brought.rejections] == [("kin.csv", 2, "home_id")]
    assert KinLink.objects.filter(group__sibling_group_id="G9").count() == 1


def test_a_home_whose_check_or_license_does_not_stand_is_taken_but_not_opened() -> None:
    homes = csv(
        HOME_COLUMNS,
        "H1,foster,24031,4,2026-01-01,2027-12-31,,0,0,4",
        "H2,kin,24005,2,,,2026-11-23,0,0,2",
        "H3,foster,24031,4,2026-01-01,2026-11-23,2027-06-30,0,0,4",
        "H4,kin,24005,2,,,2026-11-24,0,0,2",
    )
    taken(folder(homes_csv=homes, contacts_csv=None))
    states = dict(Home.objects.values_list("home_id", "state_reason"))
    assert states == {"H1": "checks", "H2": "checks", "H3": "license", "H4": ""}
    assert set(Home.objects.filter(state="open").values_list("home_id", flat=True)) == {"H4"}


def test_a_home_opens_when_the_file_brings_its_check_and_is_held_when_the_check_has_lapsed() -> None:
    lapsed = spoiled(folder(), "homes.csv", "2027-06-30", "2026-01-01")
    taken(lapsed)
    assert Home.objects.get(home_id="H1").state == "on_hold"
    taken(folder())
    assert Home.objects.get(home_id="H1").state == "open"
    taken(lapsed)
    assert Home.objects.get(home_id="H1").state == "on_hold"


def test_where_checks_are_kept_here_a_file_does_not_say_until_when_they_stand() -> None:
    taken(folder())
    Home.objects.update(has_typed_checks=True)
    taken(spoiled(folder(), "homes.csv", "2027-06-30", "2029-01-01"))
    assert Home.objects.get(home_id="H1").checks_clear_until == date(2027, 6, 30)


def test_a_voided_or_merged_child_does_not_come_back_with_a_file() -> None:
    taken(folder())
    Child.objects.filter(child_id="C3").update(voided_at="2026-11-24T10:00Z", voided_reason="entered twice")
    Child.objects.filter(child_id="C2").update(merged_into=Child.objects.get(child_id="C1"))
    before = everything()
    assert not taken(folder()).anything
    assert everything() == before


def test_a_child_who_lives_somewhere_is_not_moved_by_a_file() -> None:
    taken(folder())
    placements = csv("child_id,home_id,from_date,to_date", "C1,H1,2026-11-01,")
    taken(folder(placements_csv=placements))
    moved = csv("child_id,home_id,from_date,to_date", "C1,H2,2026-11-10,")
    brought, _, _ = take_folder(folder(placements_csv=moved), actor=COMMAND, told=lambda *_: None)
    assert [(each.file, each.field) for each in brought.rejections] == [("placements.csv", "home_id")]
    assert SiblingGroup.objects.get(sibling_group_id="G1").held_reason == "incomplete_separation"
    ended = csv("child_id,home_id,from_date,to_date", "C1,H1,2026-11-01,2026-11-10", "C1,H2,2026-11-10,")
    taken(folder(placements_csv=ended))
    rows = Placement.objects.order_by("from_date").values_list("home__home_id", "to_date")
    assert list(rows) == [("H1", date(2026, 11, 10)), ("H2", None)]
    assert SiblingGroup.objects.get(sibling_group_id="G1").held_reason == ""


def test_an_error_in_the_middle_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    taken(folder())
    before = everything()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(doors, "seal_many", broken)
    more = spoiled(folder(), "children.csv", "C3,G2", "C4,G4")
    more = spoiled(more, "people.csv", "000-000-002", "000-000-008")
    with pytest.raises(RuntimeError):
        taken(more)
    assert everything() == before


def test_only_an_intake_worker_of_the_whole_program_may_bring_a_folder() -> None:
    for actor in (acting(Role.PLACEMENT_WORKER), acting(Role.INTAKE_WORKER, whole_program=False)):
        with pytest.raises(NotThere):
            preview(folder(), actor=actor)


def test_records_that_are_written_at_once_are_changed_only_at_the_version_that_was_seen() -> None:
    taken(folder())
    child = Child.objects.get(child_id="C1")
    with pytest.raises(SomebodySavedFirst):
        bulk.change_all(Child, [(child.pk, 7, {"sex": "F"}, {"sex": "M"})], actor=COMMAND, act="test")
    assert Child.objects.get(child_id="C1").sex == "F"


def test_what_was_previewed_is_taken_once_and_its_files_are_gone() -> None:
    actor = acting(Role.INTAKE_WORKER)
    looked = preview(folder(), actor=actor)
    assert Child.objects.count() == 0
    assert looked.report["accepted"]["children.csv"] == 3
    assert b"children.csv" not in bytes(looked.sealed or b"")
    done = take(looked.pk, version=looked.version, actor=actor)
    assert (done.state, done.sealed, Child.objects.count()) == ("taken", None, 3)
    with pytest.raises(SomebodySavedFirst):
        take(looked.pk, version=looked.version, actor=actor)


def test_what_changed_since_the_preview_has_to_be_looked_at_again() -> None:
    actor = acting(Role.INTAKE_WORKER)
    looked = preview(folder(), actor=actor)
    taken(spoiled(folder(), "children.csv", "2012-03-04", "2012-03-05"))
    with pytest.raises(services.LookAgain):
        take(looked.pk, version=looked.version, actor=actor)
    assert Import.objects.get(pk=looked.pk).state == "preview"


def test_what_is_thrown_away_leaves_no_file_and_no_name_behind() -> None:
    actor = acting(Role.INTAKE_WORKER)
    looked = preview(folder(), actor=actor)
    throw_away(looked.pk, version=looked.version, actor=actor)
    gone = Import.objects.get(pk=looked.pk)
    assert (gone.state, gone.sealed) == ("thrown_away", None)
    assert "Pérez" not in str(gone.report)
    assert Child.objects.count() == Hold.objects.count() == 0


def test_a_person_chooses_for_each_field_and_each_row() -> None:
    taken(folder())
    actor = acting(Role.INTAKE_WORKER)
    changed = spoiled(folder(), "children.csv", "2012-03-04,F,mam;spa", "2012-03-05,F,")
    changed = spoiled(changed, "children.csv", "2015-07-08", "2015-07-09")
    looked = preview(changed, actor=actor)
    marks = {(each["column"], each["key"]): each["mark"] for each in looked.report["differences"]}
    chosen = services.choose(
        looked.pk,
        version=looked.version,
        choices={"fields": {"children.csv:languages": "take"}, "rows": {marks["birth_date", "C2"]: "keep"}},
        actor=actor,
    )
    take(chosen.pk, version=chosen.version, actor=actor)
    rows = dict(Child.objects.values_list("child_id", "birth_date"))
    assert (rows["C1"], rows["C2"]) == (date(2012, 3, 5), date(2015, 7, 8))
    assert Child.objects.get(child_id="C1").languages == []


def test_two_children_of_a_file_with_one_number_are_a_pair_to_look_at() -> None:
    header = "child_id,given_name,family_name,a_number,birth_country_document"
    names = csv(header, "C1,María José,Pérez López,000-000-001,GTM", "C2,Rosa,Tun,000000001,GTM")
    taken(folder(**{"people.csv": names}))
    assert [each.agree for each in PossibleDuplicate.objects.all()] == [["a_number"]]
