"""Every task that this room opens has words, on the page and in a digest."""

from posada.docket.orders import _FACTS_ALWAYS, _FACTS_IN_ABSENTIA
from posada.docket.wording import words_in
from posada.office.desk.task_words import all_words, kind_words
from posada.office.docket.task_words import WORDS


def test_every_task_of_an_order_and_a_notice_has_words() -> None:
    tasks = {key.removeprefix("task.") for key in words_in("en") if key.startswith("task.")} - {"find_out"}
    wanted = {f"order_{each}" for each in tasks}
    wanted |= {f"order_ask_{each}" for each in (*_FACTS_ALWAYS, *_FACTS_IN_ABSENTIA)}
    wanted |= {f"notice_{each}" for each in ("check_court_line", "proof_that_we_came", "ask_venue")}
    assert wanted <= set(WORDS) <= set(all_words())


def test_a_digest_names_kinds_without_values() -> None:
    assert all("%(" not in kind_words(kind) for kind in WORDS)
