"""Numbers for drawings: whole, and the same in every language. Tests: tests/newsroom/test_numbers_page.py."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def times(value: float | None, by: int) -> int:
    """A product in whole units of a drawing."""
    return round((value or 0) * by)


@register.filter
def times_3(value: float | None) -> int:
    """A percent on a bar of 300 units."""
    return times(value, 3)


@register.filter
def unlocalized(value: float) -> str:
    """With a decimal point, as a drawing needs it."""
    return f"{value:.1f}"


@register.filter
def number(value: float) -> str:
    """With two decimals, in the language of the page."""
    return str(number_format(value, decimal_pos=2, use_l10n=True))
