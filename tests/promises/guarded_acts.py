"""Acts that lean on a guard, each done through its own door: for promise 28. Everybody in them is made up.

Comes in: a database and an empty folder for documents. Goes out: what to do, whether it is done, and words that may
neither lie open anywhere nor be told while a guard is away.
"""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from posada.office.access import doors, two_persons
from posada.office.access.actor import machine
from posada.office.access.models import Approval
from posada.office.access.roles import Role
from posada.office.access.templatetags.sealed_fields import sealed_address
from posada.office.casefile.documents import NewDocument, add_document
from posada.office.casefile.models import Document
from posada.office.desk import tasks
from posada.office.desk.digests import send_digests
from posada.office.desk.tasks import Wanted
from posada.office.intake.archive import opened
from posada.office.intake.models import Child
from posada.office.packets import services
from posada.office.packets.models import Build
from posada.office.preparation.models import LibraryExhibit
from tests.office.docket.cases import attorney_of, child_of
from tests.office.packets.filings import packet_for, paper
from tests.office.people import TODAY, acting, browser_of, group_of, home_of, person
from tests.promises.mail_server import MailServer
from tests.served_office import HALF_MINUTE

SECRET = "Kanarienvogel-28"
PDF = f"%PDF-1.7\n1 0 obj<</Title({SECRET})>>endobj\ntrailer<<>>\n%%EOF\n".encode()
WORDS = "a long enough passphrase"
RIGHT_TIME = time.time  # of the phone, whatever the office's clock shows
SCANNER, STORE, KEYS, LOG, MAIL, CLOCK = "scanner", "store", "keys", "log", "mail", "clock"


@dataclass
class Act:
    """Something that a person or the worker does. `needs`: without which of the guards it must not be done."""

    do: Callable[[], Any]
    done: Callable[[], bool]
    needs: frozenset[str]
    leaves: frozenset[str] = frozenset()
    """Tables in which it may leave that it was tried, and why it came to nothing."""
    stopped_too: frozenset[str] = frozenset({CLOCK, KEYS})
    """Guards without which it may come to nothing as well, such as where the session has ended by the clock."""
    answers: list[Any] = field(default_factory=list)

    def try_it(self) -> Any:
        """Do it once, and keep the answer."""
        self.answers.append(self.do())
        return self.answers[-1]

    @property
    def last(self) -> Any:
        """The last answer."""
        return self.answers[-1] if self.answers else None


SIGNED_IN = frozenset({"axes.accesslog", "axes.accessattempt", "access.user"})
"""Somebody gave a password: after the clock has moved, for each try again."""
_numbers = itertools.count(1)
TRIED = frozenset({"audit.entry", "audit.head", "audit.revision"})
"""Who opens something stands in the log before it is opened."""


def file_of(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("x.pdf", content)


def a_paper_of_a_child() -> Act:
    child, browser = group_of().children.get(), browser_of(person(Role.INTAKE_WORKER))
    address = reverse("document_add", args=[child.pk])
    return Act(
        lambda: browser.post(address, {"kind": "other", "title": "Paper", "file": file_of()}),
        lambda: Document.objects.filter(child=child).exists(),
        frozenset({SCANNER, STORE, LOG}),
    )


def a_paper_of_a_home() -> Act:
    home, browser = home_of(), browser_of(person(Role.LICENSING_WORKER))
    address = reverse("home_documents", args=[home.pk])
    return Act(
        lambda: browser.post(address, {"kind": "identity_card", "file": file_of()}),
        lambda: Document.objects.filter(home=home).exists(),
        frozenset({SCANNER, STORE, LOG}),
    )


def a_report_for_the_library() -> Act:
    user, _actor = attorney_of(group_of())
    browser, before, number = browser_of(user), LibraryExhibit.objects.count(), next(_numbers)
    said = {
        "country": "GTM",
        "title": f"Report {number}",
        "source": "Site",
        "published_on": "2024-01-01",
        "language": "eng",
    }
    return Act(
        lambda: browser.post("/library/", {**said, "file": file_of(PDF + b"%% %d" % number)}),
        lambda: LibraryExhibit.objects.count() == before + 1,
        frozenset({SCANNER, LOG}),
    )


def opening_a_paper() -> Act:
    child, browser = group_of().children.get(), browser_of(person(Role.INTAKE_WORKER))
    brought = NewDocument(PDF, "other", "Paper", "eng", child=child)
    kept = add_document(acting(Role.INTAKE_WORKER), brought)
    act = Act(
        lambda: browser.post(reverse("document_open", args=[kept.pk])),
        lambda: act.last is not None and act.last.content == PDF,
        frozenset({STORE, KEYS, LOG}),
        TRIED,
    )
    return act


def opening_a_sealed_field() -> Act:
    home, browser = home_of(), browser_of(person(Role.LICENSING_WORKER))
    doors.seal_fields(home, {"phone": SECRET})
    address = sealed_address(home, "phone")
    act = Act(
        lambda: browser.post(address, {"reason": "to call about tonight"}),
        lambda: act.last is not None and SECRET in act.last.content.decode(),
        frozenset({KEYS, LOG}),
        TRIED,
    )
    return act


def writing_a_child_down() -> Act:
    browser = browser_of(person(Role.INTAKE_WORKER))
    said = {"given_name": "Juana", "birth_date": "2014-05-01", "birth_date_basis": "stated", "sex": "F"}
    before, number = Child.objects.count(), next(_numbers)
    return Act(
        lambda: browser.post("/arrivals/child/", {**said, "a_number": f"000-028-{number:03}"}),
        lambda: Child.objects.count() == before + 1,
        frozenset({LOG}),
    )


def building_a_packet(exhibit: bytes | None = None) -> Act:
    child = child_of(group_of())
    doors.seal_fields(child, {"a_number": "000-000-017"})
    user, actor = attorney_of(child.group)
    packet = packet_for(actor, child)
    services.add_exhibits(actor, packet, [paper(actor, child, exhibit, title="Country report")])
    browser = browser_of(user)
    return Act(
        lambda: browser.post(reverse("packet_build", args=[packet.pk]), follow=True),
        lambda: Build.objects.filter(packet=packet, state=Build.State.DONE).exists(),
        frozenset({STORE, KEYS, LOG}),
        TRIED | {"packets.build"},
    )


def writing_an_export() -> Act:
    child = group_of().children.get()
    doors.seal_fields(child, {"a_number": SECRET})
    director = person(Role.PROGRAM_DIRECTOR)
    browser_of(director).post("/export/", {"reason": "for the next office", "sealed": "on"})
    asked = Approval.objects.latest("asked_at")
    two_persons.answer(acting(Role.ADMINISTRATOR), asked.pk, approve=True)
    act = Act(
        lambda: browser_of(director).post(f"/export/{asked.pk}/write/", {"passphrase": WORDS}),
        lambda: act.last is not None and act.last.status_code == 200 and _is_archive(act.last.content),
        frozenset({KEYS, LOG, CLOCK}),
        SIGNED_IN,
    )
    return act


def _is_archive(content: bytes) -> bool:
    return "plain/children.csv" in opened(content, passphrase=WORDS)


def signing_in() -> Act:
    user = person(Role.AUDITOR)
    user.authenticator_set.all().delete()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    browser = Client()

    def sign_in() -> Any:
        browser.post("/accounts/login/", {"login": user.username, "password": "correct horse battery"})
        code = format_hotp_value(hotp_value(secret, int(RIGHT_TIME() // HALF_MINUTE)))
        return browser.post("/accounts/2fa/authenticate/", {"code": code})

    return Act(
        sign_in,
        lambda: browser.get("/").status_code == 200,
        frozenset({KEYS, CLOCK}),
        TRIED | SIGNED_IN,
        frozenset({CLOCK, KEYS, LOG}),  # without the log nobody comes in, but the code is spent
    )


def sending_the_digest(server: MailServer) -> Act:
    person(Role.PLACEMENT_WORKER, email="worker@example.invalid")
    tasks.open_task(machine("tests"), Wanted("concern", role=Role.PLACEMENT_WORKER))
    return Act(
        lambda: send_digests(TODAY),
        lambda: len(server.taken) == 1,
        frozenset({MAIL}),
        TRIED | {"desk.mail"},
    )


BY_A_PERSON: tuple[Callable[[], Act], ...] = (
    *(
        a_paper_of_a_child,
        a_paper_of_a_home,
        a_report_for_the_library,
        opening_a_paper,
        opening_a_sealed_field,
    ),
    *(writing_a_child_down, writing_an_export, signing_in, building_a_packet),
)
