"""Pages of the register: the child is asked in plain words, counsel answers by name, the statement prints whole."""

import re
from html import unescape

from posada.docket.remedies import remedy_table
from posada.docket.screening import questionnaire
from posada.office.access.roles import Role
from posada.office.docket.models import RemedyEntry
from tests.office.docket.cases import attorney_of, child_of
from tests.office.people import browser_of, group_of, person


def test_the_questions_are_asked_in_either_language_and_only_propose() -> None:
    group = group_of()
    user, _actor = attorney_of(group)
    client, child = browser_of(user), child_of(group)
    address = f"/children/{child.pk}/screening/"
    assert "¿Tienes miedo" in client.get(address + "?in=es").content.decode()
    assert "Are you afraid" in client.get(address + "?in=en").content.decode()
    given = {each.question_id: "not_known" for each in questionnaire()}
    done = client.post(address, {**given, "afraid_to_return": "yes", "in": "es"})
    assert done.status_code == 302
    text = client.get(f"/children/{child.pk}/remedies/").content.decode()
    assert "an answer points to it: counsel looks at it" in text
    assert f"{len(remedy_table())} of {len(remedy_table())} remedies have not been examined" in text
    assert not RemedyEntry.objects.exists()


def test_counsel_enters_a_remedy_under_her_own_name() -> None:
    group = group_of()
    user, _actor = attorney_of(group)
    client, child = browser_of(user), child_of(group)
    address = f"/children/{child.pk}/remedies/cat/entry/"
    assert client.post(address, {"state": "filed"}).status_code == 422
    given = {"state": "filed", "evidence": "receipt 9", "fact_torture_feared": "yes"}
    assert client.post(address, given).status_code == 302
    text = client.get(address).content.decode()
    assert "Dana Example" in text
    assert "receipt 9" in text
    assert client.get(f"/children/{child.pk}/remedies/magic/entry/").status_code == 404


def test_a_coordinator_is_told_that_an_entry_examines_nothing() -> None:
    child = child_of()
    client = browser_of(person(Role.LEGAL_COORDINATOR))
    assert "You are not counsel" in client.get(f"/children/{child.pk}/remedies/cat/entry/").content.decode()


def test_the_statement_prints_every_line_in_both_languages() -> None:
    group = group_of()
    user, _actor = attorney_of(group)
    child = child_of(group)
    address = f"/children/{child.pk}/remedies/statement/"
    english = unescape(browser_of(user).get(address).content.decode())
    spanish = unescape(browser_of(user, language="es").get(address).content.decode())
    for remedy in remedy_table():
        assert remedy.titles["en"] in english
        assert remedy.titles["es"].split("(")[0].strip() in spanish
    plain = re.sub(r"<[^>]*>", " ", spanish)
    for word in ("Remedy", "NOT EXAMINED", "Next date", "from memory", "not known"):
        assert word not in plain


def test_pages_in_spanish_hold_no_english() -> None:
    group = group_of()
    user, _actor = attorney_of(group)
    child = child_of(group)
    client = browser_of(user, language="es")
    for page in (
        "remedies/",
        "remedies/cat/entry/",
        "screening/",
        "order/",
        "removal/",
        "docket/",
        "notice/",
    ):
        found = client.get(f"/children/{child.pk}/{page}")
        assert found.status_code == 200, page
        plain = re.sub(r"<[^>]*>", " ", found.content.decode())
        for word in ("Remed", "Leave it", "Save", "counsel", "known", "Day of", "Which", "hearing"):
            assert word not in plain, (page, word)
