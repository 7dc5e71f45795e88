"""A pair is noted once, and stays as it was judged."""

from posada.office.access import doors
from posada.office.access.roles import Role
from posada.office.intake import duplicates
from posada.office.intake.candidates import Candidate
from posada.office.intake.models import PossibleDuplicate
from tests.office.people import acting, group_of


def test_a_pair_is_noted_once_in_either_order_and_stays_judged() -> None:
    one, other = group_of().children.get(), group_of().children.get()
    there = [(one.child_id, Candidate(one.child_id, other.child_id, ("name",), ()))]
    back = [(other.child_id, Candidate(other.child_id, one.child_id, ("name",), ()))]
    assert duplicates.note_pairs(there) == 1
    pair = PossibleDuplicate.objects.get()
    duplicates.judge(acting(Role.INTAKE_WORKER), pair, version=1, verdict=duplicates.TWO)
    assert duplicates.note_pairs(back) == duplicates.note_pairs(there) == 0
    assert PossibleDuplicate.objects.get().verdict == "two"


def test_a_child_that_is_not_here_makes_no_pair() -> None:
    one = group_of().children.get()
    assert duplicates.note_pairs([(one.child_id, Candidate(one.child_id, "C-nowhere", (), ()))]) == 0


def test_one_a_number_under_two_names_is_a_pair_to_look_at_and_a_part_of_a_number_is_none() -> None:
    one, other, third = (group_of().children.get() for _ in range(3))
    for child, number in ((one, "000-123-456"), (other, "000123456"), (third, "000-123")):
        doors.seal_fields(child, {"a_number": number})
    assert duplicates.note_same_numbers() == 1
    assert duplicates.note_same_numbers() == 0
    pair = PossibleDuplicate.objects.get()
    assert ({pair.one_id, pair.other_id}, pair.agree) == ({one.pk, other.pk}, ["a_number"])
    assert duplicates.holder_of("000 123") == third
    assert duplicates.holder_of("-") is None
