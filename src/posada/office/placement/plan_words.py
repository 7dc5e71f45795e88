"""What a plan says, in the words of the reader's language: reasons, next steps, rules, steps, failures, changes.

Comes in: codes. Goes out: sentences. The core's own words are used where it has them, in both languages.
Tests: tests/office/placement/test_plan_words.py.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from posada.office.licensing.models import Home
from posada.page.wording import Wording
from posada.placement.explain_words import words_in

NOT_OPEN, SILENT = "not_open", "silent"
_TOLD = re.compile(r"(\w+): (\d+) of (\d+) homes")
FAILURES: dict[str, Any] = {
    "unlawful": gettext_lazy(
        "The plan broke a rule when it was checked, so it was not kept. Please report this."
    ),
    "rules": gettext_lazy("The rules of the policy do not cover the day of the plan."),
    "worker_died": gettext_lazy("The program that solves plans was stopped twice over this one."),
    "worker_gone": gettext_lazy("The program that solves plans did not answer."),
    "unexpected": gettext_lazy(
        "Something went wrong that nobody has foreseen. Ask again, or call your administrator."
    ),
}
STEP_WORDS: dict[str, Any] = {
    "reading": gettext_lazy("Reading what the office holds"),
    "counting": gettext_lazy("Counting who waits, and what room there is"),
    "homes": gettext_lazy("Finding every lawful home"),
    "levels": gettext_lazy("Solving the seven lines, one after the other"),
    "reasons": gettext_lazy("Writing down who goes where, and why not"),
    "checking": gettext_lazy("Checking every rule once more"),
    "writing": gettext_lazy("Keeping the plan"),
}
MARK_WORDS: dict[str, Any] = {
    "kin": gettext_lazy("kin"),
    "no_language": gettext_lazy("no shared language"),
    "interpreter": gettext_lazy("interpreter needed"),
    "venue": gettext_lazy("venue change"),
    "exception": gettext_lazy("license exception"),
    "pinned": gettext_lazy("pinned"),
}
NEED_WORDS: dict[str, Any] = {
    "asthma": gettext_lazy("asthma"),
    "hearing": gettext_lazy("hears little"),
    "insulin": gettext_lazy("insulin"),
    "learning": gettext_lazy("help with learning"),
    "medical": gettext_lazy("medical care"),
    "pregnancy": gettext_lazy("pregnancy"),
    "therapy": gettext_lazy("counseling"),
    "wheelchair": gettext_lazy("wheelchair"),
}
RULES = (
    *("license", "checks", "capacity", "household", "under_two", "beds", "age", "sex", "willing", "needs"),
    *("kin_only", "separation", "forbidden", "pinned"),
)
"""The rules that a placed group's home keeps, in the order of docs/reference/rules.md."""


def language() -> str:
    """The language of the words: es or en."""
    return "es" if (get_language() or "en").startswith("es") else "en"


def wording() -> Wording:
    """The core's sentences and numbers in the reader's language."""
    return Wording(language())


def language_name(code: str) -> str:
    """A language in words; its code where nobody has named it."""
    return words_in(language()).get(f"languages.{code}", code)


def need_word(code: str) -> str:
    """A need of a child in a word; its code where nobody has named it."""
    return str(NEED_WORDS.get(code, code.replace("_", " ")))


def why_unplaced(code: str) -> str:
    """What stands in the way of a home."""
    return _core("waiting.why", code)


def why_unrepresented(code: str) -> str:
    """What stands in the way of counsel."""
    return _core("alone.why", code)


def next_for_counsel(code: str) -> str:
    """What to do about counsel."""
    return _core("alone.next", code)


def next_for_home(code: str, *, count: int, ages: Sequence[int], needs: Sequence[str]) -> str:
    """What to do about a home: whom exactly to look for, where that is the step."""
    if code not in ("no_lawful_home", "no_room") or not ages:
        return _core("waiting.next", code)
    low, high = min(ages), max(ages)
    told = {"count": count, "ages": str(low) if low == high else f"{low}–{high}"}
    step = (
        ngettext(
            "Find a home for %(count)d child, age %(ages)s.",
            "Find one home for %(count)d siblings together, ages %(ages)s.",
            count,
        )
        % told
    )
    able = (
        _("It must be able to meet: %(needs)s.") % {"needs": ", ".join(map(need_word, needs))}
        if needs
        else ""
    )
    return " ".join(filter(None, (step, able)))


def _core(table: str, code: str) -> str:
    words = wording()
    return words(f"{table}.{code if words.has(f'{table}.{code}') else 'other'}")


@dataclass(frozen=True, slots=True)
class Told:
    """A rule that refuses: its code, its words, and how many homes it refuses (None: not counted)."""

    code: str
    words: str
    homes: int | None = None
    of: int | None = None


def rule_words(code: str, home: Home | None = None) -> str:
    """What a rule that refuses means. A home that takes nobody now says so itself."""
    if code == "incomplete_separation" and home is not None and not home.held_reason:
        code = NOT_OPEN if home.state != Home.State.OPEN else SILENT
    if code == NOT_OPEN:
        return _("the home is not open")
    if code == SILENT:
        return _("the home let three offers pass without a word: call it first")
    return words_in(language()).get(f"rules.{code}", code)


def told_rules(codes: Sequence[str], home: Home | None = None) -> list[Told]:
    """Rules with their words, for one home."""
    return [Told(code, rule_words(code, home)) for code in codes]


def rules_in(reason: str) -> list[Told]:
    """The rules that a plan's own reason counts, most homes first."""
    return [
        Told(code, rule_words(code), int(homes), int(of))
        for code, homes, of in _TOLD.findall(reason)
        if f"rules.{code}" in words_in(language())
    ]


def changes_words(changes: dict[str, int]) -> str:
    """What changed since a plan was solved: "2 homes, 1 hearing"."""
    return ", ".join(_counted(kind, count) for kind, count in changes.items())


def _counted(kind: str, n: int) -> str:
    counted = {
        "children": ngettext("%(n)d child", "%(n)d children", n),
        "groups": ngettext("%(n)d sibling group", "%(n)d sibling groups", n),
        "kin": ngettext("%(n)d kin link", "%(n)d kin links", n),
        "hearings": ngettext("%(n)d hearing", "%(n)d hearings", n),
        "separations": ngettext("%(n)d separation", "%(n)d separations", n),
        "courts": ngettext("%(n)d court", "%(n)d courts", n),
        "imports": ngettext("%(n)d import", "%(n)d imports", n),
        "homes": ngettext("%(n)d home", "%(n)d homes", n),
        "checks": ngettext("%(n)d safety check", "%(n)d safety checks", n),
        "households": ngettext("%(n)d person in a household", "%(n)d people in households", n),
        "exceptions": ngettext("%(n)d license exception", "%(n)d license exceptions", n),
        "counsel": ngettext("%(n)d counsel", "%(n)d counsel", n),
        "engagements": ngettext("%(n)d engagement", "%(n)d engagements", n),
        "overrides": ngettext("%(n)d pin or ban", "%(n)d pins or bans", n),
        "offers": ngettext("%(n)d offer", "%(n)d offers", n),
        "placements": ngettext("%(n)d placement", "%(n)d placements", n),
    }
    return counted[kind] % {"n": n}
