"""A child is found under any spelling, by those who may see the child, and by nobody else."""

import pytest

from posada.office.access import doors
from posada.office.access.actor import actor_of
from posada.office.access.roles import Role
from posada.office.casefile.models import WrittenName
from posada.office.casefile.search import find_children, index_names
from posada.office.intake.models import Child, NameKey
from tests.office.people import acting, assign, group_of, person


def _child(given: str, family: str) -> Child:
    child = group_of(given_name=given, family_name=family).children.get()
    index_names([child])
    return child


@pytest.mark.parametrize(
    "typed",
    [
        *("José Pérez López", "LOPEZ PEREZ, Jose", "jose perez", "perez", "José Pérez Lópes", "Jo Per"),
        *("jsoe lopez", "perezz", "jose perez lopez garcia"),
    ],
)
def test_a_child_is_found_under_every_spelling(typed: str) -> None:
    child = _child("José", "Pérez López")
    _child("Ana", "Martínez")
    assert list(find_children(acting(Role.INTAKE_WORKER), typed)) == [child]


@pytest.mark.parametrize("typed", ["", "   ", "?!", "zzz", "jose martinez"])
def test_what_names_nobody_finds_nobody(typed: str) -> None:
    _child("José", "Pérez López")
    _child("Ana", "Martínez")
    assert list(find_children(acting(Role.INTAKE_WORKER), typed)) == []


def test_the_exact_name_stands_before_the_near_one() -> None:
    near, exact = _child("Ana", "Gonzales"), _child("Ana", "Gonzalez")
    assert list(find_children(acting(Role.INTAKE_WORKER), "gonzalez")) == [exact, near]


def test_a_child_is_found_by_id() -> None:
    child = _child("José", "Pérez")
    assert list(find_children(acting(Role.INTAKE_WORKER), f" {child.child_id.lower()} ")) == [child]


def test_a_name_as_an_authority_writes_it_is_found_too() -> None:
    child = _child("José", "Pérez")
    WrittenName.objects.create(child=child, authority="court", name="PERES GOMEZ YOSE")
    index_names([child])
    assert list(find_children(acting(Role.INTAKE_WORKER), "yose gomez")) == [child]


def test_a_sealed_name_is_never_a_key() -> None:
    child = _child("José", "Pérez")
    doors.seal_fields(child, {"birth_name": "Xochitl Zapotec"})
    index_names([child])
    assert list(find_children(acting(Role.INTAKE_WORKER), "xochitl")) == []


@pytest.mark.parametrize("role", [Role.ATTORNEY, Role.PROGRAM_DIRECTOR, Role.FOSTER_PARENT])
def test_search_finds_only_what_the_person_may_see(role: Role) -> None:
    theirs, other = _child("José", "Pérez"), _child("José", "Pérez")
    user = person(role)
    assert list(find_children(actor_of(user), "perez")) == []
    assign(user, role, group=theirs.group)
    assert list(find_children(actor_of(user), "perez")) == [theirs]
    assert list(find_children(actor_of(user), other.child_id)) == []


def test_indexing_again_replaces_the_keys() -> None:
    child = _child("José", "Pérez")
    child.given_name = "Josué"
    child.save()
    index_names([child])
    keys = set(NameKey.objects.filter(child=child).values_list("key", flat=True))
    assert {"josue", "perez"} <= keys
    assert "jose" not in keys


def test_a_name_that_sounds_alike_is_found() -> None:
    child = _child("Belinda", "Velásquez")
    assert list(find_children(acting(Role.INTAKE_WORKER), "belaskes")) == [child]


def test_many_children_are_indexed_in_few_statements(django_assert_max_num_queries: object) -> None:
    group = group_of()
    children = Child.objects.bulk_create(
        Child(
            child_id=f"M-{n}", group=group, given_name="Ana", family_name=f"Ruiz{n}", birth_date="2014-01-01"
        )
        for n in range(900)
    )
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        index_names(children)
    assert NameKey.objects.filter(child__in=children, key="ana").count() == 900


def test_an_auditor_finds_nobody_even_where_a_group_was_assigned_by_mistake() -> None:
    user, child = person(Role.AUDITOR), _child("José", "Pérez")
    assign(user, Role.AUDITOR, group=child.group)
    assert list(find_children(actor_of(user), "perez")) == []
