"""A counsel never acts on two sides unseen: names, separations, kin, past engagements, colleagues."""

from datetime import date

import pytest

from posada.office.casefile.folded_names import telling_tokens
from posada.office.counsel.conflicts import Acts, Asked, Matter, Person, hits

ANA, LEO = telling_tokens("Ana Ruiz López"), telling_tokens("LÓPEZ Leo")
SINCE = date(2026, 3, 4)


def _kinds(new: Matter, *known: Matter, through: str = "counsel", name: str = "") -> list[str]:
    acts = [Acts(each.group, SINCE, through) for each in known]
    matters = {each.group: each for each in known}
    found = hits(Asked("K", telling_tokens(name)), matter=new, acts=acts, matters=matters)
    return [hit.kind for hit in found]


def test_strangers_are_no_conflict() -> None:
    assert (
        _kinds(Matter("A", (ANA,)), Matter("B", (LEO,), (Person(telling_tokens("Juan Paz"), "accused"),)))
        == []
    )


@pytest.mark.parametrize("relation", ["accused", "trafficker", "smuggler"])
def test_a_client_who_is_accused_in_the_new_case_is_a_hit_either_way_round(relation: str) -> None:
    accuses = Matter("B", (LEO,), (Person(telling_tokens("RUIZ, Ana"), relation),))
    assert _kinds(accuses, Matter("A", (ANA,))) == ["client_is_adverse"]
    assert _kinds(Matter("A", (ANA,)), accuses) == ["client_is_adverse"]


def test_a_mother_who_is_the_recorded_party_elsewhere_is_a_hit() -> None:
    mother = telling_tokens("María Ruiz Chávez")
    new = Matter("A", (ANA,), (Person(mother, "parent"),))
    known = Matter("B", (LEO,), (Person(telling_tokens("maria ruiz"), "accused"),))
    assert _kinds(new, known) == ["named_on_both_sides"]


def test_the_same_witness_on_two_sides_of_nothing_is_no_hit() -> None:
    who = Person(telling_tokens("María Ruiz"), "witness")
    assert _kinds(Matter("A", (ANA,), (who,)), Matter("B", (LEO,), (who,))) == []


def test_a_group_kept_apart_from_a_client_bars() -> None:
    new = Matter("A", (ANA,), apart_from=frozenset({"B"}))
    found = hits(Asked("K"), matter=new, acts=[Acts("B", SINCE)], matters={"B": Matter("B", (LEO,))})
    assert [(hit.kind, hit.bars, hit.since) for hit in found] == [("kept_apart_from_client", True, SINCE)]


def test_a_separation_from_the_counsel_bars_without_any_engagement() -> None:
    found = hits(Asked("K"), matter=Matter("A", apart_from=frozenset({"K"})), acts=[], matters={})
    assert [(hit.kind, hit.bars) for hit in found] == [("kept_apart_from_counsel", True)]


def test_kin_of_a_client_from_whom_a_group_is_kept_apart_is_a_hit() -> None:
    new = Matter("A", (ANA,), apart_from=frozenset({"H"}))
    assert _kinds(new, Matter("B", (LEO,), kin_homes=frozenset({"H"}))) == ["kin_kept_apart"]


def test_a_colleagues_client_counts_and_never_bars() -> None:
    new = Matter("A", (ANA,), apart_from=frozenset({"B"}))
    acts = [Acts("B", SINCE, "organization")]
    found = hits(Asked("K"), matter=new, acts=acts, matters={"B": Matter("B", (LEO,))})
    assert [(hit.through, hit.bars) for hit in found] == [("organization", False)]


def test_the_counsel_in_person_is_looked_for() -> None:
    new = Matter("A", (ANA,), (Person(telling_tokens("Dana Example"), "witness"),))
    assert _kinds(new, name="EXAMPLE Dana") == ["counsel_is_named"]


def test_a_hit_keeps_its_key_and_the_earliest_day() -> None:
    new = Matter("A", (ANA,))
    known = Matter("B", (LEO,), (Person(ANA, "accused"),))
    acts = [Acts("B", date(2026, 5, 1)), Acts("B", SINCE)]
    (first,) = hits(Asked("K"), matter=new, acts=acts, matters={"B": known})
    (again,) = hits(Asked("K"), matter=new, acts=acts[1:], matters={"B": known})
    assert first.key == again.key
    assert first.since == SINCE


def test_no_hit_holds_a_name() -> None:
    known = Matter("B", (LEO,), (Person(ANA, "accused"),))
    (hit,) = hits(Asked("K"), matter=Matter("A", (ANA,)), acts=[Acts("B", SINCE)], matters={"B": known})
    assert "ruiz" not in repr(hit).lower()
