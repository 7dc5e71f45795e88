"""A filter for what the reader of files wanted. Tests: tests/office/intake/test_wanted_words.py."""

from django import template

from posada.office.intake.wanted_words import wanted_words

register = template.Library()


@register.filter
def wanted(text: str) -> str:
    """The sentence in the language of the page."""
    return wanted_words(text)
