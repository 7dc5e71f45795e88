"""Possible duplicates come from the index of names: at most five, with what agrees, never a sibling."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posada.intake.duplicates import NameEntry
from posada.office.casefile.search import index_names
from posada.office.intake import candidates as module
from posada.office.intake.candidates import candidates, entry_of
from posada.office.intake.models import Child, SiblingGroup
from tests.office.people import group_of


def named(
    given: str, family: str, *, born: date = date(2014, 5, 1), group: SiblingGroup | None = None
) -> Child:
    """A child of that name, in the index."""
    child = (group or group_of(born)).children.get()
    Child.objects.filter(pk=child.pk).update(given_name=given, family_name=family)
    child.refresh_from_db()
    index_names([child])
    return child


def test_one_child_under_three_spellings_proposes_itself() -> None:
    standing = named("José", "Pérez López")
    brought = [
        NameEntry("N1", "Jose", "LOPEZ PEREZ", date(2014, 5, 1), "M", "G8"),
        NameEntry("N2", "jose perez", "", date(2014, 5, 1), "M", "G9"),
    ]
    found = {(each.entry_id, each.other): each for each in candidates(brought)}
    assert {("N1", standing.child_id), ("N2", standing.child_id), ("N1", "N2")} <= set(found)
    assert "birth_date" in found["N1", standing.child_id].agree
    assert found["N2", standing.child_id].missing_here == ("lopez",)


def test_a_placeholder_matches_nobody() -> None:
    named("Unknown", "Unknown")
    assert list(candidates([NameEntry("N1", "unknown", "desconocido", date(2014, 5, 1), "F", "G9")])) == []


def test_twins_are_siblings_and_nobody_is_proposed_on_birth_date_and_sex_alone() -> None:
    group = group_of(date(2014, 5, 1))
    named("Ana", "Pérez López", group=group)
    twin = NameEntry("N1", "Rosa", "Pérez López", date(2014, 5, 1), "F", group.sibling_group_id)
    stranger = NameEntry("N2", "Berta", "Quispe", date(2014, 5, 1), "F", "G9")
    assert list(candidates([twin, stranger])) == []


def test_at_most_five_are_shown() -> None:
    for _ in range(9):
        named("María", "García López")
    assert len(list(candidates([NameEntry("N1", "Maria", "Garcia Lopez", date(2013, 1, 1), "F", "G9")]))) == 5


def test_a_whole_nation_is_looked_through_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    standing = named("José", "Pérez López", born=date(2014, 5, 1))
    monkeypatch.setattr(module, "FEW", 0)
    brought = [
        NameEntry("N1", "Jose", "LOPEZ PEREZ", date(2014, 1, 5), "M", "G8"),
        NameEntry("N2", "jose perez", "", date(2014, 5, 1), "M", "G9"),
        NameEntry("N3", "Berta", "Quispe", date(2014, 5, 1), "F", "G7"),
    ]
    found = {(each.entry_id, each.other) for each in candidates(brought)}
    assert found >= {("N1", standing.child_id), ("N2", standing.child_id)}
    assert not {pair for pair in found if "N3" in pair}


def test_the_questions_do_not_grow_with_the_rows() -> None:
    standing = named("José", "Pérez López")
    entries = [entry_of(standing)] + [
        NameEntry(f"N{n}", "José", f"Pérez López{n}", date(2014, 5, 1), "M", f"X{n}") for n in range(60)
    ]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        list(candidates(entries[:2]))
    few = len(asked)
    with CaptureQueriesContext(connection) as asked:
        list(candidates(entries))
    assert len(asked) == few
