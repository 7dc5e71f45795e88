"""What the reader of files wanted, in the language of the page: its sentences stay the same in every file and log.

Comes in: a sentence of the reader. Goes out: the same in the page's language; one that is not known, as it is.
Tests: tests/office/intake/test_wanted_words.py.
"""

import re
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SENTENCES = (
    # Translators: each is what was wanted in a cell; it follows "Wanted:".
    gettext_noop("a value: this cell must not be empty"),
    gettext_noop("a value: the whole row is empty"),
    gettext_noop("a date that exists, written YYYY-MM-DD"),
    gettext_noop("a date that exists, written YYYY-MM-DD; this looks like a spreadsheet's day number"),
    gettext_noop("a birth date of a child under %(age)s on the plan date, %(day)s"),
    gettext_noop("a birth date on or before the plan date, %(day)s"),
    gettext_noop("a whole number from 0 to %(most)s, in plain digits"),
    gettext_noop("a whole number from 0 to %(most)s, in plain digits; this one was changed by a spreadsheet"),
    gettext_noop("a five-digit county FIPS code of the packaged table"),
    gettext_noop(
        "a five-digit county FIPS code of the packaged table; this one was changed by a spreadsheet"
    ),
    gettext_noop(
        "a five-digit county FIPS code of the packaged table; the leading zero was lost, "
        "changed by a spreadsheet: %(code)s?"
    ),
    gettext_noop("text on one line; a line break here comes from a stray quote"),
    gettext_noop("text on one line, without control characters"),
    gettext_noop("a list separated by semicolons, without empty entries"),
    gettext_noop("the id as it was issued: this number was changed by a spreadsheet"),
    gettext_noop("ISO 639-3 language codes in lower case, such as spa or mam"),
    gettext_noop("ISO 639-3 language codes in lower case, such as spa or mam; %(code)s?"),
    gettext_noop("an ISO 639-3 language code in lower case, such as spa or mam"),
    gettext_noop("an ISO 3166-1 alpha-3 country code in capitals"),
    gettext_noop("one of %(choices)s"),
    gettext_noop("exactly one of %(columns)s"),
    gettext_noop("another group: a group cannot be separated from itself"),
    gettext_noop("an id that no other row has; rows %(rows)s have this one"),
    gettext_noop("one court for each county; rows %(rows)s have this one"),
    gettext_noop("one row for each group and home; rows %(rows)s say it"),
    gettext_noop("one placement without an end for each child; rows %(rows)s say it"),
    gettext_noop("the home where the child lives, %(home)s, or an end of that placement"),
    gettext_noop("a child that %(file)s has, and that was accepted"),
    gettext_noop("a home that %(file)s has, and that was accepted"),
    gettext_noop("a child that %(file)s has"),
    gettext_noop("a group that %(file)s has"),
    gettext_noop("a home that %(file)s has"),
    gettext_noop("a counsel that %(file)s has"),
    gettext_noop("a court that %(file)s has"),
    gettext_noop("a %(noun)s that was accepted: the rows of this one in %(file)s were refused"),
    gettext_noop("quotes in pairs around a cell, doubled inside it"),
    gettext_noop("%(n)s cells, as in the header; a cell with a comma needs quotes around it"),
    gettext_noop("at most %(n)s characters"),
    gettext_noop("at most %(n)s characters in a cell"),
    gettext_noop("text without NUL characters"),
    gettext_noop(
        "UTF-8 text; this looks like Windows-1252 or Latin-1: save it as 'CSV UTF-8 (comma delimited)'"
    ),
)


def wanted_words(text: str) -> str:
    """The sentence in the language of the page."""
    for pattern, sentence in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return _(sentence) % found.groupdict() if found.groupdict() else _(sentence)
    return text


@lru_cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+?)", re.escape(sentence))), sentence)
        for sentence in SENTENCES
    )
