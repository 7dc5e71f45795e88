"""Words of this room: kinds of care, payers, figures, and why something is hidden.

Docs: docs/how-to/keep-the-ledger.md. Tests: tests/office/ledger/test_words.py.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

KIND_WORDS: dict[str, Any] = {
    "kin": _("kin home"),
    "foster": _("foster home"),
    "group": _("group care"),
    "shelter": _("federal shelter"),
    "influx_shelter": _("federal influx shelter"),
    "counsel_hour": _("hour of counsel"),
}
PAYER_WORDS: dict[str, Any] = {
    "state": _("the state"),
    "federal": _("the federal government"),
    "family": _("the family itself"),
    "donated": _("given"),
}
VERIFIED_WORDS: dict[str, tuple[str, Any]] = {
    "yes": ("ok", _("verified")),
    "office": ("ok", _("entered by the office")),
    "single-copy": ("warn", _("read in one copy")),
    "no": ("warn", _("not verified")),
}
REASON_WORDS: dict[str, Any] = {
    "small": _("fewer than 11, or it would tell a figure that is"),
    "held": _("held: the last edition stays, since its difference to a new one would tell a small figure"),
    "unknown": _("not known yet"),
}
FIGURE_WORDS: dict[str, Any] = {
    "children_sheltered": _("Children who have a home"),
    "children_waiting": _("Children who wait for a home"),
    "children_with_kin": _("Children who live with kin"),
    "children_represented": _("Children who have counsel"),
    "siblings_together": _("Siblings who live together (percent)"),
    "days_to_home_median": _("Days to a home (median)"),
    "days_to_counsel_median": _("Days to counsel (median)"),
    "per_100k": _("Children per 100,000 residents"),
    "cost_per_child_day": _("Cost of a child’s day"),
    "cost_state": _("Paid by the state"),
    "cost_federal": _("Paid by the federal government"),
    "cost_family": _("Borne by families"),
    "cost_donated": _("Given by counsel"),
    "children_by_place": _("Children by where they live and whether they have counsel"),
    "children_by_county": _("Children by county"),
}
GAP_WORDS: dict[str, Any] = {
    "no payment to sponsors who are kin was found in a stored copy": _(
        "no payment to sponsors who are kin was found"
    ),
    "no daily rate of a Maryland group home was found in a stored copy": _(
        "no daily rate of a group home was found"
    ),
}


def gap_words(reason: str) -> Any:
    """Why a price is missing, in the language of the page."""
    if reason in GAP_WORDS:
        return GAP_WORDS[reason]
    if reason.startswith("the earliest rate found is of "):
        return _("the earliest rate found is of %(year)s") % {"year": reason.rpartition(" ")[2]}
    if reason.startswith("no value of an hour"):
        return _("no value of an hour was found; the hours are counted, their value is not known")
    return reason


def figure_words(name: str) -> Any:
    """A figure's name; of a county, its code is left out here and shown by the page."""
    return FIGURE_WORDS.get(name, name)
