"""A form is mapped once for each edition, told before it is cut, and filled into the child's file alone."""

import io
from datetime import date, time
from typing import Any

import pypdf
import pytest

from posada.office.access import doors
from posada.office.access.actor import actor_of
from posada.office.access.roles import Role
from posada.office.audit.models import Entry, Revision
from posada.office.casefile.documents import open_document
from posada.office.casefile.models import Document, WrittenName
from posada.office.counsel.models import Counsel
from posada.office.intake.models import Child
from posada.office.preparation import official_forms
from posada.office.preparation.models import FormEdition
from posada.office.preparation.official_forms import TooLongForField
from posada.office.refusals import FieldsRefused, NotThere, Refusal, SomebodySavedFirst
from tests.office.docket.cases import attorney_of, coordinator, hearing_of
from tests.office.people import acting, group_of, person
from tests.preparation.forms import locked, made_form

FAMILY, GIVEN = "form1[0].Pt1_FamilyName[0]", "form1[0].Pt1_GivenName[0]"
NUMBER = "000-000-017"


@pytest.fixture
def paper(child: Child, lawyer: tuple) -> Document:
    """A blank form in the file of a child with a known A-number and a long given name."""
    Child.objects.filter(pk=child.pk).update(
        family_name="Núñez Ejemplo", given_name="María de los Ángeles Guadalupe"
    )
    doors.seal_fields(child, {"a_number": NUMBER})
    return official_forms.bring(lawyer[1], child, made_form(), name="Form X, edition 1")


def confirmed(actor: Any, paper: Document, **more: str) -> official_forms.OpenForm:
    opened = official_forms.open_form(actor, official_forms.one_paper(actor, paper.pk))
    official_forms.confirm(actor, opened, {**opened.mapping, **more}, version=0)
    return official_forms.open_form(actor, official_forms.one_paper(actor, paper.pk))


def test_a_proposal_is_filled_only_after_a_person_confirmed_it(paper: Document, lawyer: tuple) -> None:
    opened = official_forms.open_form(lawyer[1], official_forms.one_paper(lawyer[1], paper.pk))
    assert opened.mapping[FAMILY] == "family_name"
    assert not opened.is_confirmed
    with pytest.raises(Refusal, match="Confirm first"):
        official_forms.fill(lawyer[1], opened, agreed=True)
    assert confirmed(lawyer[1], paper).is_confirmed


def test_the_same_edition_is_confirmed_for_every_child(paper: Document, lawyer: tuple) -> None:
    confirmed(lawyer[1], paper)
    other = group_of()
    user, actor = attorney_of(other)
    again = official_forms.bring(actor, other.children.get(), locked(made_form(xfa=True)), name="Form X")
    opened = official_forms.open_form(actor, official_forms.one_paper(actor, again.pk))
    assert opened.is_confirmed
    assert user.pk
    kept = str([*FormEdition.objects.values(), *Revision.objects.filter(act="form.confirm").values()])
    for word in ("Núñez", NUMBER, "Ángeles", str(paper.child_id)):
        assert word not in kept


def test_what_is_too_long_is_told_before_anything_is_printed_then_stands_on_the_addendum(
    paper: Document, lawyer: tuple
) -> None:
    opened = confirmed(lawyer[1], paper)
    with pytest.raises(TooLongForField) as refused:
        official_forms.fill(lawyer[1], opened, agreed=False)
    assert [each.field.name for each in refused.value.long] == [GIVEN]
    assert Document.objects.filter(kind="filled_form").count() == 0
    made = official_forms.fill(lawyer[1], opened, agreed=True)
    read = pypdf.PdfReader(io.BytesIO(open_document(lawyer[1], made)))
    fields: Any = read.get_fields()
    assert fields[FAMILY]["/V"] == "Núñez Ejemplo"
    assert fields["ANumber"]["/V"] == NUMBER
    assert fields["Female"]["/V"] == "/On"
    assert "María de los Ángeles Guadalupe" in read.pages[1].extract_text()


def test_the_a_number_leaves_its_seal_at_the_filling_alone_and_the_log_has_it(
    paper: Document, lawyer: tuple
) -> None:
    opened = confirmed(lawyer[1], paper)
    assert paper.child is not None
    shown = official_forms.preview(lawyer[1], opened, paper.child)
    assert NUMBER not in str(shown)
    assert shown.sealed == {"ANumber"}
    assert not Entry.objects.filter(act="sealed.use").exists()
    official_forms.fill(lawyer[1], opened, agreed=True)
    assert Entry.objects.filter(act="sealed.use").count() == 1
    assert NUMBER not in str([*Entry.objects.values(), *Revision.objects.values()])


def test_required_fields_that_stay_empty_are_listed(paper: Document, lawyer: tuple) -> None:
    opened = confirmed(lawyer[1], paper)
    assert paper.child is not None
    assert [each.name for each in official_forms.preview(lawyer[1], opened, paper.child).unfilled] == ["City"]


def test_facts_come_from_the_records_and_what_is_not_recorded_is_not_there(
    child: Child, lawyer: tuple
) -> None:
    Counsel.objects.filter(user=lawyer[0]).update(
        display_name="Dana Example", organisation="Example Law", bar_number="17", bar_state="MD"
    )
    WrittenName.objects.create(child=child, authority="court", name="Ejemplo, Ana")
    bare = official_forms.facts_of(lawyer[1], child, with_sealed=True)
    assert {"a_number", "court", "hearing_date", "arrived_on"} & bare.keys() == set()
    hearing_of(child.group, date(2026, 12, 10), hearing_time=time(8, 30))
    facts = official_forms.facts_of(lawyer[1], child)
    assert facts["full_name"] == "Ejemplo, Ana"
    assert facts["birth_date"] == "05/01/2014"
    assert (facts["court"], facts["hearing_date"]) == ("Baltimore", "12/10/2026")
    assert (facts["counsel_name"], facts["bar_number"]) == ("Dana Example", "MD 17")
    assert facts["today"] == "11/24/2026"


def test_a_mapping_that_no_field_can_take_is_refused_and_who_saw_an_older_one_is_told(
    paper: Document, lawyer: tuple
) -> None:
    opened = official_forms.open_form(lawyer[1], official_forms.one_paper(lawyer[1], paper.pk))
    for wrong in ({"magic": "today"}, {FAMILY: "magic"}, {"Female": "today"}, {FAMILY: "is_girl"}):
        with pytest.raises(FieldsRefused):
            official_forms.confirm(lawyer[1], opened, wrong, version=0)
    official_forms.confirm(lawyer[1], opened, opened.mapping, version=0)
    with pytest.raises(SomebodySavedFirst):
        official_forms.confirm(coordinator(), opened, {FAMILY: "full_name"}, version=0)


def test_what_cannot_be_filled_is_refused_when_it_is_brought(child: Child, lawyer: tuple) -> None:
    for content in (b"%PDF-1.7\n%%EOF\n", locked(made_form(), user="secret")):
        with pytest.raises(FieldsRefused):
            official_forms.bring(lawyer[1], child, content, name="Form")
    assert not Document.objects.exists()


def test_nobody_else_opens_fills_or_sees_the_filled_form(paper: Document, lawyer: tuple) -> None:
    made = official_forms.fill(lawyer[1], confirmed(lawyer[1], paper), agreed=True)
    both = person(Role.ATTORNEY, Role.INTAKE_WORKER)
    for actor in (
        acting(Role.INTAKE_WORKER),
        acting(Role.PLACEMENT_WORKER),
        attorney_of(group_of())[1],
        actor_of(both),
    ):
        for pk in (paper.pk, made.pk):
            with pytest.raises(NotThere):
                official_forms.one_paper(actor, pk)
        with pytest.raises(NotThere):
            doors.one(doors.documents(actor), made.pk)
        with pytest.raises(NotThere):
            official_forms.bring(actor, paper.child, made_form(), name="Form")  # type: ignore[arg-type]
