"""The counts of a plan as a page may show them: exact inside, with small ones hidden outside.

Comes in: `Counts`. Goes out: `Shown`, in which a figure that may not be shown is None. A figure has a name,
such as "children_placed", "county:24031" or "waiting:no_room".
"""

from dataclasses import dataclass

from posada.ledger.figures import hide_small
from posada.page.counts import NO_COURT, Counts
from posada.page.disclosure import Tie, hidden_figures, is_small

# How much the page needs a figure. One that is not named here is never printed, and is hidden first.
_KEEP = {
    "without_at": 1,
    "with_at": 2,
    "county": 3,
    "cost_unknown": 3,
    "alone": 4,
    "waiting": 5,
    "counsel_sharing_language": 6,
    "children_sharing_language": 7,
    "children_with_kin": 8,
    "without_counsel": 9,
    "children_represented": 9,
    "all_children": 10,
    "all_waiting": 11,
    "children_placed": 12,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Figures by name. `few` are those of 1 to 10, of which a page may say "fewer than 11"."""

    figures: dict[str, int | None]
    few: frozenset[str]
    money: bool  # whether what it costs may be shown: not where it is for fewer than 11 children
    distance: bool
    exact: bool

    def __getitem__(self, name: str) -> int | None:
        return self.figures[name]


class _Sums:
    """Figures, and the sums that tie them together."""

    def __init__(self) -> None:
        self.figures: dict[str, int] = {}
        self.ties: list[Tie] = []

    def add(self, whole: str, *parts: str) -> None:
        """Tie a whole to parts of it that are figures already; what is left over becomes a figure too."""
        left = self.figures[whole] - sum(self.figures[part] for part in parts)
        rest = f"rest {len(self.ties)}"
        self.figures[rest] = abs(left)
        if left >= 0:
            self.ties.append(Tie(whole, (*parts, rest)))
        else:  # the parts are more than the whole: then they are the whole of it and of the rest
            together = f"together {len(self.ties)}"
            self.figures[together] = self.figures[whole] + self.figures[rest]
            self.ties += [Tie(together, (whole, rest)), Tie(together, parts)]


def is_printed(name: str) -> bool:
    """Whether a figure is one that pages print, and not only a difference that must not come out."""
    return name.partition(":")[0] in _KEEP


def exactly(counts: Counts) -> Shown:
    """All figures, for a page that stays in the office."""
    figures: dict[str, int | None] = dict(_sums(counts).figures)
    return Shown(figures, few=frozenset(), money=True, distance=True, exact=True)


def for_the_public(counts: Counts) -> Shown:
    """The figures with the small ones hidden, and with them whatever would tell a small one."""
    sums, in_tables = _sums(counts), _hidden_in_tables(counts)
    hidden = in_tables | hidden_figures(
        sums.figures,
        ties=sums.ties,
        keep={name: _KEEP[name.partition(":")[0]] for name in sums.figures if is_printed(name)},
        already_hidden={name for name in in_tables if sums.figures[name] > 0},
    )
    return Shown(
        {name: None if name in hidden else figure for name, figure in sums.figures.items()},
        few=frozenset(name for name, figure in sums.figures.items() if is_small(figure)),
        # where every paid home costs the same, the sum tells how many are paid for, and how many are not
        money=not is_small(counts.paying) and not is_small(counts.placed - counts.paying),
        distance=not is_small(counts.moving),
        exact=False,
    )


def _sums(counts: Counts) -> _Sums:
    """Every figure of the page and every sum of them that a reader could form."""
    sums = _Sums()
    sums.figures |= {name: level.value for name, level in counts.levels.items() if level.sense == "max"}
    sums.figures |= {
        "all_children": counts.all_children,
        "all_waiting": counts.waiting,
        "children_placed": counts.placed,
        "children_represented": counts.placed - counts.without_counsel,
        "without_counsel": counts.without_counsel,
        "cost_unknown": counts.cost_unknown,
        **{f"waiting:{reason}": n for reason, n in counts.waiting_by_reason.items()},
        **{f"alone:{reason}": n for reason, n in counts.without_counsel_by_reason.items()},
        **{f"county:{fips}": n for fips, n in counts.by_county.items()},
        **{f"with_at:{court}": n.with_counsel for court, n in counts.by_court.items()},
        **{f"without_at:{court}": n.without_counsel for court, n in counts.by_court.items()},
    }
    names = list(sums.figures)
    sums.add("all_children", "children_placed", "all_waiting")
    sums.add("children_placed", "children_represented", "without_counsel")
    sums.add("children_placed", "cost_unknown")
    for part, whole in (
        ("children_with_kin", "children_sharing_language"),  # every child in a kin home counts as sharing
        ("children_with_kin", "children_placed"),
        ("children_sharing_language", "children_placed"),
        ("counsel_sharing_language", "children_represented"),
        ("counsel_sharing_language", "children_placed"),
    ):
        if part in sums.figures and whole in sums.figures:
            sums.add(whole, part)
    for whole, prefix in (
        ("all_waiting", "waiting:"),
        ("without_counsel", "alone:"),
        ("without_counsel", "without_at:"),
        ("children_represented", "with_at:"),
        ("children_placed", "county:"),
    ):
        sums.add(whole, *(name for name in names if name.startswith(prefix)))
    if f"without_at:{NO_COURT}" in sums.figures and "alone:no_court" in sums.figures:
        sums.add("alone:no_court", f"without_at:{NO_COURT}")
    for court in counts.by_court:
        _tie_court_to_its_counties(sums, counts, court)
    return sums


def _tie_court_to_its_counties(sums: _Sums, counts: Counts, court: str) -> None:
    """A reader who knows which counties a court has can set its children against theirs."""
    sums.figures[f"at {court}"] = sum(
        sums.figures[name] for name in (f"with_at:{court}", f"without_at:{court}")
    )
    sums.add(f"at {court}", f"with_at:{court}", f"without_at:{court}")
    homes = [
        f"county:{fips}" for fips in counts.by_county if counts.county_court.get(fips, NO_COURT) == court
    ]
    if homes:
        sums.add(f"at {court}", *homes)


def _hidden_in_tables(counts: Counts) -> set[str]:
    """Names that are hidden when each table of the page is looked at by itself."""
    hidden = set()
    for prefix, table in (
        ("waiting", counts.waiting_by_reason),
        ("alone", counts.without_counsel_by_reason),
        ("county", counts.by_county),
        # the page prints no sum of a court's row, so that each column is a list of its own
        ("with_at", {court: n.with_counsel for court, n in counts.by_court.items()}),
        ("without_at", {court: n.without_counsel for court, n in counts.by_court.items()}),
    ):
        if not any(table.values()):
            continue  # all of it is nobody, and its total of zero says so
        cells = hide_small(table, total_shown=True)
        hidden |= {f"{prefix}:{name}" for name, count in cells.items() if count is None}
    return hidden
