"""Everything that the builder and the checker say has words here, or is shown as it came."""

from posada.office.packets.packet_words import FAILURES, RULES, STEPS, reason_words, rule_words
from posada.packets.finding import check_rules
from posada.packets.pdf_opening import DAMAGED, LOCKED, RESTRICTED


def test_every_rule_of_the_check_has_words() -> None:
    assert set(RULES) == set(check_rules())
    assert {name: str(words) for name, words in RULES.items()} == {
        name: rule["title"] for name, rule in check_rules().items()
    }
    assert rule_words("a_new_rule") == "a_new_rule"


def test_why_a_file_is_no_use_is_said_in_words_of_the_page() -> None:
    for reason in (DAMAGED, LOCKED, RESTRICTED):
        assert reason_words(reason) != reason
    assert "against changes" in str(reason_words(RESTRICTED))
    assert reason_words("it is in spa and has no English translation") == "it has no English translation"
    assert reason_words("something new") == "something new"


def test_every_end_and_step_has_words() -> None:
    assert {"not_usable", "no_longer_yours", "too_large", "worker_died", "unexpected"} <= set(FAILURES)
    assert {"", "reading", "building", "cutting", "checking", "keeping"} == set(STEPS)
