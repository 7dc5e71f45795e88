"""Files of legal rules are read strictly."""

import pytest

from posada.rulebook.legal_files import load_legal_rules, parse_legal_rules
from posada.rulebook.legal_rule import AS_OF_DATE, TRIGGER_DATE, BadRuleFile, Period

HEAD = 'schema = "posada-legal-rules/1"\nsource = "a source"\nchecked_by = "somebody"\n'
RULE = '[[rules]]\nid = "a.b"\ntitle = "A rule"\nkind = "deadline_after"\ntrigger = "event"\n'
RULE += 'authority = ["a law"]\n'
VERSION = '[[rules.versions]]\nperiod = { number = 30, unit = "calendar_days" }\nstatus = "in_force"\n'
KNOWN = 'known = 2026-11-25\nconfidence = "recalled"\n'
WHOLE = HEAD + RULE + VERSION + KNOWN


def test_all_fifty_five_rules_ship_with_two_time_axes() -> None:
    rules = load_legal_rules().rules
    assert len(rules) == 55
    first, doubtful, before = rules["eoir.bia_appeal"].versions
    assert (first.period, doubtful.period) == (Period(30, "calendar_days"), Period(10, "calendar_days"))
    assert str(doubtful.known_from) == "2026-02-06"
    assert str(before.known_to) == "2026-02-05"
    assert doubtful.operative_alternative == Period(30, "calendar_days")


def test_a_rule_that_starts_from_a_birth_goes_by_the_day_asked_about() -> None:
    rules = load_legal_rules().rules
    assert rules["sij.i360_last_day"].versions[0].applies_by == AS_OF_DATE
    assert rules["eoir.vd_post"].versions[0].applies_by == TRIGGER_DATE


def test_a_small_file_is_read() -> None:
    (rule,) = parse_legal_rules(WHOLE, where="a.toml")
    assert rule.versions[0].checked_by == "somebody"
    assert not rule.versions[0].is_signed_off


def test_a_sign_off_by_counsel_is_kept() -> None:
    signed = WHOLE + 'signed_off_by = "A. Lawyer, Example Clinic"\nsigned_off_on = 2026-12-01\n'
    (rule,) = parse_legal_rules(signed, where="a.toml")
    assert rule.versions[0].is_signed_off


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("= 1", "a.toml: not readable as TOML"),
        (HEAD, "a.toml: 'rules' must be a list"),
        (HEAD.replace("/1", "/2") + RULE, "schema must be"),
        (HEAD + RULE, "a.toml, rule a.b: it needs at least one version"),
        (WHOLE + 'until = "soon"\n', "a.toml, rule a.b, version 1: until is not a word of these files"),
        (WHOLE.replace("deadline_after", "dedline"), "kind must be one of"),
        (WHOLE.replace('"in_force"', '"lawful"'), "status must be one of"),
        (WHOLE.replace("calendar_days", "days"), "unit must be one of"),
        (WHOLE.replace("number = 30, ", ""), "period: number is missing"),
        (WHOLE.replace("number = 30", "number = -1"), "number must be a whole number"),
        (WHOLE.replace("2026-11-25", '"2026-11-25"'), "known must be a date"),
        (WHOLE.replace("known = 2026-11-25\n", ""), "known .* is missing"),
        (WHOLE.replace('["a law"]', "[]"), "authority must name at least one source"),
        (WHOLE.replace('["a law"]', '"a law"'), "authority must be a list of texts"),
        (WHOLE.replace('"A rule"', '""'), "title must be a text"),
        (WHOLE + "waivable = 1\n", "waivable must be true or false"),
        (WHOLE.replace("[[rules.", "limits = { age = true }\n[[rules."), "limits must be a table of numbers"),
        (WHOLE + RULE + VERSION + KNOWN, "rule a.b is given twice"),
    ],
)
def test_a_damaged_file_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(BadRuleFile, match=message):
        parse_legal_rules(text, where="a.toml")
