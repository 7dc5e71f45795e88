"""The judge of the busiest hour calls wrong what is wrong, and nothing else."""

from unittest.mock import sentinel

import pytest
from busiest_hour import DOCKET, Alone, Plans, of_hundred, text_of

from tests.served_office import Answer

HERE, PATH = "http://127.0.0.1:1", "/agenda/"
ACCOUNT = {"username": "legal_coordinator-3", "role": "legal_coordinator"}


def page(*, who: str = "legal_coordinator 3", says: str = "One date is overdue", token: str = "a1") -> str:
    form = f'<input name="csrfmiddlewaretoken" value="{token}">'
    return f"<header><span>Person {who} · Coordinator</span></header><main>{says}{form}</main>"


def answer(text: str, *, status: int = 200, path: str = PATH) -> Answer:
    return Answer(status, HERE + path, text, {})


def judged(given: Answer) -> str:
    before = text_of(answer(page(who="legal_coordinator 2", token="b2")))
    alone = Alone({("legal_coordinator", PATH): before})
    return alone.wrong(ACCOUNT, PATH, given)


def test_the_same_page_for_another_of_the_role_is_right() -> None:
    assert judged(answer(page())) == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (answer(page(), status=500), "500"),
        (answer(page(), path="/accounts/login/"), "led to"),
        (answer(page(who="legal_coordinator 4")), "not the page of legal_coordinator-3"),
        (answer(page(who="auditor 3")), "not the page of legal_coordinator-3"),
        (answer(page(says="Nothing is overdue")), "another text"),
    ],
)
def test_what_fails_leads_elsewhere_is_another_s_or_says_something_else_is_wrong(
    given: Answer, words: str
) -> None:
    assert words in judged(given)


def test_pages_of_the_docket_are_known_by_their_address() -> None:
    docket = ("/agenda/", "/agenda/?show=all", "/deadlines/1/", "/hearings/1/", "/children/1/docket/")
    assert [path for path in (*docket, "/plan/", "/children/1/", "/") if DOCKET.search(path)] == list(docket)


def test_a_moment_is_within_a_plan_or_not_and_few_figures_give_none() -> None:
    plans = Plans(sentinel.visitor, spans=[(1.0, 2.0), (5.0, 6.0)])
    assert [plans.was_solving(at) for at in (0.5, 1.5, 3.0, 6.0)] == [False, True, False, True]
    assert of_hundred([], 95) == of_hundred([0.1], 95) == 0
    assert of_hundred([0.1, 0.2], 50) == 150
