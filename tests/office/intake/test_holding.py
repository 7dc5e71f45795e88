"""Protective rows fail closed, and let go when they come again or a person says so."""

import pytest

from posada.office.access.actor import machine
from posada.office.access.roles import Role
from posada.office.intake import holding
from posada.office.intake.models import Hold, SiblingGroup
from posada.office.intake.services import take_folder
from posada.office.licensing.models import Home
from posada.office.program import read_program
from posada.office.refusals import Refusal
from tests.office.intake.folders import csv, folder, spoiled
from tests.office.people import acting


def taken(files: dict[str, bytes]) -> None:
    """Take files as the command line does."""
    take_folder(files, actor=machine("posada import"), told=lambda *_: None)


def held() -> dict[str, str]:
    """Held groups and homes with the reason."""
    groups = SiblingGroup.objects.exclude(held_reason="").values_list("sibling_group_id", "held_reason")
    return dict([*groups, *Home.objects.exclude(held_reason="").values_list("home_id", "held_reason")])


def test_a_group_with_a_refused_child_is_held_until_that_child_comes() -> None:
    bad = spoiled(folder(), "children.csv", "2015-07-08", "2015-13-08")
    taken(bad)
    assert held() == {"G1": "incomplete_group"}
    assert read_program().held_groups == {"G1": "incomplete_group"}
    taken({"children.csv": csv("child_id,sibling_group_id,birth_date,sex", "C8,G1,2014-01-01,F")})
    assert held() == {"G1": "incomplete_group"}
    taken({"children.csv": csv("child_id,sibling_group_id,birth_date,sex", "C2,G1,2015-07-08,M")})
    assert held() == {}
    assert Hold.objects.get().lifted_reason == "mended"


def test_the_same_bad_file_twice_holds_once() -> None:
    bad = spoiled(folder(), "children.csv", "2015-07-08", "2015-13-08")
    taken(bad)
    taken(bad)
    assert Hold.objects.count() == 1


def test_a_refused_separation_holds_its_group_and_closes_its_home_until_it_is_mended() -> None:
    taken(spoiled(folder(), "separations.csv", "conflict in the family", ""))
    assert held() == {"G2": "incomplete_separation", "H2": "incomplete_separation"}
    assert "H2" in read_program().closed_homes
    taken({"separations.csv": folder()["separations.csv"]})
    assert held() == {}


def test_a_group_whose_rows_were_all_refused_is_there_and_held() -> None:
    taken(spoiled(folder(), "children.csv", "2010-01-02", ""))
    assert SiblingGroup.objects.get(sibling_group_id="G2").children.count() == 0
    assert held() == {"G2": "incomplete_group"}


def test_a_person_lifts_a_hold_with_a_reason() -> None:
    taken(spoiled(folder(), "children.csv", "2015-07-08", "2015-13-08"))
    actor, hold = acting(Role.INTAKE_WORKER), Hold.objects.get()
    with pytest.raises(Refusal):
        holding.lift(hold, version=1, actor=actor, reason=" ")
    holding.lift(hold, version=1, actor=actor, reason="there is no such child")
    assert held() == {}
    assert Hold.objects.get().lifted_by_id == actor.user_id


def test_an_id_that_is_no_text_holds_its_group_and_breaks_nothing() -> None:
    rows = b"child_id,sibling_group_id,birth_date,sex\nC8,G8,2014-01-01,F\nC\xf19,G8,2014-01-01,F\n"
    taken({"children.csv": rows, "placements.csv": b"child_id,home_id,from_date\nC\xf19,H\xf1,2026-01-01\n"})
    assert held() == {"G8": "incomplete_group"}
