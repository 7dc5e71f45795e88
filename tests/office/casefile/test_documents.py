"""No file without a row, no row without a file; and a paper counts when a second person can read it."""

import os
import time

import pytest

from posada.office.access.actor import actor_of
from posada.office.access.roles import Role
from posada.office.audit.models import Entry
from posada.office.casefile import documents, vault
from posada.office.casefile.documents import NewDocument, SamePerson, add_document
from posada.office.casefile.models import Document
from posada.office.refusals import FieldsRefused, NotThere
from tests.office.casefile.papers import PDF
from tests.office.people import acting, assign, group_of, home_of, person

pytestmark = pytest.mark.usefixtures("vault_folder")


def _brought(content: bytes = PDF, kind: str = "birth_certificate") -> NewDocument:
    return NewDocument(content, kind, "Birth record", child=group_of().children.get())


def test_a_document_is_kept_with_its_digest_and_opened_through_the_door_with_an_entry() -> None:
    actor = acting(Role.INTAKE_WORKER)
    kept = add_document(actor, _brought())
    assert documents.open_document(actor, kept) == PDF
    assert Entry.objects.filter(act="document.open", subject_id=str(kept.pk)).count() == 1
    assert documents.leaving_name(kept).endswith(".pdf")
    assert "birth" not in documents.leaving_name(kept).lower()


def test_another_persons_document_is_not_there() -> None:
    kept = add_document(acting(Role.INTAKE_WORKER), _brought())
    for role in (Role.ATTORNEY, Role.FOSTER_PARENT, Role.AUDITOR, Role.LICENSING_WORKER):
        with pytest.raises(NotThere):
            documents.open_document(acting(role), kept)


def test_a_foster_parent_reads_no_paper_of_a_child_in_the_own_home() -> None:
    user, home = person(Role.FOSTER_PARENT), home_of()
    assign(user, Role.FOSTER_PARENT, home=home)
    brought = _brought()
    assert brought.child is not None
    brought.child.placements.create(home=home, from_date="2026-01-01")
    kept = add_document(acting(Role.INTAKE_WORKER), brought)
    with pytest.raises(NotThere):
        documents.open_document(actor_of(user), kept)
    with pytest.raises(NotThere):
        add_document(actor_of(user), brought)


def test_what_is_refused_leaves_no_file_and_no_row() -> None:
    for brought in (_brought(b"<html>"), _brought(b""), _brought(kind="treasure_map")):
        with pytest.raises(FieldsRefused):
            add_document(acting(Role.INTAKE_WORKER), brought)
    assert list(vault.stored_names()) == []
    assert not Document.objects.exists()


def test_a_row_that_fails_takes_its_file_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the log can't be written")

    monkeypatch.setattr("posada.office.audit.history.append", broken)
    with pytest.raises(RuntimeError):
        add_document(acting(Role.INTAKE_WORKER), _brought())
    assert list(vault.stored_names()) == []
    assert not Document.objects.exists()


def test_what_is_adrift_is_found_and_repaired() -> None:
    actor = acting(Role.INTAKE_WORKER)
    whole, gone = add_document(actor, _brought()), add_document(actor, _brought())
    vault.throw_out(gone.stored_name)
    orphan, fresh = vault.put_away(PDF), vault.put_away(PDF)
    part = vault.folder() / ("c" * 64 + vault.UNFINISHED)
    part.write_bytes(b"half")
    long_ago = time.time() - 2 * documents.STILL_ARRIVING
    for path in (vault.folder() / orphan, part):
        os.utime(path, (long_ago, long_ago))
    found = documents.repair_documents()
    assert set(found.files) == {orphan, part.name}
    assert found.rows == (gone.pk,)
    assert {name for name, _ in vault.stored_names()} == {whole.stored_name, fresh}


def test_a_changed_file_is_found_when_all_are_read() -> None:
    kept = add_document(acting(Role.INTAKE_WORKER), _brought())
    vault.path_of(kept.stored_name).write_bytes(vault.path_of(vault.put_away(PDF + b"%%EOF")).read_bytes())
    assert documents.documents_adrift().rows == ()
    assert documents.documents_adrift(read_all=True).rows == (kept.pk,)
    with pytest.raises(vault.FileUnreadable):
        documents.open_document(acting(Role.INTAKE_WORKER), kept)


def test_an_identity_paper_counts_only_when_a_second_person_finds_it_legible() -> None:
    user = person(Role.INTAKE_WORKER)
    again = person(Role.INTAKE_WORKER, person_key=user.person_key)
    kept = add_document(actor_of(user), _brought())
    assert not documents.counts_as_there(kept)
    for same in (user, again):
        with pytest.raises(SamePerson):
            documents.mark_legible(actor_of(same), kept, version=1, is_legible=True)
    kept = documents.mark_legible(acting(Role.INTAKE_WORKER), kept, version=1, is_legible=False)
    assert not documents.counts_as_there(kept)
    kept = documents.mark_legible(acting(Role.INTAKE_WORKER), kept, version=2, is_legible=True)
    assert documents.counts_as_there(kept)


def test_a_home_has_papers_that_its_licensing_worker_brings() -> None:
    actor, home = acting(Role.LICENSING_WORKER), home_of()
    kept = add_document(actor, NewDocument(PDF, "lease", "", home=home))
    assert documents.open_document(actor, kept) == PDF
    with pytest.raises(NotThere):
        add_document(acting(Role.INTAKE_WORKER), NewDocument(PDF, "lease", "", home=home))
