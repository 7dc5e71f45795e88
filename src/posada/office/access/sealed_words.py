"""Names of sealed fields and of the records that have them. Tests: tests/office/access/test_sealed_views.py."""

from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS = {
    "child": "intake.child",
    "home": "licensing.home",
    "enquiry": "licensing.enquiry",
    "hours-offer": "counsel.hoursoffer",
}
"""A word in an address → the kind of record."""
NAMES: dict[str, Any] = {
    "a_number": _("A-number"),
    "birth_name": _("name at birth"),
    "birth_country_document": _("country of the birth document"),
    "safety_plan": _("safety plan"),
    "contact_name": _("name"),
    "street": _("street and number"),
    "unit": _("apartment or unit"),
    "city": _("town"),
    "postal_code": _("ZIP code"),
    "phone": _("phone number"),
    "email": _("e-mail address"),
}


def name_of(field: str) -> Any:
    """The name of a sealed field."""
    return NAMES.get(field, field.replace("_", " "))
