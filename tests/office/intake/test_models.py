"""The tables of intake hold one row where there can be one only, and nothing that follows from age."""

import pytest
from django.db import IntegrityError, transaction

from posada.office.intake.models import Child, KinLink, PossibleDuplicate
from tests.office.people import group_of, home_of


def test_a_group_and_a_home_are_kin_once_and_a_pair_is_a_pair_once() -> None:
    group, home, other = group_of(), home_of(), group_of().children.get()
    for make in (
        lambda: KinLink.objects.create(group=group, home=home, sponsor_category="2A"),
        lambda: PossibleDuplicate.objects.create(one=group.children.get(), other=other),
    ):
        make()
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


def test_nothing_that_follows_from_age_is_stored() -> None:
    names = {field.name for field in Child._meta.get_fields()}
    assert not {name for name in names if "age" in name.split("_") or "minor" in name or "adult" in name}


def test_a_child_without_a_name_is_called_by_its_id() -> None:
    child = group_of(given_name="", family_name="").children.get()
    assert child.name == child.child_id
