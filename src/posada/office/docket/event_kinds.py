"""What can happen in a case, in words: the events that start clocks, how papers are served, and rules by short names.

Every kind of event that a dated rule starts from stands here, and every dated rule has a short title.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_event_kinds.py.
"""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "nta_served": _("Notice to appear served"),
    "last_arrival": _("Last arrival in the United States"),
    "address_changed": _("Moved to another address"),
    "i589_filing": _("Asylum application (I-589) filed"),
    "complete_i589_received": _("Complete asylum application received"),
    "aaf_notice_date": _("Notice of the annual asylum fee"),
    "i360_receipt": _("SIJ petition (I-360) received by USCIS"),
    "filing_received_by_court": _("The other side’s filing received by the court"),
    "motion_served": _("Motion served in a Maryland court"),
    "ij_decision": _("Decision of the immigration judge"),
    "in_absentia_order": _("Order of removal in absentia"),
    "final_administrative_order": _("The order became final"),
    "final_order_of_removal": _("Final order of removal"),
    "appeal_filed": _("Appeal filed"),
    "appeal_waived": _("Appeal waived"),
    "briefing_schedule_issued": _("Briefing schedule issued by the Board"),
    "board_decision": _("Decision of the Board"),
    "board_decision_mailed": _("Decision of the Board mailed"),
    "motion_to_rescind_filed": _("Motion to rescind filed"),
    "motion_to_rescind_ruled": _("Ruling on the motion to rescind"),
    "rescind_denial_appealed": _("Denial of the motion to rescind appealed"),
    "petition_for_review_filed": _("Petition for review filed"),
    "i246_filed": _("Application for a stay (I-246) filed"),
    "vd_order": _("Voluntary departure ordered"),
    "apprehension_datetime": _("Found by an agency"),
    "uac_determination_datetime": _("Determined to be an unaccompanied child"),
}
NEEDS_HOUR = ("apprehension_datetime", "uac_determination_datetime")
SERVICE = {
    "": _("not recorded"),
    "in_person": _("in person"),
    "mail": _("by mail"),
    "adult": _("on an adult who answers for the child"),
    "electronic": _("electronically"),
    "posted": _("by another way"),
}
TITLES = {
    "age.attains_18": _("Eighteenth birthday"),
    "age.uac_last_filing_day": _("Last day to file asylum while under 18"),
    "asylum.aaf_due": _("Annual asylum fee"),
    "asylum.aaf_pay": _("Pay the annual asylum fee after the notice"),
    "asylum.ead_apply": _("First day to apply for a work permit"),
    "asylum.ead_grant": _("First day a work permit can be granted"),
    "asylum.one_year": _("One-year limit to file asylum (I-589)"),
    "custody.hhs_notice": _("An agency tells HHS of the child"),
    "custody.hhs_transfer": _("Transfer of the child to HHS"),
    "eoir.address_bia": _("Change of address with the Board (EOIR-33/BIA)"),
    "eoir.address_court": _("Change of address with the court (EOIR-33/IC)"),
    "eoir.bia_appeal": _("Appeal to the Board (EOIR-26)"),
    "eoir.bia_brief": _("Brief to the Board"),
    "eoir.bia_motion_reconsider": _("Motion to reconsider before the Board"),
    "eoir.bia_motion_reopen": _("Motion to reopen before the Board"),
    "eoir.first_hearing": _("Earliest first hearing after the notice to appear"),
    "eoir.ij_motion_reconsider": _("Motion to reconsider before the judge"),
    "eoir.ij_motion_reopen": _("Motion to reopen before the judge"),
    "eoir.in_absentia_exceptional": _("Motion to rescind: exceptional circumstances"),
    "eoir.in_absentia_no_notice": _("Motion to rescind: no notice, or in custody"),
    "eoir.individual_filing": _("Filings for the individual hearing"),
    "eoir.master_filing": _("Filings for the master hearing"),
    "eoir.motion_response": _("Response to a motion or filing"),
    "eoir.vd_bond": _("Post the voluntary departure bond"),
    "eoir.vd_post": _("Leave under voluntary departure (end of proceedings)"),
    "eoir.vd_pre": _("Leave under voluntary departure (before the end)"),
    "home.adult_clearance": _("Somebody in a home turns 18"),
    "home.emergency_90": _("End of an emergency placement over capacity"),
    "home.license_decision": _("Decision on a home’s application"),
    "home.medical": _("Medical examinations of a home"),
    "home.reconsideration": _("Yearly reconsideration of a home"),
    "home.reconsideration_notice": _("Notice of the reconsideration"),
    "md.motion_response": _("Response to a motion in a Maryland court"),
    "sij.i360_last_day": _("Last day for USCIS to receive the SIJ petition (I-360)"),
    "sij.md_order_last_day": _("Last day for the Maryland order for SIJ"),
    "sij.uscis_decision": _("USCIS should have decided the SIJ petition"),
    "us.petition_for_review": _("Petition for review in the court of appeals"),
    "asylum.uac_jurisdiction": _("Who decides an unaccompanied child’s asylum claim first"),
    "cal.federal_holidays": _("Federal holidays and their observed days"),
    "cal.inauguration_day": _("Inauguration Day"),
    "cal.ad_hoc_closures": _("Single closures by order or weather"),
    "time.roll_eoir": _("A period that ends on a closed day"),
    "time.before_hearing": _("Filings due some days before a hearing"),
    "time.receipt_rule": _("Filed means received"),
    "eoir.venue": _("Change of venue"),
    "eoir.stay_appeal": _("Automatic stay during the appeal"),
    "dhs.stay_i246": _("Administrative stay of removal (I-246)"),
    "fee.i589": _("Fee of the asylum application (I-589)"),
    "fee.i360_sij": _("Fee of the SIJ petition (I-360)"),
    "fee.aaf": _("Yearly asylum fee"),
    "fee.i765_c8_initial": _("Fee of the first work permit on an asylum application (I-765)"),
    "fee.eoir26": _("Fee of the appeal to the Board (EOIR-26)"),
    "fee.eoir_motion_in_absentia_no_notice": _("Fee of the motion to rescind for lack of notice"),
    "home.capacity": _("How many children a Maryland home may care for"),
    "sij.deferred_action": _("Deferred action while waiting for an SIJ visa"),
}
HEARING_WORDS = {
    "master": _("Master hearing"),
    "individual": _("Individual hearing"),
    "custody": _("Custody hearing"),
    "": _("Hearing"),
}
STEPS = {
    "find_counsel": _("find counsel"),
    "interview": _("interview"),
    "declaration": _("declaration"),
    "translation": _("translation"),
    "evidence": _("evidence"),
    "filing": _("filing"),
    "service": _("service"),
}
STANDINGS = {
    "in_force": ("ok", _("in force"), _("the rule applies as written")),
    "uncertain": (
        "unsure",
        _("uncertain"),
        _("sources or courts disagree; the earliest date is the one that warns"),
    ),
    "enjoined": ("stop", _("enjoined"), _("stopped by a court")),
    "vacated": ("plain", _("vacated"), _("no longer a rule; shown for old dates")),
    "rescinded": ("plain", _("rescinded"), _("taken back by the agency; shown for old dates")),
    "no_deadline": ("warn", _("no last day"), _("may be done at any time, and is urgent all the same")),
    "exempt_uac": (
        "unsure",
        _("exempt"),
        _("an unaccompanied child on the day of filing; the date protects"),
    ),
}
MISSING = {
    "last_arrival": _("the day of the last arrival is not recorded"),
    "hearing_kind": _("it is not recorded whether the hearing is a master or an individual one"),
}


def title_of(rule_id: str) -> str:
    """A rule by its short name; one without is called by its id."""
    return str(TITLES.get(rule_id, rule_id))


def hearing_words(kind: str) -> str:
    """A kind of hearing."""
    return str(HEARING_WORDS.get(kind, HEARING_WORDS[""]))


def missing_words(missing: str) -> str:
    """What a date lacks, in words; the rulebook's own sentence where there are none."""
    return str(MISSING.get(missing, missing))
