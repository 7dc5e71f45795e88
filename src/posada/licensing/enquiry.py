"""An offer to open a home, from the first call to an open home or a coded ending.

Comes in: nothing. Goes out: `Stage`, the lawful steps between stages, coded endings, and `Enquiry`.
Docs: docs/reference/checks.md. Tests: tests/licensing/test_enquiry.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Stage(StrEnum):
    """How far an enquiry has come."""

    ENQUIRY = "enquiry"
    TRIAGE = "triage"
    APPLICATION = "application"
    CHECKS = "checks"
    HOME_STUDY = "home_study"
    DECISION = "decision"
    OPEN = "open"
    ON_HOLD = "on_hold"
    CLOSED = "closed"


PATH = (
    *(Stage.ENQUIRY, Stage.TRIAGE, Stage.APPLICATION, Stage.CHECKS),
    *(Stage.HOME_STUDY, Stage.DECISION, Stage.OPEN),
)
"""The stages in the order in which a home comes to be open."""


class Ending(StrEnum):
    """Why an enquiry ended: every ending has one of these, so that they can be counted."""

    WITHDREW_NO_REASON = "withdrew_no_reason"
    WITHDREW_WAITED_TOO_LONG = "withdrew_waited_too_long"
    WITHDREW_REQUIREMENTS = "withdrew_requirements"
    LIFE_CHANGED = "life_changed"
    MOVED_AWAY = "moved_away"
    NOT_REACHED = "not_reached"
    CHOSE_OTHER_PROGRAM = "chose_other_program"
    NO_ROOM = "no_room"
    CHECK_REFUSED = "check_refused"
    HOME_NOT_SAFE = "home_not_safe"
    STUDY_NOT_APPROVED = "study_not_approved"
    KIN_CHILD_ELSEWHERE = "kin_child_elsewhere"
    NOT_NEEDED_HERE = "not_needed_here"
    LICENSE_ENDED = "license_ended"
    DUPLICATE = "duplicate"
    ENTERED_BY_MISTAKE = "entered_by_mistake"


class StageNotReachable(ValueError):  # noqa: N818
    """An enquiry cannot go from one stage to the other. `may_go_to`: where it can go instead."""

    def __init__(self, stage: Stage, to: Stage) -> None:
        self.stage, self.to, self.may_go_to = stage, to, NEXT[stage]
        listed = ", ".join(self.may_go_to)
        super().__init__(f"An enquiry at {stage} cannot go to {to}; it can go to {listed}.")


class EndingNeedsReason(ValueError):  # noqa: N818
    """An enquiry is closed only with one of the coded reasons of `Ending`."""

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(f"Closing needs a reason from the list; found {found!r}.")


def _next() -> dict[Stage, tuple[Stage, ...]]:
    found: dict[Stage, tuple[Stage, ...]] = {}
    for at, stage in enumerate(PATH):
        forward = PATH[at + 1 : at + 2]
        # A study or decision may find that an earlier step has to be done again; an open home is not undone so.
        back = PATH[1:at] if stage is not Stage.OPEN else ()
        found[stage] = (*forward, *back, Stage.ON_HOLD, Stage.CLOSED)
    # A home on hold opens again only past the same decision as any other.
    found[Stage.ON_HOLD] = (*PATH, Stage.CLOSED)
    found[Stage.CLOSED] = (Stage.TRIAGE,)
    return found


NEXT: Mapping[Stage, tuple[Stage, ...]] = MappingProxyType(_next())
"""Stage -> where it may go. A closed enquiry may be taken up again, at triage."""


@dataclass(frozen=True, slots=True)
class Enquiry:
    """Somebody offered to open a home. No name, number or address: those are sealed in the office."""

    enquiry_id: str
    kind: str  # kin, foster or group
    county_fips: str
    received_on: date
    languages: tuple[str, ...] = ()  # ISO 639-3, best first
    beds_offered: int = 1
    max_siblings: int | None = None  # None: no limit said
    source: str = ""  # how they came to call
    has_owner: bool = False
    stage: Stage = Stage.ENQUIRY


def may_move(stage: Stage, *, to: Stage) -> bool:
    """Whether an enquiry at `stage` may go to `to`. Opening also needs `study.obstacles` to be empty."""
    return to in NEXT[stage]


def check_move(stage: Stage, *, to: Stage, ending: str = "") -> None:
    """Refuse an unlawful step. Raises StageNotReachable; EndingNeedsReason where it closes without a code."""
    if not may_move(stage, to=to):
        raise StageNotReachable(stage, to)
    if to is Stage.CLOSED and ending not in {each.value for each in Ending}:
        raise EndingNeedsReason(ending)
