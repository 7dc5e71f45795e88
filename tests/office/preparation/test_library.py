"""The library holds public papers by country and date, no child; a copy goes into a file once."""

from datetime import date
from typing import Any

import pytest

from posada.office.access.roles import Role
from posada.office.audit.models import Entry
from posada.office.casefile.documents import open_document
from posada.office.casefile.models import Document
from posada.office.intake.models import Child
from posada.office.preparation import library
from posada.office.preparation.library import NewExhibit
from posada.office.preparation.models import LibraryContent, LibraryExhibit
from posada.office.refusals import FieldsRefused, NotThere, Refusal
from tests.office.docket.cases import attorney_of, child_of, coordinator
from tests.office.people import acting, group_of

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def new(**changes: Any) -> NewExhibit:
    given: dict[str, Any] = {
        "content": PDF,
        "country": "HND",
        "title": "Human rights report",
        "source": "A ministry, its site",
        "published_on": date(2026, 3, 1),
        "tags": ("Gangs", "gangs", " children "),
    }
    return NewExhibit(**{**given, **changes})


def test_newest_first_by_country_and_old_ones_are_marked() -> None:
    actor = coordinator()
    for country, day, mark in (
        ("HND", date(2025, 11, 24), b"a"),
        ("HND", date(2025, 11, 25), b"b"),
        ("GTM", date(2026, 1, 1), b"c"),
    ):
        library.add_exhibit(
            actor,
            new(country=country, published_on=day, content=PDF.replace(b"<<>>", b"<</" + mark + b" 1>>", 1)),
        )
    shown = library.library_exhibits(actor)
    assert [(each.row.country, each.months, each.is_old) for each in shown] == [
        ("GTM", 10, False),
        ("HND", 11, False),
        ("HND", 12, True),
    ]
    assert len(library.library_exhibits(actor, "GTM")) == 1
    assert shown[0].row.tags == ["children", "gangs"]


def test_the_same_paper_again_is_the_one_that_stands() -> None:
    first = library.add_exhibit(coordinator(), new())
    assert library.add_exhibit(coordinator(), new(title="Another name")) == first
    assert LibraryExhibit.objects.count() == LibraryContent.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"country": "Honduras"}, "country"),
        ({"language": "english"}, "language"),
        ({"published_on": date(2026, 11, 25)}, "published_on"),
        ({"title": " "}, "title"),
        ({"source": ""}, "source"),
        ({"content": b"<html>"}, "file"),
    ],
)
def test_what_a_court_would_ask_about_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(FieldsRefused) as refused:
        library.add_exhibit(coordinator(), new(**changes))
    assert list(refused.value.faults) == [field]
    assert not LibraryExhibit.objects.exists()


def test_a_copy_goes_into_a_file_once_and_the_library_knows_nothing_of_the_child(
    child: Child, lawyer: tuple
) -> None:
    row = library.add_exhibit(coordinator(), new())
    paper = library.attach(lawyer[1], row, child)
    assert library.attach(lawyer[1], row, child) == paper
    assert (paper.child, paper.title) == (child, "Human rights report, A ministry, its site, 2026-03-01")
    assert open_document(lawyer[1], paper) == PDF
    own = {each.name for each in LibraryExhibit._meta.get_fields()}
    assert not own & {"child", "group", "document"}
    told = Entry.objects.filter(subject=str(row.pk)) if hasattr(Entry, "subject") else Entry.objects.none()
    assert str(child.pk) not in str(list(told.values()))


def test_others_neither_see_nor_bring_nor_attach(child: Child, lawyer: tuple) -> None:
    row = library.add_exhibit(coordinator(), new())
    outsider, other = acting(Role.INTAKE_WORKER), attorney_of(group_of())[1]
    assert library.library_exhibits(outsider) == []
    for act in (
        lambda: library.add_exhibit(outsider, new()),
        lambda: library.one_exhibit(outsider, row.pk),
        lambda: library.attach(other, row, child),
        lambda: library.attach(lawyer[1], row, child_of(group_of())),
    ):
        with pytest.raises(NotThere):
            act()
    assert not Document.objects.exists()


def test_a_mistake_is_taken_out_with_a_reason_and_copies_stay(child: Child, lawyer: tuple) -> None:
    row = library.add_exhibit(coordinator(), new())
    library.attach(lawyer[1], row, child)
    with pytest.raises(Refusal):
        library.take_out(lawyer[1], row, version=1, reason=" ")
    library.take_out(lawyer[1], row, version=1, reason="of another year")
    assert library.library_exhibits(lawyer[1]) == []
    with pytest.raises(NotThere):
        library.attach(lawyer[1], row, child)
    assert Document.objects.count() == 1
    assert library.add_exhibit(lawyer[1], new()).pk != row.pk
