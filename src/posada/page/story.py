"""What the page says: each sentence and each row, chosen and worded. The template only lays them out.

Comes in: counts, what of them may be shown, and the words. Goes out: `Story`. It holds no id of a group,
child, home or counsel; those come only through detail.py, for a page that stays in the office.
"""

from dataclasses import dataclass

from posada.page.counts import NO_COURT, Counts
from posada.page.county_map import CountyMap, county_map
from posada.page.level_lines import LevelLine, level_lines
from posada.page.places import counties, county_name, state_of
from posada.page.shown import Shown, is_printed
from posada.page.wording import Wording
from posada.records import Program

FIRST_ROWS = 25  # a longer list is folded after so many


@dataclass(frozen=True, slots=True)
class Reason:
    """One row of "what stands in the way". `children` is already text."""

    why: str
    children: str
    groups: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Lack:
    """A section on what is wrong; `reasons` is empty where nothing is."""

    title: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A name and the numbers beside it, as text."""

    name: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The page's content, in reading order."""

    headline: str
    waiting: Lack
    alone: Lack
    levels: tuple[LevelLine, ...]
    cost_note: str
    map: CountyMap | None
    map_label: str
    county_rows: tuple[Row, ...]
    county_empty: str
    court_rows: tuple[Row, ...]
    something_hidden: bool


def tell(counts: Counts, shown: Shown, *, program: Program, words: Wording) -> Story:
    """Put a plan into words."""
    state = program.state if program.state else _only_state(counts)
    visible = {
        name.partition(":")[2]: n
        for name, n in shown.figures.items()
        if name.startswith("county:") and n is not None
    }
    drawn = county_map(visible, state=state, exact=shown.exact)
    place = words(f"states.{state}") if words.has(f"states.{state}") else words("county.nation")
    nothing = words("county.nothing") if counts.placed else words("county.nobody")
    return Story(
        headline=headline(shown, words),
        waiting=_waiting(counts, shown, words),
        alone=_alone(counts, shown, words),
        levels=level_lines(counts, shown, words),
        cost_note=_cost_note(shown, words),
        map=drawn,
        map_label=words("county.map", place=place),
        county_rows=_county_rows(visible, shown, words, state=state),
        county_empty="" if visible else nothing,
        court_rows=_court_rows(counts, shown, words, program=program),
        something_hidden=any(n is None for name, n in shown.figures.items() if is_printed(name)),
    )


def headline(shown: Shown, words: Wording) -> str:
    """The sentence with the number: how many of the plan's children have a home."""
    total, placed, waiting = (shown[n] for n in ("all_children", "children_placed", "all_waiting"))
    few_placed, few_wait = "children_placed" in shown.few, "all_waiting" in shown.few
    if total == 0:
        return words("headline.nobody")
    if waiting == 0:
        key = "all_one" if total == 1 else "all" if total is not None else "all_few"
        return words(f"headline.{key}", all=total)
    if placed == 0:
        return words("headline.none", all=total) if total is not None else words("headline.none_few")
    if placed is not None and total is not None:
        return words("headline.some_one" if placed == 1 else "headline.some", placed=placed, all=total)
    if placed is not None:
        return words("headline.some_few_wait" if few_wait else "headline.some_rest", placed=placed)
    if waiting is not None and few_placed:
        return words("headline.few_have", waiting=waiting)
    return words("headline.few_few")


def _title(key: str, figure: str, shown: Shown, words: Wording) -> str:
    """The heading of what is wrong, with its number where that may be shown."""
    n = shown[figure]
    if n is None:
        return words(f"{key}.title_few" if figure in shown.few else f"{key}.title_rest")
    return words(f"{key}.title_one" if n == 1 else f"{key}.title", n=n)


def _reasons(
    key: str, children: dict[str, int], groups: dict[str, int], shown: Shown, words: Wording
) -> tuple[Reason, ...]:
    """The rows of what is wrong, the most children first where that may be told, else by name."""
    order = sorted(children, key=lambda code: (-(shown[f"{key}:{code}"] or 0), code))
    return tuple(
        Reason(
            why=words(f"{key}.why.{code if words.has(f'{key}.why.{code}') else 'other'}"),
            children=_text(shown[f"{key}:{code}"], words),
            groups=words.number(groups[code]) if shown.exact else "",
            next_step=words(f"{key}.next.{code if words.has(f'{key}.next.{code}') else 'other'}"),
        )
        for code in order
    )


def _waiting(counts: Counts, shown: Shown, words: Wording) -> Lack:
    """Children without a home."""
    if not counts.waiting_by_reason:
        return Lack(words("waiting.none"), ())
    rows = _reasons("waiting", counts.waiting_by_reason, counts.waiting_groups_by_reason, shown, words)
    return Lack(_title("waiting", "all_waiting", shown, words), rows)


def _alone(counts: Counts, shown: Shown, words: Wording) -> Lack:
    """Children with a home but without counsel."""
    if not counts.without_counsel_by_reason:
        return Lack(words("alone.none" if counts.placed else "alone.none_few"), ())
    rows = _reasons(
        "alone", counts.without_counsel_by_reason, counts.without_counsel_groups_by_reason, shown, words
    )
    return Lack(_title("alone", "without_counsel", shown, words), rows)


def _cost_note(shown: Shown, words: Wording) -> str:
    """That some costs are not known and count as zero."""
    unknown = shown["cost_unknown"]
    if unknown == 0:
        return ""
    return words("cost.unknown_few") if unknown is None else words("cost.unknown", n=unknown)


def _county_rows(visible: dict[str, int], shown: Shown, words: Wording, *, state: str) -> tuple[Row, ...]:
    """Counties that may be shown, the most children first, and one row for all the others together."""
    order = sorted(visible, key=lambda fips: (-visible[fips], county_name(fips), fips))
    rows = [
        Row(
            county_name(fips) if state_of(fips) == state else f"{county_name(fips)}, {state_of(fips)}",
            (words.number(visible[fips]),),
        )
        for fips in order
    ]
    placed = shown["children_placed"]
    rest = 0 if placed is None else placed - sum(visible.values())
    if visible and rest > 0:
        rows.append(Row(words("county.rest"), (words.number(rest),)))
    return tuple(rows)


def _court_rows(counts: Counts, shown: Shown, words: Wording, *, program: Program) -> tuple[Row, ...]:
    """Courts with at least one figure that may be shown, by name."""
    named = {court.court_code: court for court in program.courts}
    rows = []
    for code in counts.by_court:
        pair = (shown[f"with_at:{code}"], shown[f"without_at:{code}"])
        if code == NO_COURT and not shown.exact:
            continue  # these children stand in the list of reasons
        if not shown.exact and not any(pair):
            continue
        court = named.get(code)
        place = (court.name or court.city) if court else ""
        name = f"{place} ({code})" if place else code or words("court.unknown")
        rows.append(Row(name, tuple(_text(n, words) for n in pair)))
    return tuple(sorted(rows, key=lambda row: row.name))


def _only_state(counts: Counts) -> str:
    """The state that all homes with newly placed children lie in, or empty."""
    states = {state_of(fips) for fips in counts.by_county if fips in counties()}
    return states.pop() if len(states) == 1 else ""


def _text(n: int | None, words: Wording) -> str:
    return words("page.not_shown") if n is None else words.number(n)
