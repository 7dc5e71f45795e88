"""Ids in texts of others, histories, sealed values, reasons and imports go; what only looks alike stays."""

from posada.office.access import doors
from posada.office.access.models import Approval, SealedValue
from posada.office.access.roles import Role
from posada.office.audit.models import Revision
from posada.office.casefile.models import Note
from posada.office.intake.models import Import, SiblingGroup
from posada.office.retention.belonging import belonging
from posada.office.retention.traces import INSTEAD, erase_traces, program_ids
from tests.office.people import acting, group_of, home_of
from tests.office.retention.gone import gone_group


def erased(group: SiblingGroup) -> None:
    rows = belonging({SiblingGroup: {group.pk}})
    erase_traces(rows, program_ids(rows))


def test_sealed_values_and_histories_go_and_those_of_others_stay() -> None:
    group, other = gone_group(), group_of()
    for each in (group, other):
        doors.seal_fields(each.children.get(), {"a_number": "000-000-001"})
        Revision.objects.create(
            record_kind="intake.child", record_id=each.children.get().pk, version=1, at="2026-11-01T12:00Z"
        )
    erased(group)
    assert [each.owner_id for each in SealedValue.objects.all()] == [other.children.get().pk]
    assert [each.record_id for each in Revision.objects.all()] == [other.children.get().pk]


def test_an_id_in_somebody_elses_text_goes_and_a_longer_one_stays() -> None:
    group = gone_group()
    child = group.children.get().child_id
    note = Note.objects.create(home=home_of(), text=f"knew {child}, and {child}0 too")
    erased(group)
    note.refresh_from_db()
    assert note.text == f"knew {INSTEAD}, and {child}0 too"


def test_the_reason_of_an_approval_about_it_goes() -> None:
    group, one = gone_group(), acting(Role.PROGRAM_DIRECTOR)
    told = {
        "act": "plan.approve", "asked_by_id": one.user_id, "reason": "Ana needs it",
        "asked_at": "2026-11-01T12:00Z", "expires_at": "2026-11-01T13:00Z",
    }  # fmt: skip
    about = Approval.objects.create(scope={"group": str(group.pk)}, **told)
    other = Approval.objects.create(scope={"group": str(group_of().pk)}, **told)
    erased(group)
    assert Approval.objects.get(pk=about.pk).reason == INSTEAD
    assert Approval.objects.get(pk=other.pk).reason == "Ana needs it"


def test_an_import_that_names_it_goes_whole_also_where_its_files_cannot_be_read() -> None:
    group = gone_group()
    report = {"rejections": [{"row": 2, "found": group.children.get().child_id}]}
    Import.objects.create(state="taken", report=report)
    Import.objects.create(state="preview", sealed=b"not ours")
    kept = Import.objects.create(state="taken", report={"accepted": 3})
    erased(group)
    assert list(Import.objects.all()) == [kept]
