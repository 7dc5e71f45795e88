"""The check runs again whenever somebody in a case changes, and a new hit is a task for both."""

from collections.abc import Callable
from datetime import date

import pytest

from posada.office.access.actor import Actor, actor_of
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.audit.models import Entry
from posada.office.casefile.children import change_child
from posada.office.casefile.remarks import write_name
from posada.office.counsel.engagements import end_engagement
from posada.office.counsel.models import ConflictCheck, ConflictParty
from posada.office.counsel.people import add_party, change_counsel, change_relation
from posada.office.counsel.rechecks import check, recheck_for
from posada.office.day import today
from posada.office.desk.models import Task
from posada.office.intake.models import Separation, SiblingGroup
from posada.office.intake.one_child import Said, add_child
from posada.office.intake.services import preview, take
from posada.office.intake.ties import add_kin, add_separation
from tests.office.counsel.desk_shortcuts import coordinator, engaged
from tests.office.people import acting, counsel_of, group_of, home_of, person

TAKE_NAMES = {"fields": {f"people.csv:{part}_name": "take" for part in ("given", "family")}}


def _both(actor: Actor) -> tuple[SiblingGroup, SiblingGroup]:
    """Two groups of one counsel, without any conflict yet: Ana Ruiz, and Leo Paz with a parent María Ruiz."""
    counsel = counsel_of(user=person(Role.ATTORNEY), open_slots=5)
    ana = group_of(given_name="Ana", family_name="Ruiz")
    leo = group_of(given_name="Leo", family_name="Paz")
    add_party(actor, leo, name="María Ruiz", relation="parent")
    engaged(actor, counsel, ana)
    engaged(actor, counsel, leo)
    assert not Task.objects.filter(kind="conflict_hit").exists()
    return ana, leo


def _new_person(actor: Actor, ana: SiblingGroup, leo: SiblingGroup) -> None:
    add_party(actor, leo, name="RUIZ, Ana", relation="accused")


def _new_relation(actor: Actor, ana: SiblingGroup, leo: SiblingGroup) -> None:
    add_party(actor, ana, name="Maria Ruiz", relation="witness")
    party = ConflictParty.objects.get(group=leo)
    change_relation(actor, party, version=party.version, relation="accused")


def _new_name(actor: Actor, ana: SiblingGroup, leo: SiblingGroup) -> None:
    child = ana.children.get()
    change_child(actor, child, version=child.version, changes={"given_name": "Maria"})


def _new_kin(actor: Actor, ana: SiblingGroup, leo: SiblingGroup) -> None:
    home = home_of(kind="kin")
    Separation.objects.create(group=ana, home=home, reason="accused lives there")
    cells = {"home_id": home.home_id, "sponsor_category": "2B", "relationship": "aunt"}
    add_kin(acting(Role.INTAKE_WORKER), leo, cells)


def _new_separation(actor: Actor, ana: SiblingGroup, leo: SiblingGroup) -> None:
    cells = {"other_group_id": leo.sibling_group_id, "reason": "they accuse each other"}
    add_separation(acting(Role.INTAKE_WORKER), ana, cells)


def _new_child(actor: Actor, ana: SiblingGroup, leo: SiblingGroup) -> None:
    cells = {"birth_date": "2015-02-03", "sex": "F", "languages": "spa"}
    said = Said(cells, given_name="Maria", family_name="Ruiz")
    add_child(acting(Role.INTAKE_WORKER), said, group=ana, seen=True)


def _new_name_in_a_file(actor: Actor, ana: SiblingGroup, leo: SiblingGroup) -> None:
    rows = f"child_id,given_name,family_name\n{ana.children.get().child_id},María,Ruiz\n"
    brought = preview({"people.csv": rows.encode()}, actor=acting(Role.INTAKE_WORKER), choices=TAKE_NAMES)
    take(brought.pk, version=brought.version, actor=actor_of(User.objects.get(pk=brought.by_id)))


@pytest.mark.parametrize(
    "change",
    [
        _new_person,
        _new_relation,
        _new_name,
        _new_kin,
        _new_separation,
        _new_child,
        _new_name_in_a_file,
    ],
)
def test_a_new_hit_on_an_open_engagement_is_a_task_for_both(
    change: Callable[[Actor, SiblingGroup, SiblingGroup], None],
) -> None:
    actor = coordinator()
    change(actor, *_both(actor))
    tasks = Task.objects.filter(kind="conflict_hit")
    assert set(tasks.values_list("role", flat=True)) == {Role.LEGAL_COORDINATOR, Role.ATTORNEY}
    assert set(tasks.values_list("owner__counsel__counsel_id", flat=True)) - {None}


def test_the_same_hit_never_opens_a_second_task() -> None:
    actor = coordinator()
    _, leo = _both(actor)
    add_party(actor, leo, name="RUIZ, Ana", relation="accused")
    before = Task.objects.count()
    assert recheck_for(actor, leo) == 0
    assert Task.objects.count() == before


def test_past_engagements_count() -> None:
    actor, counsel = coordinator(), counsel_of(open_slots=5)
    past = engaged(actor, counsel, group_of(given_name="Ana", family_name="Ruiz"))
    end_engagement(actor, past, version=1, until=today(), kind="case_closed")
    group = group_of()
    add_party(actor, group, name="Ana Ruiz", relation="accused")
    assert [hit["kind"] for hit in check(actor, counsel, group).hits] == ["client_is_adverse"]


def test_a_person_who_is_new_in_a_past_case_reaches_the_open_one() -> None:
    actor, counsel = coordinator(), counsel_of(open_slots=5)
    past_group = group_of()
    past = engaged(actor, counsel, past_group)
    end_engagement(actor, past, version=1, until=today(), kind="case_closed")
    engaged(actor, counsel, group_of(given_name="Ana", family_name="Ruiz"))
    add_party(actor, past_group, name="Ana Ruiz", relation="accused")
    assert Task.objects.filter(kind="conflict_hit").count() == 2


def test_joining_an_organization_is_checked() -> None:
    actor = coordinator()
    one, two = counsel_of(organisation="Legal Aid"), counsel_of()
    group = group_of(given_name="Leo", family_name="Paz")
    add_party(actor, group, name="Ana Ruiz", relation="accused")
    engaged(actor, one, group)
    engaged(actor, two, group_of(given_name="Ana", family_name="Ruiz"))
    two.refresh_from_db()
    change_counsel(actor, two, version=two.version, changes={"organisation": "Legal Aid"})
    assert Task.objects.filter(kind="conflict_hit", counsel=two).count() == 2


def test_a_name_that_a_court_writes_is_checked_too() -> None:
    actor = coordinator()
    ana, leo = _both(actor)
    child = leo.children.get()
    add_party(actor, ana, name="Yosef Gil", relation="accused")
    write_name(actor, child, authority="court", name="GIL YOSEF")
    assert Task.objects.filter(kind="conflict_hit").exists()


def test_checks_are_dated_and_neither_they_nor_the_log_hold_a_name() -> None:
    actor = coordinator()
    _, leo = _both(actor)
    add_party(actor, leo, name="RUIZ, Ana", relation="accused")
    kept = ConflictCheck.objects.exclude(hits=[])[0]
    assert kept.checked_at is not None
    assert kept.hits[0]["since"] >= date(2026, 1, 1).isoformat()
    told = str(kept.hits) + str(list(Entry.objects.values_list("detail", flat=True)))
    assert "ruiz" not in told.lower()
    assert "ruiz" not in str(list(Task.objects.values_list("values", flat=True))).lower()
