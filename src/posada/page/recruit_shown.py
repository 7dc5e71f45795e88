"""Whom to recruit, on the page: for the office every line with its gain, for the public only what is safe.

A home for five siblings who speak Mam would point to them. So the shared page names a home or counsel only
by place and language, only where it is wanted for 11 children or more, and gives no number at all.
Comes in: gains of `posada.placement.recruit`. Goes out: a `Listing`, or sentences.
Docs: docs/how-to/whom-to-recruit.md. Tests: tests/page/test_recruit_shown.py.
"""

from collections.abc import Sequence

from posada.page.detail import Listing, Page
from posada.page.disclosure import THRESHOLD
from posada.page.places import county_name, state_of
from posada.page.wording import Wording
from posada.placement.explain_words import words_in
from posada.placement.recruit import Gain
from posada.records import Program

COLUMNS = ("who", "place", "speaks", "room", "gain")


def appeals(gains: Sequence[Gain], program: Program, words: Wording) -> tuple[str, ...]:
    """Sentences for the public, each once; empty where every one of them would be about few children."""
    found = []
    for gain in gains:
        if gain.wanted.reach < THRESHOLD:
            continue
        key = f"recruit.{gain.wanted.kind}" + ("" if gain.wanted.languages else "_any")
        found.append(words(key, place=_place(gain, program), languages=_languages(gain, words)))
    return tuple(dict.fromkeys(found))


def office_list(gains: Sequence[Gain], program: Program, words: Wording) -> tuple[Listing, ...]:
    """The list for the office, if there is anything on it."""
    rows = tuple(
        (
            words(f"recruit.who_{gain.wanted.kind}"),
            _place(gain, program),
            _languages(gain, words) or words("recruit.any_language"),
            _room(gain, words),
            words(f"recruit.gain_{gain.level}", n=gain.children),
        )
        for gain in gains
    )
    if not rows:
        return ()
    return (Listing("recruit", COLUMNS, (Page(1, len(rows), rows),), len(rows)),)


def _place(gain: Gain, program: Program) -> str:
    place = gain.wanted.place
    if gain.wanted.kind == "home":
        name, state = county_name(place), state_of(place)
        return f"{name}, {state}" if state and state != program.state else name
    return next((c.name or c.city or place for c in program.courts if c.court_code == place), place)


def _languages(gain: Gain, words: Wording) -> str:
    names = words_in(words.language)
    return ", ".join(names.get(f"languages.{code}", code) for code in gain.wanted.languages)


def _room(gain: Gain, words: Wording) -> str:
    wanted = gain.wanted
    if wanted.kind != "home":
        return words("recruit.slots", n=wanted.slots or 0)
    parts = [words("recruit.beds", n=wanted.beds or 0)]
    if (wanted.max_siblings or 0) > 1:
        parts.append(words("recruit.siblings", n=wanted.max_siblings or 0))
    if wanted.needs:
        parts.append(words("recruit.needs", needs=", ".join(wanted.needs)))
    return " · ".join(parts)
