"""What a home reads of an offer, and why a group may not go to a home, in plain words.

An offer tells ages, sexes, languages, needs and length. It has no name, no picture, no story, no country, and not
who else was asked. Docs: docs/explanation/offers-and-placements.md.
Tests: tests/office/placement/test_offer_words.py.
"""

from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from posada.office.day import today
from posada.office.intake.models import Child
from posada.office.licensing.models import Home
from posada.office.placement.models import Offer
from posada.office.placement.offer_checks import (
    ADDRESS,
    EXCEPTION,
    NOBODY_WAITS,
    NOT_OPEN,
    ROOM,
    UNRELATED,
    Fault,
    waiting_children,
)
from posada.office.shown_names import day_words
from posada.placement.explain_words import rule_words, words_in
from posada.records.people import age_on


@dataclass(frozen=True, slots=True)
class Told:
    """An offer as its home reads it. `children`: "girl of 5"; `languages`, `needs`: words."""

    question: str
    children: list[str]
    languages: list[str]
    needs: list[str]
    length: str
    has_counsel: bool
    expires_at: Any


def spoken() -> str:
    """The language that explanations are in: English or Spanish."""
    return "es" if (get_language() or "en").startswith("es") else "en"


def told_of(offer: Offer) -> Told:
    """The offer in words of the active language; the same for everybody who may answer it."""
    children = waiting_children(offer.group)
    codes = list(dict.fromkeys(code for child in children for code in child.languages))
    words = words_in(spoken())
    return Told(
        question=_question(children),
        children=[_child(each) for each in children],
        languages=[words.get(f"languages.{code}", code) for code in codes],
        needs=[_need(code) for code in sorted({need for child in children for need in child.needs})],
        length=_length(offer.length_days),
        has_counsel=offer.counsel_id is not None,
        expires_at=offer.expires_at,
    )


def _question(children: list[Child]) -> str:
    count = len(children)
    if count == 1:
        girl = children[0].sex == "F"
        return _("Can you take in a girl?") if girl else _("Can you take in a child?")
    return ngettext("Can you take in %(count)d sibling?", "Can you take in %(count)d siblings?", count) % {
        "count": count
    }


def _child(child: Child) -> str:
    age = age_on(child.birth_date, today())
    texts = {"F": _("a girl of %(age)d"), "M": _("a boy of %(age)d")}
    if age < 1:
        return {"F": _("a baby girl"), "M": _("a baby boy")}.get(child.sex, _("a baby"))
    return texts.get(child.sex, _("a child of %(age)d")) % {"age": age}


def _need(code: str) -> str:
    known = {
        "asthma": _("care with asthma"),
        "hearing": _("a home where people know how to talk with a child who hears little"),
        "learning": _("help with learning"),
        "medical": _("medical care at home"),
        "pregnancy": _("care in a pregnancy"),
        "therapy": _("visits to a counselor"),
        "wheelchair": _("a home that a wheelchair can move in"),
    }
    return known.get(code) or code.replace("_", " ")


def _length(days: int | None) -> str:
    if not days:
        return _("How long is not known yet.")
    if days < 60:
        return ngettext("About %(count)d day.", "About %(count)d days.", days) % {"count": days}
    months = round(days / 30)
    return ngettext("About %(count)d month.", "About %(count)d months.", months) % {"count": months}


def fault_sentence(fault: Fault, home: Home) -> str:
    """Why a group may not go to a home, for a worker: a whole sentence with the day where there is one."""
    when = day_words(fault.day) if fault.day else _("a day that is not known")
    texts = {
        "license": _("The license of the home runs until %(day)s, which is too short."),
        "checks": _("The safety checks of the home were clear until %(day)s."),
        NOT_OPEN: _("The home is not open."),
        ADDRESS: _(
            "The address of the home is not complete: street, place, ZIP code, and the unit in a large building."
        ),
        EXCEPTION: _(
            "More children than the ordinary number would live there, and no approved license exception stands."
        ),
        UNRELATED: _(
            "Too many children who are no kin would come to one place, counting every home on file that shares"
            " its address, phone, e-mail or people. A licensing worker asks for an exception, another approves it."
        ),
        NOBODY_WAITS: _("Nobody of this group waits for a home."),
    }
    text = texts.get(fault.code)
    if text:
        return text % {"day": when}
    return _("It can’t be: %(rule)s.") % {"rule": rule_words(fault.code, language=spoken())}


def fault_for_home(fault: Fault, home: Home) -> str:
    """The same for the home that wanted to accept, in plain words and without anything about others."""
    when = formats.date_format(fault.day, "j M Y") if fault.day else _("a day that is not known")
    if fault.code in ROOM or fault.code == EXCEPTION:
        return _("Thank you. This time it is no longer needed: the bed was given in the meantime.")
    if fault.code == "license":
        return _("Thank you. It can’t be this time: the license of your home runs until %(day)s.") % {
            "day": when
        }
    if fault.code == "checks":
        return _("Thank you. It can’t be this time: a safety check of your home ended on %(day)s.") % {
            "day": when
        }
    if fault.code in (NOBODY_WAITS, "sibling_already_placed"):
        return _("Thank you. This time it is no longer needed: they have a home.")
    return _("Thank you. It can’t be this time. We will call you and tell you why.")
