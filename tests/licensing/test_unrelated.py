"""The n-th unrelated child behind one address, phone, e-mail or person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.licensing.unrelated import Linked, Stop, related_by, stop_at


def home(home_id: str, *keys: str, children: str = "") -> Linked:
    hashes = frozenset((key.split(":")[0], key.split(":")[1]) for key in keys)
    return Linked(home_id, hashes, frozenset(children.split()))


def test_the_third_unrelated_child_of_one_place_stops() -> None:
    new, others = home("h3", "phone:77"), [home("h1", "phone:77", children="a"), home("h2", "phone:88")]
    assert stop_at(new, children=["b"], others=others, limit=3) is None
    assert stop_at(new, children=["b", "c"], others=others, limit=3) == Stop(3, 3, ("h1", "h3"), ("phone",))


def test_places_are_joined_through_others_and_across_kin_foster_and_closed_homes() -> None:
    others = [
        home("kin", "phone:1", "address:5", children="a"),
        home("closed", "address:5", "email:9", children="b"),
        home("far", "email:8", children="x y z"),
    ]
    found = stop_at(home("new", "email:9"), children=["c"], others=others, limit=3)
    assert found == Stop(3, 3, ("closed", "kin", "new"), ("address", "email"))


def test_a_flat_matches_with_and_without_its_number() -> None:
    with_unit = home("one", "address:street-and-unit", "address:street", children="a b")
    without = home("two", "address:street")
    assert stop_at(without, children=["c"], others=[with_unit], limit=3) is not None


def test_the_same_home_counts_its_own_children_and_shares_nothing_with_itself() -> None:
    found = stop_at(home("one", "phone:1", children="a b"), children=["c"], others=[], limit=3)
    assert found == Stop(3, 3, ("one",), ())


def test_kin_and_children_who_are_there_already_do_not_stop() -> None:
    there = home("one", children="a b c")
    assert stop_at(there, children=[], others=[], limit=3) is None
    assert stop_at(there, children=["a"], others=[], limit=3) is None


def test_the_same_text_of_another_kind_is_no_match() -> None:
    others = [home("one", "phone:1", children="a b")]
    assert stop_at(home("two", "email:1"), children=["c"], others=others, limit=3) is None


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        stop_at(home("one"), children=["a"], others=[], limit=0)


def test_a_distant_or_unrelated_sponsor_does_not_count_as_kin() -> None:
    assert [each for each in ("1", "2A", "2B", "3", "") if related_by(each)] == ["1", "2A", "2B"]


PIECES = st.lists(
    st.builds(
        Linked,
        st.sampled_from("pqrst"),
        st.frozensets(st.tuples(st.sampled_from(["phone", "email"]), st.sampled_from("123")), max_size=2),
        st.frozensets(st.sampled_from("abcdef"), max_size=3),
    ),
    min_size=1,
    max_size=8,
)


@given(PIECES, st.integers(1, 5), st.randoms())
def test_the_answer_does_not_hang_on_the_order_and_never_shows_a_hash(pieces, limit, chance) -> None:
    first, others = pieces[0], pieces[1:]
    found = stop_at(first, children=["new"], others=others, limit=limit)
    chance.shuffle(others)
    assert stop_at(first, children=["new"], others=others, limit=limit) == found
    if found is not None:
        assert found.children >= limit
        assert first.home_id in found.homes
        assert set(found.shared) <= {"phone", "email"}
