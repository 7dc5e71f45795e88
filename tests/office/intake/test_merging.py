"""Two records made one and taken apart again: everything moves, nothing is deleted, and all counts are as before."""

from datetime import date

import pytest
from django.apps import apps

from posada.office.access import doors
from posada.office.access.roles import Role
from posada.office.casefile.models import Document, Note, WrittenName
from posada.office.counsel.models import Engagement
from posada.office.intake.merging import CannotMerge, merge, undo
from posada.office.intake.models import Child, Hearing, KinLink, Merge
from posada.office.placement.models import Placement
from posada.office.refusals import SomebodySavedFirst
from tests.office.intake.state import everything
from tests.office.people import acting, counsel_of, group_of, home_of

LEAVES_A_TRACE = frozenset(
    {"audit.entry", "audit.revision", "audit.head", "intake.merge", "intake.possibleduplicate"}
    | {"intake.programsettings"}
)


def counts() -> dict[str, int]:
    """Rows of every table but those that only grow."""
    return {
        model._meta.label_lower: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.label_lower not in LEAVES_A_TRACE
    }


def contents() -> dict[str, object]:
    """Rows of every table without version and time of change."""
    found = {}
    for model in apps.get_models():
        if model._meta.label_lower in LEAVES_A_TRACE or model._meta.label_lower == "intake.namekey":
            continue
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if field.name not in {"version", "changed_at", "sealed", "key_number"}
        ]
        found[model._meta.label_lower] = sorted(map(repr, model._base_manager.values_list(*names)))
    return found


def two() -> tuple[Child, Child]:
    """Two records of one child, the second with everything that can stand on one."""
    kept, merged = group_of().children.get(), group_of(country="GTM").children.get()
    home = home_of()
    Placement.objects.create(child=merged, home=home, from_date=date(2026, 11, 1))
    Note.objects.create(child=merged, text="a letter")
    Document.objects.create(
        child=merged,
        kind="passport",
        title="Passport",
        stored_name="x",
        content_type="pdf",
        size=1,
        digest="d",
    )
    WrittenName.objects.create(child=merged, authority="court", name="JUANA P")
    Hearing.objects.create(group=merged.group, court_code="BAL", hearing_date=date(2027, 1, 1))
    KinLink.objects.create(group=merged.group, home=home, sponsor_category="2A")
    Engagement.objects.create(group=merged.group, counsel=counsel_of(), from_date=date(2026, 11, 1))
    doors.seal_fields(merged, {"a_number": "000-000-005"})
    return kept, merged


def test_everything_moves_and_nothing_is_deleted() -> None:
    kept, merged = two()
    before = counts()
    merge(acting(Role.INTAKE_WORKER), kept, merged, kept_version=1, merged_version=1)
    after = counts()
    assert all(after[label] >= count for label, count in before.items())
    assert kept.placements.count() == kept.notes.count() == kept.documents.count() == 1
    assert kept.group.hearings.count() == kept.group.kin_links.count() == kept.group.engagements.count() == 1
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.country, merged.merged_into) == ("GTM", kept)
    assert doors.has_sealed(kept) == {"a_number"}


def test_what_was_merged_is_taken_apart_to_exactly_what_it_was() -> None:
    kept, merged = two()
    before, amount = contents(), counts()
    actor = acting(Role.INTAKE_WORKER)
    before, amount = contents(), counts()
    done = merge(actor, kept, merged, kept_version=1, merged_version=1)
    undo(actor, done, version=done.version)
    assert contents() == before
    assert {**counts(), "intake.namekey": 0} == {**amount, "intake.namekey": 0}
    assert Merge.objects.get().undone_at is not None


def test_what_came_after_the_merge_stays_where_it_is() -> None:
    kept, merged = two()
    actor = acting(Role.INTAKE_WORKER)
    done = merge(actor, kept, merged, kept_version=1, merged_version=1)
    Note.objects.create(child=kept, text="written later")
    undo(actor, done, version=done.version)
    assert [each.text for each in kept.notes.all()] == ["written later"]
    assert [each.text for each in merged.notes.all()] == ["a letter"]


def test_two_who_both_live_somewhere_and_records_that_no_longer_stand_are_not_merged() -> None:
    kept, merged = two()
    actor = acting(Role.INTAKE_WORKER)
    placed = Placement.objects.create(child=kept, home=home_of(), from_date=date(2026, 11, 1))
    before = everything()
    with pytest.raises(CannotMerge):
        merge(actor, kept, merged, kept_version=1, merged_version=1)
    with pytest.raises(CannotMerge):
        merge(actor, kept, kept, kept_version=1, merged_version=1)
    assert everything() == before
    placed.delete()
    Engagement.objects.create(group=kept.group, counsel=counsel_of(), from_date=date(2026, 11, 1))
    before = everything()
    with pytest.raises(CannotMerge):
        merge(actor, kept, merged, kept_version=1, merged_version=1)
    assert everything() == before


def test_an_old_page_merges_nothing() -> None:
    kept, merged = two()
    before = everything()
    for versions in ((1, 7), (7, 1)):
        with pytest.raises(SomebodySavedFirst):
            merge(
                acting(Role.INTAKE_WORKER), kept, merged, kept_version=versions[0], merged_version=versions[1]
            )
    after = everything()
    changed = {label for label, digest in before.items() if after[label] != digest}
    assert changed <= {"access.user", "access.rolegrant", "access.assignment", "mfa.authenticator"}
