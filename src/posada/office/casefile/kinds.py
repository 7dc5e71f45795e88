"""Kinds of documents, wishes and authorities, and what every form says, in words.

Tests: tests/office/casefile/test_kinds.py.
"""

from django.utils.translation import gettext_lazy as _

DOCUMENT_KINDS = {
    "birth_certificate": _("Birth certificate"),
    "passport": _("Passport"),
    "identity_card": _("Identity card"),
    "consular_id": _("Consular identification"),
    "notice_to_appear": _("Notice to appear"),
    "court_order": _("Court order"),
    "declaration": _("Declaration"),
    "filled_form": _("Filled official form"),
    "translation": _("Translation"),
    "medical_record": _("Medical record"),
    "school_record": _("School record"),
    "check_result": _("Result of a check"),
    "home_study": _("Home study"),
    "lease": _("Lease or deed"),
    "packet": _("Packet for a court or agency"),
    "other": _("Other"),
}
IDENTITY_PAPERS = frozenset({"birth_certificate", "passport", "identity_card", "consular_id"})
"""Papers that a second person has to find legible; until then they count as missing."""
ABOUT_HOMES = frozenset({"check_result", "home_study", "lease", "identity_card", "other"})
WISHED_BY = {"child": _("The child"), "family": _("The family"), "home": _("The home")}
WISH_KINDS = {
    "town": _("Where to live"),
    "with_whom": _("With whom to live"),
    "religion": _("Religion"),
    "school": _("School"),
    "other": _("Something else"),
}
AUTHORITIES = {
    "passport": _("Passport"),
    "court": _("Immigration court"),
    "uscis": _("USCIS"),
    "orr": _("ORR"),
    "school": _("School"),
    "other": _("Another authority"),
}
SAVED = _("Saved.")
EMPTY = _("(empty)")
YES, NO = _("yes"), _("no")
WANTED = _("Wanted: %(what)s.")
