"""What only the office's own page holds: the groups, children, homes and counsel by their ids."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from posada.page.places import county_name
from posada.page.wording import Wording
from posada.records import GroupPlan, Plan, Program, UnplacedGroup, UnrepresentedGroup

PAGE_ROWS = 25
MOST_GROUPS = 500  # of each list; the files hold the rest


@dataclass(frozen=True, slots=True)
class Page:
    """A fold of at most `PAGE_ROWS` rows; every cell is text."""

    first: int
    last: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of the office's page."""

    kind: str  # waiting, alone, placed or pins: the key of its words
    columns: tuple[str, ...]  # keys of the column names
    pages: tuple[Page, ...]
    total: int


def listings(plan: Plan, program: Program, words: Wording) -> tuple[Listing, ...]:
    """The office's lists: what is wrong first."""
    homes = {home.home_id: county_name(home.county_fips) for home in program.homes}
    waiting = [
        (g.sibling_group_id, words.number(g.children), *_why("waiting", g, words)) for g in plan.unplaced
    ]
    alone = [(g.sibling_group_id, g.court_code or "–", *_why("alone", g, words)) for g in plan.unrepresented]
    placed = (_placement(g, homes[g.home_id], words) for g in plan.groups[:MOST_GROUPS])
    pins = [(pin.group, pin.target, pin.rule) for pin in plan.refused_pins]
    columns = ("group", "children", "home", "counsel", "marks", "cost", "distance")
    made = (
        _listing("waiting", ("group", "children", "reason", "next"), waiting, len(waiting)),
        _listing("alone", ("group", "court", "reason", "next"), alone, len(alone)),
        _listing("pins", ("group", "target", "rule"), pins, len(pins)),
        _listing("placed", columns, list(placed), len(plan.groups)),
    )
    return tuple(listing for listing in made if listing.total)


def _why(key: str, group: UnplacedGroup | UnrepresentedGroup, words: Wording) -> tuple[str, str]:
    """Reason and next step: the plan's own in English, where it is more exact; else the page's words."""
    code, reason, next_step = group.reason_code, group.reason, group.next_step
    if words.language != "en" or not reason:
        known = code if words.has(f"{key}.why.{code}") else "other"
        reason, next_step = words(f"{key}.why.{known}"), words(f"{key}.next.{known}")
    return f"{code}: {reason}", next_step


def _placement(group: GroupPlan, county: str, words: Wording) -> tuple[str, ...]:
    """One group's row."""
    counsel = f"{group.counsel_id} ({group.court_code})" if group.counsel_id else words("page.none")
    return (
        group.sibling_group_id,
        ", ".join(group.children),
        f"{group.home_id}, {county}",
        counsel,
        " · ".join(_marks(group, words)),
        words.money(group.cost_cents_per_child_day * len(group.children)),
        words.kilometers(sum(group.distance_tenths_km)),
    )


def _marks(group: GroupPlan, words: Wording) -> Iterator[str]:
    """What is worth a second look, in words."""
    if group.kin:
        yield words("mark.kin")
    else:
        shared = all(group.children_sharing_language)
        yield words("mark.shares_language" if shared else "mark.no_shared_language")
    if any(group.interpreter_needed):
        yield words("mark.interpreter_needed")
    if group.venue_change_needed:
        yield words("mark.venue_change")
    if group.license_exception:
        yield words("mark.license_exception")


def _listing(kind: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], total: int) -> Listing:
    """Rows folded into pages, cut at `MOST_GROUPS`."""
    rows = rows[:MOST_GROUPS]
    pages = tuple(
        Page(at + 1, min(at + PAGE_ROWS, len(rows)), tuple(rows[at : at + PAGE_ROWS]))
        for at in range(0, len(rows), PAGE_ROWS)
    )
    return Listing(kind, columns, pages, total)
