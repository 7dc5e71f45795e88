"""What a check-in is called on a device: a word of a fixed list, a number, or both.

Comes in: what a person chose. Goes out: the label, or a refusal that says what is wrong. It lies on the device as it
is, and whoever finds the device may read it: so nothing can be typed that names somebody, and the list has no word
that is a usual name (Sunday is "Domingo", green is "Green").
Docs: docs/how-to/check-in-offline.md. Tests: tests/office/away/test_labels.py.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST_NUMBER = 99
WORDS: dict[str, Any] = {
    "family": pgettext_lazy("label on a device", "Family"),
    "stop": pgettext_lazy("label on a device", "Stop"),
    "monday": pgettext_lazy("label on a device", "Monday"),
    "tuesday": pgettext_lazy("label on a device", "Tuesday"),
    "wednesday": pgettext_lazy("label on a device", "Wednesday"),
    "thursday": pgettext_lazy("label on a device", "Thursday"),
    "friday": pgettext_lazy("label on a device", "Friday"),
    "saturday": pgettext_lazy("label on a device", "Saturday"),
    "morning": pgettext_lazy("label on a device", "Morning"),
    "afternoon": pgettext_lazy("label on a device", "Afternoon"),
    "red": pgettext_lazy("label on a device", "Red"),
    "blue": pgettext_lazy("label on a device", "Blue"),
    "yellow": pgettext_lazy("label on a device", "Yellow"),
    "orange": pgettext_lazy("label on a device", "Orange"),
    "purple": pgettext_lazy("label on a device", "Purple"),
}
"""Code → word."""


def checked_labels(chosen: Mapping[UUID, tuple[str, str]]) -> tuple[dict[UUID, str], dict[UUID, Any]]:
    """Labels that may leave, and what is wrong with the others, by check-in.

    `chosen`: for each check-in the code of a word and a number, each possibly empty. With neither, it is called by
    its place.
    """
    kept, wrong = {}, {}
    for place, (pk, (word, number)) in enumerate(chosen.items(), 1):
        label = _label(word, number.strip(), place)
        if label is None:
            wrong[pk] = _("A label is a word of the list, or a number from 1 to 99, or both.")
        else:
            kept[pk] = label
    return kept, wrong


def _label(word: str, number: str, place: int) -> str | None:
    if word and word not in WORDS:
        return None
    if number and not (number.isascii() and number.isdecimal() and len(number) < 3 and int(number)):
        return None
    shown = str(int(number)) if number else "" if word else str(place)
    return " ".join(part for part in (str(WORDS[word]) if word else "", shown) if part)
