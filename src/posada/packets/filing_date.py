"""Whether a packet is filed in time for its hearing: the docket's rules, with citation and standing.

Comes in: where it is filed, when, for which hearing. Goes out: `Timeliness`. Information for counsel.
Rules: eoir.individual_filing, eoir.master_filing. Docs: docs/reference/packet-folder.md.
Tests: tests/packets/test_check.py.
"""

from dataclasses import dataclass
from datetime import date

from posada.docket.answer import answer
from posada.docket.calendar import CalendarGap
from posada.docket.counting import OutOfCalendar
from posada.packets.packet import Forum, HearingKind
from posada.packets.wording import HEARINGS, day_words
from posada.rulebook import RuleGap
from posada.rulebook.legal_files import load_legal_rules

_RULES = {HearingKind.INDIVIDUAL: "eoir.individual_filing", HearingKind.MASTER: "eoir.master_filing"}


@dataclass(frozen=True, slots=True)
class Timeliness:
    """True: in time; False: late; None: a person must look. `citation` may be empty."""

    in_time: bool | None
    message: str
    citation: str


def timeliness(
    *,
    forum: Forum,
    detained: bool | None,
    filing_date: date | None,
    hearing: tuple[HearingKind, date] | None,
) -> Timeliness:
    """Compare the filing date with the last day that the rules leave before the hearing."""
    if forum is not Forum.IMMIGRATION_COURT:
        return Timeliness(None, "no rule here counts this forum's days; look them up", "")
    if hearing is None or filing_date is None:
        return Timeliness(
            None, "no hearing is named, so no last day of filing can be counted", "8 CFR 1003.31"
        )
    kind, day = hearing
    if filing_date > day:
        return Timeliness(False, f"it is filed after the hearing of {day_words(day)}", "8 CFR 1003.31")
    if detained:
        reason = "in a detained case the court itself sets the last day of filing; look at its order"
        return Timeliness(None, reason, "EOIR Policy Manual, Part II, ch. 3.1(b)")
    rule = load_legal_rules().rule(_RULES[kind])
    citation = "; ".join(rule.authority)
    try:
        found = answer(rule, trigger_date=day, as_of=filing_date)
    except (RuleGap, CalendarGap, OutOfCalendar):
        return Timeliness(None, f"no checked rule covers a hearing on {day_words(day)}", citation)
    if found.day is None or found.version is None:
        return Timeliness(None, "the rule sets no last day", citation)
    doubt = "" if found.status == "in_force" else f"; the rule's standing is {found.status}"
    limit = f"{HEARINGS[kind].lower()} on {day_words(day)}: file by {day_words(found.day)}{doubt}"
    if filing_date > found.day:
        late = (
            f"filed on {day_words(filing_date)}, late for the {limit}; move to have it accepted, and say why"
        )
        return Timeliness(False, late, citation)
    return Timeliness(True, f"filed on {day_words(filing_date)}, in time for the {limit}", citation)
