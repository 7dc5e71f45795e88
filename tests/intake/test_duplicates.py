"""Possible duplicates, and who is none."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.intake.duplicates import NameEntry, NameIndex, Proposal
from posada.intake.names import tokens

BORN = date(2010, 3, 4)
JOSE = NameEntry("1", "José", "Pérez López", BORN, "M", "g1")


def proposed(entry: NameEntry, *others: NameEntry) -> tuple[Proposal, ...]:
    return NameIndex.build(others).proposals(entry)


@pytest.mark.parametrize("born", [None, BORN])
def test_every_spelling_proposes_every_other_and_says_which_token_is_missing(born: date | None) -> None:
    spellings = ("José Pérez López", "LOPEZ PEREZ, Jose", "jose perez")
    entries = [NameEntry(name, name, birth_date=born) for name in spellings]
    index = NameIndex.build(entries)
    for one, other in permutations(entries, 2):
        (found,) = (each for each in index.proposals(one) if each.entry_id == other.entry_id)
        assert found.missing_here == (("lopez",) if one.entry_id == "jose perez" else ())
        assert found.missing_there == (("lopez",) if other.entry_id == "jose perez" else ())
        assert ("birth_date" in found.agree) is (born is not None)


@pytest.mark.parametrize("name", ["Unknown", "Desconocido", "Sin nombre", ""])
def test_placeholder_names_match_nobody(name: str) -> None:
    one, other = (NameEntry(at, name, name, BORN, "F") for at in "12")
    assert proposed(one, other) == ()


def test_birth_date_and_sex_alone_never_propose() -> None:
    assert proposed(JOSE, NameEntry("2", "Luis", "Ramírez Gómez", BORN, "M")) == ()


def test_twins_in_one_sibling_group_are_no_duplicates() -> None:
    for given_name in ("Luis", "Josué", "Josefa", "María"):
        assert proposed(JOSE, replace(JOSE, entry_id="2", given_name=given_name)) == ()
    maria = replace(JOSE, given_name="María José")
    assert proposed(maria, replace(maria, entry_id="2", given_name="María Elena")) == ()


def test_siblings_in_groups_of_their_own_are_no_duplicates_either() -> None:
    assert proposed(JOSE, replace(JOSE, entry_id="2", given_name="Ana", group_id="g2")) == ()


def test_the_same_child_in_one_group_twice_is_proposed() -> None:
    (found,) = proposed(JOSE, replace(JOSE, entry_id="2", given_name="Jose Luis"))
    assert found.agree == ("birth_date", "sex", "group")
    assert found.missing_here == ("luis",)


def test_names_in_each_others_columns_are_found() -> None:
    swapped = replace(JOSE, entry_id="2", given_name="López Pérez", family_name="Jose")
    (found,) = proposed(JOSE, swapped)
    assert "name" in found.agree


@pytest.mark.parametrize("family", ["Peres López", "Pérez Lopes", "Prez Lopez", "Peréz Lópze"])
def test_a_letter_or_a_sound_off_is_close(family: str) -> None:
    (found,) = proposed(JOSE, replace(JOSE, entry_id="2", family_name=family, group_id="g2"))
    assert ("name" in found.close) is (family != "Prez Lopez")


def test_day_and_month_the_wrong_way_round_is_close() -> None:
    (found,) = proposed(JOSE, replace(JOSE, entry_id="2", birth_date=date(2010, 4, 3)))
    assert found.close == ("birth_date",)


def test_a_common_pair_of_names_with_another_birth_date_is_a_stranger() -> None:
    short = NameEntry("2", "jose", "perez", date(2004, 8, 9), "M")
    assert proposed(JOSE, short) == ()
    assert proposed(replace(short, entry_id="3", birth_date=BORN), short) == ()


def test_one_name_and_the_birth_date_are_enough_where_there_is_no_other_name() -> None:
    only = NameEntry("2", "Unknown", "López", BORN, "M")
    assert [each.entry_id for each in proposed(JOSE, only)] == ["2"]
    assert [each.entry_id for each in proposed(only, JOSE)] == ["1"]
    assert proposed(only, replace(JOSE, birth_date=date(2010, 3, 5))) == ()


def test_a_name_as_another_authority_writes_it_is_compared_too() -> None:
    known = NameEntry("2", "Pepe", "P.", BORN, "M", other_names=("PEREZ LOPEZ JOSE",))
    assert [each.entry_id for each in proposed(JOSE, known)] == ["2"]


def test_at_most_five_are_proposed_and_the_likeliest_come_first() -> None:
    strangers = [replace(JOSE, entry_id=f"s{n}", birth_date=None, group_id="") for n in range(40)]
    found = proposed(JOSE, *strangers, replace(JOSE, entry_id="same", group_id="g9"))
    assert len(found) == 5
    assert found[0].entry_id == "same"


def test_an_entry_is_never_its_own_duplicate_and_a_newer_one_takes_its_place() -> None:
    index = NameIndex.build([JOSE])
    assert index.proposals(JOSE) == ()
    index.add(replace(JOSE, given_name="Ana", family_name="Ruiz"))
    assert index.proposals(replace(JOSE, entry_id="2")) == ()
    assert len(index) == 1


WORDS = st.sampled_from(["jose", "maria", "perez", "peres", "lopez", "unknown", "ana", "de"])
NAMES = st.lists(WORDS, max_size=3).map(" ".join)
ENTRIES = st.lists(
    st.builds(
        NameEntry,
        st.sampled_from([str(n) for n in range(9)]),
        NAMES,
        NAMES,
        st.sampled_from([None, BORN, date(2010, 4, 3), date(2004, 1, 1)]),
        st.sampled_from(["F", "M", ""]),
        st.sampled_from(["", "g1", "g2"]),
    ),
    unique_by=lambda each: each.entry_id,
    max_size=9,
)


@given(ENTRIES)
def test_a_proposal_always_shares_a_name_token_and_is_mutual(entries: list[NameEntry]) -> None:
    index = NameIndex.build(entries)
    found = {
        (entry.entry_id, each.entry_id): each
        for entry in entries
        for each in index.proposals(entry, limit=99)
    }
    for (one, other), each in found.items():
        assert one != other
        back = found[other, one]
        assert (back.missing_here, back.missing_there) == (each.missing_there, each.missing_here)
        assert each.tokens or "name" in each.close
    assert all(len(index.proposals(entry)) <= 5 for entry in entries)


@given(ENTRIES, st.randoms())
def test_the_index_finds_what_comparing_every_pair_finds_in_any_order(entries, chance) -> None:
    whole = NameIndex.build(entries)
    shuffled = list(entries)
    chance.shuffle(shuffled)
    again = NameIndex.build(shuffled)
    for entry in entries:
        alone = {each.entry_id for other in entries for each in NameIndex.build([other]).proposals(entry)}
        assert {each.entry_id for each in whole.proposals(entry, limit=99)} == alone
        assert whole.proposals(entry) == again.proposals(entry)
        if not tokens(f"{entry.given_name} {entry.family_name}"):
            assert alone == set()
