"""Scopes and hits of conflict checks in words.

Tests: tests/office/counsel/test_words.py.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

SCOPES = {
    "full": _("in full"),
    "limited": _("for a limited part"),
    "clinic": _("advice at a clinic"),
}
HITS = {
    "kept_apart_from_counsel": _("The group is to be kept apart from this counsel"),
    "kept_apart_from_client": _("The group is to be kept apart from a client"),
    "kin_kept_apart": _("Kin of one group live in a home that the other is to be kept apart from"),
    "client_is_adverse": _("A child of one group is accused in the other’s case"),
    "client_is_named": _("A child of one group is named in the other’s case"),
    "named_on_both_sides": _("The same name is accused in one case and on the children’s side in the other"),
    "counsel_is_named": _("The counsel’s own name stands in the case"),
}


def hit_words(hit: dict[str, Any]) -> Any:
    """What a kept hit says."""
    return HITS.get(hit["kind"], hit["kind"])
