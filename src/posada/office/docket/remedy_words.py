"""What remedies turn on, and who decides them, in words. Tests: tests/office/docket/test_remedy_words.py."""

from typing import Any

from django.utils.translation import gettext_lazy as _

FORUMS = {
    "dhs": _("Department of Homeland Security"),
    "court_of_appeals": _("court of appeals"),
    "uscis": _("USCIS"),
    "state_court": _("state court"),
    "federal_court": _("federal district court"),
    "immigration_court": _("immigration court"),
    "bia": _("Board of Immigration Appeals"),
}
FACTS = {
    "nta_served_on": _("Notice to appear served on which day"),
    "nta_served_whom": _("Notice to appear served on whom"),
    "age_at_service": _("Age when it was served"),
    "citizenship_claim": _("A claim to be a citizen"),
    "age_on_filing": _("Age on the day of filing"),
    "prior_uac_determination": _("Determined to be an unaccompanied child before"),
    "parent_available": _("A parent here who can care for the child"),
    "lawful_status": _("Lawful status"),
    "fear_of_return": _("Fear of going back"),
    "last_arrival": _("Last arrival"),
    "changed_circumstances": _("Changed or extraordinary circumstances"),
    "protected_ground": _("Protected ground"),
    "torture_feared": _("Torture feared"),
    "officials_involved": _("Officials who do it or look away"),
    "birth_date": _("Birth date"),
    "unmarried": _("Unmarried"),
    "abuse_neglect_or_abandonment": _("Abuse, neglect or abandonment by a parent"),
    "state_of_residence": _("State where the child lives"),
    "forced_work_or_sex": _("Forced work or sex"),
    "debt_to_be_worked_off": _("A debt that must be worked off"),
    "crime_in_the_us": _("A crime against the child in the United States"),
    "helped_the_police": _("Help given to the police"),
    "abused_by_relative_with_status": _("Abused by a relative who has status"),
    "relative_with_status": _("A relative who has status"),
    "relation": _("Relation"),
    "country": _("Country"),
    "in_the_us_since": _("In the United States since"),
    "sij_approved": _("SIJ petition approved"),
    "asked_of_dhs_on": _("Asked of DHS on which day"),
    "answer_of_dhs": _("Answer of DHS"),
    "waiting_for": _("What is waited for"),
    "decision_on": _("Decision on which day"),
    "appeal_waived": _("Appeal waived"),
    "notice_address_was_right": _("Notice sent to the right address"),
    "in_custody_that_day": _("In custody that day"),
    "why_absent": _("Why the child was not there"),
    "order_on": _("Order of which day"),
    "age_at_order": _("Age on the day of the order"),
    "had_counsel": _("Had counsel"),
    "final_order_on": _("Final order of which day"),
    "stay_asked_of": _("Stay asked of whom"),
    "stay_answer": _("Answer about the stay"),
    "detained": _("Detained"),
    "child_asked_for_it": _("The child asked for it"),
    "advised_by": _("Who advised the child"),
}


def fact_words(name: str) -> Any:
    """A fact in words; one without is called by its name."""
    return FACTS.get(name, name.replace("_", " "))
