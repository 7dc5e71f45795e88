"""Cents as dollars in the language of the page. Tests: tests/office/ledger/test_words.py."""

from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from posada.office.ledger.words import KIND_WORDS, PAYER_WORDS, gap_words

register = template.Library()
register.filter("gap", gap_words)


@register.filter
def kind_words(kind: str) -> Any:
    """A kind of care in words."""
    return KIND_WORDS.get(kind, kind)


@register.filter
def payer_words(payer: str) -> Any:
    """A payer in words."""
    return PAYER_WORDS.get(payer, payer)


@register.filter
def money(cents: Any) -> str:
    """Cents as dollars; "not known" where there is none."""
    if cents is None:
        return _("not known")
    sign = "−" if cents < 0 else ""
    return f"{sign}${number_format(abs(int(cents)) / 100, decimal_pos=2, use_l10n=True, force_grouping=True)}"


@register.filter
def hours(minutes: int) -> str:
    """Minutes as hours: 1.5."""
    return number_format(minutes / 60, decimal_pos=1 if minutes % 6 == 0 else 2, use_l10n=True)
