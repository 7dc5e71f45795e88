"""What a child told is sealed, read only by those who prepare her case, and never overwritten unseen."""

import io
from typing import Any

import pypdf
import pytest

from posada.office.access import doors
from posada.office.access.actor import Actor, actor_of
from posada.office.access.roles import Role
from posada.office.audit.models import Entry, Revision
from posada.office.casefile.documents import open_document
from posada.office.casefile.models import Document, WrittenName
from posada.office.intake.models import Child
from posada.office.preparation import declarations
from posada.office.preparation.declarations import NewDeclaration
from posada.office.preparation.models import Answer, Declaration
from posada.office.refusals import FieldsRefused, NotThere, Refusal, SomebodySavedFirst
from posada.preparation.declaration import NO_ENGLISH, Told
from tests.office.docket.cases import attorney_of, coordinator
from tests.office.people import acting, assign, assign_placement, group_of, home_of, person

WORDS = Told("Zqxtelling: tenía miedo", "Zqxenglish: I was afraid")


@pytest.fixture
def begun(child: Child, lawyer: tuple) -> Declaration:
    """A telling about asylum, in Spanish."""
    new = NewDeclaration("asylum", "spa", interpreter="Ana Intérprete")
    return declarations.begin(lawyer[1], child, new)


def test_an_answer_is_sealed_in_its_row_its_history_and_the_log(begun: Declaration, lawyer: tuple) -> None:
    row = declarations.save_answer(lawyer[1], begun, "why", WORDS, version=0)
    changed = declarations.save_answer(lawyer[1], begun, "why", Told("Zqxother", ""), version=1)
    kept = [*Answer.objects.values(), *Revision.objects.values(), *Entry.objects.values()]
    assert "Zqx" not in str(kept)
    assert (row.version, changed.version) == (1, 2)
    assert declarations.open_answer(lawyer[1], begun, "why") == (Told("Zqxother", ""), 2)


def test_each_reading_is_in_the_log_first(begun: Declaration, lawyer: tuple) -> None:
    assert declarations.open_answer(lawyer[1], begun, "why") == (Told("", ""), 0)
    assert not Entry.objects.filter(act="declaration.open").exists()
    row = declarations.save_answer(lawyer[1], begun, "why", WORDS, version=0)
    declarations.open_answer(lawyer[1], begun, "why")
    entry: Any = Entry.objects.get(act="declaration.open")
    assert entry.actor == lawyer[1].user_id
    assert str(row.pk) in str(entry.__dict__.values())


def test_who_saw_an_older_text_is_shown_both_and_nothing_is_saved(begun: Declaration, lawyer: tuple) -> None:
    declarations.save_answer(lawyer[1], begun, "why", WORDS, version=0)
    mine = Told("Lo mío", "Mine")
    with pytest.raises(SomebodySavedFirst) as told:
        declarations.save_answer(coordinator(), begun, "why", mine, version=0)
    assert told.value.theirs == {"told": WORDS.original, "english": WORDS.english}
    assert told.value.yours == {"told": "Lo mío", "english": "Mine"}
    assert declarations.open_answer(lawyer[1], begun, "why")[0] == WORDS
    assert declarations.save_answer(coordinator(), begun, "why", WORDS, version=0).version == 1, "the same"
    declarations.save_answer(coordinator(), begun, "why", mine, version=told.value.version)
    assert declarations.open_answer(lawyer[1], begun, "why")[0] == mine


def test_two_who_answer_different_questions_do_not_meet(begun: Declaration, lawyer: tuple) -> None:
    declarations.save_answer(lawyer[1], begun, "why", WORDS, version=0)
    declarations.save_answer(coordinator(), begun, "harm", WORDS, version=0)
    assert len(declarations.answers_of(begun)) == 2


def who(kind: str, child: Child) -> Actor:
    """Somebody who may not read."""
    if kind == "attorney of another":
        return attorney_of(group_of())[1]
    if kind == "intake":
        return acting(Role.INTAKE_WORKER)
    if kind == "placement":
        return acting(Role.PLACEMENT_WORKER)
    if kind == "attorney of another and intake":
        user = person(Role.ATTORNEY, Role.INTAKE_WORKER)
        return actor_of(user)
    if kind == "administrator":
        return acting(Role.ADMINISTRATOR)
    user, home = person(Role.FOSTER_PARENT), home_of()
    assign(user, Role.FOSTER_PARENT, home=home)
    assign_placement(child.group, home)
    return actor_of(user)


WALLED = (
    *("attorney of another", "intake", "placement", "attorney of another and intake"),
    *("administrator", "foster parent"),
)


@pytest.mark.parametrize("kind", WALLED)
def test_nobody_else_reads_writes_drafts_or_sees_the_paper(
    begun: Declaration, lawyer: tuple, kind: str
) -> None:
    declarations.save_answer(lawyer[1], begun, "why", WORDS, version=0)
    paper, _missing = declarations.draft(lawyer[1], begun)
    actor = who(kind, begun.child)
    for act in (
        lambda: declarations.open_answer(actor, begun, "why"),
        lambda: declarations.save_answer(actor, begun, "why", Told("x", "y"), version=1),
        lambda: declarations.draft(actor, begun),
        lambda: declarations.begin(actor, begun.child, NewDeclaration("asylum", "spa")),
        lambda: doors.one(doors.documents(actor), paper.pk),
        lambda: open_document(actor, paper),
    ):
        with pytest.raises(NotThere):
            act()


def test_counsel_and_coordinator_see_the_paper(begun: Declaration, lawyer: tuple) -> None:
    declarations.save_answer(lawyer[1], begun, "why", WORDS, version=0)
    paper, _missing = declarations.draft(lawyer[1], begun)
    both = person(Role.LEGAL_COORDINATOR, Role.INTAKE_WORKER)
    for actor in (lawyer[1], coordinator(), actor_of(both)):
        assert doors.one(doors.documents(actor), paper.pk) == paper


def test_the_draft_is_a_paper_of_the_file_under_the_name_the_court_writes(
    begun: Declaration, lawyer: tuple
) -> None:
    WrittenName.objects.create(
        child=begun.child, authority="court", name="Ejemplo-Núñez, María José del Carmen"
    )
    declarations.save_answer(lawyer[1], begun, "why", WORDS, version=0)
    declarations.save_answer(lawyer[1], begun, "afraid", Told("No sé", ""), version=0)
    paper, missing = declarations.draft(lawyer[1], begun)
    assert (paper.kind, paper.child, missing) == ("declaration", begun.child, ("afraid",))
    assert "Zqx" not in paper.title
    content = open_document(lawyer[1], paper)
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (
        "Ejemplo-Núñez, María José del Carmen",
        WORDS.english,
        NO_ENGLISH,
        "Ana Intérprete",
        "Spanish",
    ):
        assert words in text


def test_nothing_told_is_no_paper_and_what_cannot_be_is_refused(begun: Declaration, lawyer: tuple) -> None:
    with pytest.raises(Refusal, match="Nothing was told"):
        declarations.draft(lawyer[1], begun)
    with pytest.raises(NotThere):
        declarations.save_answer(lawyer[1], begun, "magic", WORDS, version=0)
    with pytest.raises(FieldsRefused):
        declarations.save_answer(lawyer[1], begun, "why", Told("x" * 20_001, ""), version=0)
    with pytest.raises(FieldsRefused) as refused:
        declarations.begin(lawyer[1], begun.child, NewDeclaration("magic", "spanish"))
    assert set(refused.value.faults) == {"interview_id", "language"}
    declarations.save_answer(lawyer[1], begun, "why", Told("語", ""), version=0)
    with pytest.raises(Refusal, match="語"):
        declarations.draft(lawyer[1], begun)
    assert not Document.objects.exists()
