"""A telling through its pages: one question at a time, shown by POST alone, resumed where it rested."""

import logging
from html import unescape

import pytest

from posada.office.access.roles import Role
from posada.office.casefile.models import Document
from posada.office.intake.models import Child
from posada.office.preparation.models import Answer, Declaration
from tests.office.people import browser_of, person


def begin(client: object, child: Child, **given: str) -> str:
    told = {"interview_id": "asylum", "language": "spa", **given}
    done = client.post(f"/children/{child.pk}/declarations/", told)  # type: ignore[attr-defined]
    assert done.status_code == 302, done.content.decode()
    return str(done.headers["Location"])


def test_questions_come_one_by_one_in_her_language_with_the_english_beside(
    child: Child, lawyer: tuple
) -> None:
    client = browser_of(lawyer[0])
    page = begin(client, child)
    first = unescape(client.get(page + "self/").content.decode())
    assert "Cuéntame de ti" in first
    assert "Tell me about yourself" in first
    assert "For the interpreter" not in first
    saved = client.post(page + "self/", {"version": "0", "told": "Zqxsoy", "english": "Zqxi am"})
    assert saved.headers["Location"] == page + "family/"
    rest = client.post(page + "family/", {"version": "0", "told": "Mi tía", "english": "", "act": "rest"})
    assert rest.headers["Location"] == page
    overview = unescape(client.get(page).content.decode())
    assert "2 of 15 questions have an answer" in overview
    assert page + "days/" in overview, "it goes on where it rested"
    assert "Zqx" not in overview


def test_in_mam_the_interpreter_is_told_what_to_do(child: Child, lawyer: tuple) -> None:
    client = browser_of(lawyer[0])
    page = begin(client, child, language="mam", variant="Todos Santos")
    text = unescape(client.get(page + "why/").content.decode())
    assert "For the interpreter: please put this question in Mam (Todos Santos)" in text
    assert "¿Por qué" not in text


def test_an_answer_that_stands_is_shown_by_post_alone(child: Child, lawyer: tuple) -> None:
    client = browser_of(lawyer[0])
    page = begin(client, child)
    client.post(page + "why/", {"version": "0", "told": "Zqxwhy", "english": ""})
    assert "Zqxwhy" not in client.get(page + "why/").content.decode()
    shown = client.post(page + "why/", {"act": "show"})
    assert "Zqxwhy" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]


def test_a_second_window_gets_both_texts(child: Child, lawyer: tuple) -> None:
    client = browser_of(lawyer[0])
    page = begin(client, child)
    client.post(page + "why/", {"version": "0", "told": "Zqxfirst", "english": ""})
    late = client.post(page + "why/", {"version": "0", "told": "Zqxsecond", "english": ""})
    assert late.status_code == 409
    assert "Zqxfirst" in late.content.decode()
    assert "Zqxsecond" in late.content.decode()
    assert Answer.objects.get().version == 1
    again = client.post(page + "why/", {"version": "1", "told": "Zqxfirst Zqxsecond", "english": ""})
    assert again.status_code == 302


def test_the_draft_goes_into_the_file(child: Child, lawyer: tuple) -> None:
    client = browser_of(lawyer[0])
    page = begin(client, child)
    assert client.post(page).status_code == 422
    client.post(page + "why/", {"version": "0", "told": "Tenía miedo", "english": ""})
    client.post(page)
    text = client.get(page).content.decode()
    assert "Answers that have no English yet: 1" in text
    assert Document.objects.get().kind == "declaration"


def test_no_list_search_page_or_log_of_anybody_holds_a_word_of_it(
    child: Child, lawyer: tuple, caplog: pytest.LogCaptureFixture
) -> None:
    client = browser_of(lawyer[0])
    page = begin(client, child)
    with caplog.at_level(logging.DEBUG):
        client.post(page + "why/", {"version": "0", "told": "Zqxwall", "english": "Zqxwall"})
        client.post(page)
        for user in (lawyer[0], person(Role.LEGAL_COORDINATOR), person(Role.INTAKE_WORKER)):
            own = browser_of(user)
            for address in (
                *(page, page + "why/", f"/children/{child.pk}/", f"/children/{child.pk}/declarations/"),
                *("/children/?q=Zqxwall", "/tasks/", "/agenda/", f"/children/{child.pk}/docket/"),
            ):
                found = (
                    own.get(address).content.decode().replace("?q=Zqxwall", "").replace('value="Zqxwall"', "")
                )
                assert "Zqxwall" not in found, address
    assert "Zqx" not in caplog.text
    assert browser_of(person(Role.PLACEMENT_WORKER)).get(page).status_code == 404
    assert Declaration.objects.count() == 1
