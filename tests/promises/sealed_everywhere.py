"""One record of every kind that something is sealed for, each with a mark of its own, and how each is read again.

Comes in: an office without people; Django is set up. Goes out: `Kept`s, whose `read` gives the mark back through the
way that the office itself takes. For promises about keys: what is read here must be read at any moment of a change.
"""

import itertools
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.utils import timezone

from posada.office.access import doors
from posada.office.access.actor import Actor, actor_of
from posada.office.access.kept_forms import kept_form
from posada.office.access.models import KeptForm
from posada.office.access.roles import Role
from posada.office.access.sealed_secret import open_secret, seal_bytes, seal_secret
from posada.office.away.devices import private_of
from posada.office.away.models import AwayDevice
from posada.office.casefile.documents import NewDocument, add_document, open_document
from posada.office.intake import services, uploads
from posada.office.intake.models import Import
from posada.office.nudges.models import Browser
from posada.office.nudges.switching import address_of
from posada.office.packets import shares
from posada.office.packets.models import Share
from posada.office.preparation import declarations
from posada.office.preparation.declarations import NewDeclaration
from posada.preparation.declaration import Told
from tests.office.away.devices_at_hand import worker
from tests.office.casefile.papers import PDF
from tests.office.docket.cases import attorney_of, child_of, coordinator
from tests.office.intake.folders import folder, spoiled
from tests.office.people import group_of, home_of, person
from tests.promises.kept_records import plain
from tests.promises.stolen_disk import BEGIN

_numbers = itertools.count(1)
WHY = "for the form of today"
OPENS_ALL = (Role.INTAKE_WORKER, Role.LICENSING_WORKER, Role.PLACEMENT_WORKER, Role.LEGAL_COORDINATOR)


@dataclass(frozen=True)
class Kept:
    """Something sealed. `read`: through the office's own way; it raises, or gives something that holds `mark`."""

    kind: str
    mark: str
    read: Callable[[], Any]


def mark_of(kind: str) -> str:
    """Words that stand nowhere else."""
    return f"{BEGIN}{next(_numbers)}vké{kind.replace('_', '')}"


def everything(*, children: int, homes: int) -> list[Kept]:
    """Sealed fields of so many children and homes, and one of each other kind."""
    others = (_document, _answer, _second_factor, _kept_form, _device, _browser, _share)
    return [*_fields(children=children, homes=homes), *(each() for each in others), *_imports()]


def _fields(*, children: int, homes: int) -> list[Kept]:
    actor = actor_of(person(*OPENS_ALL))
    records = [group_of().children.get() for _ in range(children)] + [home_of() for _ in range(homes)]
    records += [plain(apps.get_model(kind)) for kind in ("licensing.enquiry", "counsel.hoursoffer")]
    made = []
    for record in records:
        kind = record._meta.label_lower
        values = {field: mark_of(field) for field in sorted(doors.SEALED_FIELDS[kind])}
        doors.seal_fields(record, values)
        made += [
            Kept(f"{kind} {field}", mark, _field(actor, record, field)) for field, mark in values.items()
        ]
    return made


def _field(actor: Actor, record: Any, field: str) -> Callable[[], str]:
    return lambda: doors.open_sealed(actor, record, field, reason=WHY, unseen=True).text


def _document() -> Kept:
    mark, actor = mark_of("document"), actor_of(person(Role.INTAKE_WORKER))
    content = PDF.replace(b"1 0 obj", b"% " + mark.encode() + b"\n1 0 obj")
    brought = NewDocument(content, "school_record", "A paper", child=group_of().children.get())
    paper = add_document(actor, brought)
    return Kept("document", mark, lambda: open_document(actor, paper).decode())


def _answer() -> Kept:
    mark, group = mark_of("answer"), group_of()
    _lawyer, actor = attorney_of(group)
    begun = declarations.begin(actor, child_of(group), NewDeclaration("asylum", "spa"))
    declarations.save_answer(actor, begun, "why", Told("first words", ""), version=0)
    declarations.save_answer(actor, begun, "why", Told(mark, f"{mark} in English"), version=1)
    return Kept("answer", mark, lambda: declarations.open_answer(actor, begun, "why")[0].original)


def _second_factor() -> Kept:
    mark, rows = mark_of("factor"), Authenticator.objects.filter(user=person())
    rows.update(data={"secret": get_adapter().encrypt(mark), "kind": "app"})
    return Kept("second factor", mark, lambda: get_adapter().decrypt(rows.get().data["secret"]))


def _kept_form() -> Kept:
    mark, user = mark_of("form"), person()
    typed = json.dumps({"address": "/children/", "fields": [["note", [mark]]]}, ensure_ascii=False)
    KeptForm.objects.create(user=user, path="/children/", sealed=seal_bytes(typed.encode()), key_number="")
    return Kept("kept form", mark, lambda: str(kept_form(user, "/children/")))


def _device() -> Kept:
    mark, rows = mark_of("device"), AwayDevice.objects.filter(pk=worker().device.pk)
    rows.update(private=seal_bytes(mark.encode()))
    return Kept("device", mark, lambda: private_of(rows.get()).decode())


def _browser() -> Kept:
    mark = mark_of("endpoint")
    told = seal_secret(json.dumps([f"https://push.example.org/{mark}", "p", "a"], ensure_ascii=False))
    row = {"session": "s", "lookup": uuid.uuid4().hex, "sealed": told.encode(), "renewed_at": timezone.now()}
    rows = Browser.objects.filter(pk=Browser.objects.create(user=person(), **row).pk)
    return Kept("endpoint", mark, lambda: address_of(rows.get())[0])


def _share() -> Kept:
    """A link whose code nobody has seen yet; beside it, one that was revoked, and stands so in its history."""
    gone, mark = _link(mark_of("revoked")), mark_of("share")
    shares.revoke(coordinator(), gone, version=gone.version)
    share = _link(mark)
    return Kept("share", mark, lambda: open_secret(Share.objects.get(pk=share.pk).secret))


def _link(mark: str) -> Share:
    made: Share = Share.objects.create(
        child=group_of().children.get(),
        outside_name="Counsel outside",
        consent="signed",
        purpose="for the hearing",
        state=Share.State.READY,
        asked_by=person(),
        lapses_at=timezone.now() + timedelta(days=3),
        secret=seal_secret(mark),
    )
    return made


def _imports() -> list[Kept]:
    """A preview that waits: a number and a telephone that differ from what stands, and a row that is refused."""
    actor = actor_of(person(Role.INTAKE_WORKER))
    services.take_folder(folder(), actor=actor, told=lambda *_: None)
    marks = {name: mark_of(f"upload{name}") for name in ("number", "phone", "refused")}
    files = spoiled(folder(), "people.csv", "000-000-001", marks["number"])
    files = spoiled(files, "contacts.csv", "555-0100", marks["phone"])
    files["contacts.csv"] += f"H9,,{marks['refused']},,,,,nonsense\n".encode()
    rows = Import.objects.filter(pk=services.preview(files, actor=actor).pk)
    assert rows.get().report["difference_count"] >= 2, "the preview shows that they differ"
    assert rows.get().report["rejections"], "and that a row is refused"

    def read() -> str:
        return "".join(content.decode() for content in uploads.unsealed(rows.get().sealed).values())

    return [Kept("upload", mark, read) for mark in marks.values()]
