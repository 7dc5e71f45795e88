"""Answers that are a word and not only a date: venue, jurisdiction, the one-year bar, capacity, fees.

Comes in: a rule, its version and the recorded facts. Goes out: one of the rule's own words.
The numbers are the rule's; here stands only the order in which its parts are asked.
Docs: docs/reference/legal-rules.md. Tests: tests/docket/test_decisions.py.
"""

from collections.abc import Callable, Mapping
from datetime import date

from posada.docket.facts import Facts
from posada.records.people import birthday
from posada.rulebook.legal_rule import FactGap, LegalRule, RuleVersion

Decision = Callable[[LegalRule, RuleVersion, Facts, date], str]

FEE_UNKNOWN = "fee_unknown"


def one_year_bar(rule: LegalRule, version: RuleVersion, facts: Facts, _: date) -> str:
    """Whether the bar applies; its date is docketed in every case. Source: `asylum.one_year`."""
    if facts.is_true("uac_on_filing_date"):
        return "exempt_uac"
    if facts.is_true("prior_uac_determination"):
        return "uncertain"
    return version.status


def uac_jurisdiction(rule: LegalRule, version: RuleVersion, facts: Facts, _: date) -> str:
    """Who decides an asylum application first. Source: `asylum.uac_jurisdiction`."""
    is_child = facts.whole_number("age_on_filing") < rule.limits["age"]
    if is_child and not facts.is_true("lawful_status") and not facts.is_true("parent_available"):
        return "uscis"
    return "uncertain" if facts.is_true("prior_uac_determination") else "immigration_court"


def venue(rule: LegalRule, version: RuleVersion, facts: Facts, _: date) -> str:
    """Which court controls, or what a motion to change it lacks first. Source: `eoir.venue`."""
    if facts.is_true("granted"):
        return "new_court_controls"
    for fact, word in (
        ("motion_filed", "incomplete_no_motion"),
        ("fixed_street_address", "incomplete_no_fixed_address"),
        ("served_on_dhs", "incomplete_no_service"),
    ):
        if not facts.is_true(fact):
            return word
    return "old_court_controls" if facts.is_true("hearing_before_ruling") else "motion_complete"


def home_capacity(rule: LegalRule, version: RuleVersion, facts: Facts, on: date) -> str:
    """Whether a home may care for the children on `on`, in the rule's order. Source: `home.capacity`.

    Adult own children are not settled in the text: where they change the answer, it is a FactGap.
    """
    placed = [*facts.days("in_care_dob", not_after=on), *facts.days("placing_dob", not_after=on)]
    own = facts.days("own_children_dob", not_after=on)
    adult = rule.limits["years_of_adult"]
    own_minors = tuple(born for born in own if on < birthday(born, years=adult))
    word = _capacity_word(rule, facts, [*placed, *own], on=on)
    if word != _capacity_word(rule, facts, [*placed, *own_minors], on=on):
        raise FactGap(rule.rule_id, fact="whether own children who are adults count")
    return word


def _capacity_word(rule: LegalRule, facts: Facts, born: list[date], *, on: date) -> str:
    limits = rule.limits
    exceptions = tuple(text.split()[0] for text in rule.exceptions)
    exception = facts.word("exception", choices=exceptions)
    under_2 = sum(on < birthday(each, years=limits["years_of_under_2"]) for each in born)
    is_over_usual = len(born) > limits["children_total"]
    is_over_under_2 = under_2 > limits["under_2"]
    if len(born) > limits["children_total_exception"] or (is_over_usual and exception is None):
        return "over_limit"
    if is_over_usual and not facts.is_true("department_permission_on_file"):
        return "needs_department_permission"
    if is_over_under_2 and not facts.is_true("under_2_approval_on_file"):
        return "needs_under_2_approval"
    return "exception_permitted" if is_over_usual or is_over_under_2 else "within_limit"


def fee_word(version: RuleVersion | None) -> str:
    """A fee in whole US dollars as one word; `fee_unknown` where no amount is known.

    >>> fee_word(None)
    'fee_unknown'
    """
    if version is None or version.amount is None:
        return FEE_UNKNOWN
    if version.amount == 0 or version.waivable is None:
        return f"fee_usd:{version.amount}"
    return f"fee_usd:{version.amount}:{'waivable' if version.waivable else 'not_waivable'}"


DECISIONS: Mapping[str, Decision] = {
    "one_year_bar": one_year_bar,
    "uac_jurisdiction": uac_jurisdiction,
    "venue": venue,
    "home_capacity": home_capacity,
}
"""What `decided_by` of a rule may name."""
