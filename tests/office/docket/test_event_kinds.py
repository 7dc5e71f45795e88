"""Everything that the docket says has words."""

from posada.docket.refresh import DATED
from posada.office.docket import rules
from posada.office.docket.case_files import HEARING_KINDS
from posada.office.docket.event_kinds import EVENTS, STANDINGS, STEPS, TITLES, missing_words, title_of
from posada.rulebook.legal_rule import STATUSES


def test_every_dated_rule_has_a_short_title() -> None:
    dated = {name for name, rule in rules.book().rules.items() if rule.kind in DATED}
    assert dated - set(TITLES) == set()
    assert set(TITLES) <= set(rules.book().rules)
    assert title_of("no.such") == "no.such"


def test_every_trigger_of_a_dated_rule_can_be_recorded() -> None:
    triggers = {
        rule.trigger
        for name, rule in rules.book().rules.items()
        if rule.kind in DATED and not name.startswith("home.")
    }
    assert triggers - set(EVENTS) - {rules.BIRTH, *HEARING_KINDS.values()} == set()


def test_every_standing_and_step_has_words() -> None:
    assert set(STATUSES) <= set(STANDINGS)
    assert set(rules.practice().steps) == set(STEPS)
    assert missing_words("last_arrival") != missing_words("another fact") == "another fact"
