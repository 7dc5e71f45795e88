"""Does a state come first per head? What the packaged tables say about it, and what they do not.

Comes in: the rows of `per_capita.py` and the dated reports of `claim_evidence`. Goes out: findings, and the
text of `posada report per-capita`. Nothing here says more than the tables carry: a rank among listed states
is called that, and an unverified count is called unverified. Tests: tests/ledger/test_claim.py.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from posada.ledger.per_capita import FISCAL_2014, PerCapitaRow, per_capita
from posada.reference.table import rows

NATION = 51
"""Fifty states and the District of Columbia."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a state stands in one period over one denominator."""

    period: str
    denominator: str | None
    state: PerCapitaRow
    rivals: tuple[PerCapitaRow, ...]  # the highest known rates of another jurisdiction, and of another state
    known: int  # jurisdictions with a rate, of 51
    confirmed: int  # ... whose count is verified

    @property
    def is_first_with_dc(self) -> bool | None:
        """None: the list is too short to rank, or has no count for the state."""
        return None if self.state.rank_incl_dc is None else self.state.rank_incl_dc == 1

    @property
    def is_first_of_states(self) -> bool | None:
        """None: the list is too short to rank, or has no count for the state."""
        return None if self.state.rank_states_only is None else self.state.rank_states_only == 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """A dated report that bears on the claim: `claim`, `supports`, `qualifies` or `context`."""

    date: str
    publisher: str
    bearing: str
    paraphrase: str


def findings(year: int, *, state: str = "MD") -> tuple[Finding, ...]:
    """One finding for each period and denominator of a year.

    Raises:
        YearNotCovered: no packaged table has the year.

    >>> [finding.is_first_of_states for finding in findings(2015)]
    [True]
    """
    found = []
    for (period, denominator), group in groupby(per_capita(year), key=lambda r: (r.period, r.denominator)):
        listed = list(group)
        known = [row for row in listed if row.per_100k is not None]
        others = [row for row in known if row.state != state]
        rivals = [*others[:1], *[row for row in others if row.state != "DC"][:1]]
        found.append(
            Finding(
                period=period,
                denominator=denominator,
                state=next(row for row in listed if row.state == state),
                rivals=tuple(dict.fromkeys(rivals)),
                known=len(known),
                confirmed=sum(row.verified == "yes" for row in known),
            )
        )
    return tuple(found)


def evidence() -> tuple[Evidence, ...]:
    """The dated reports about the claim, in the packaged order."""
    return tuple(
        Evidence(row["date"], row["publisher"], row["bearing"], row["paraphrase"])
        for row in rows("claim_evidence")
    )


def gaps(year: int) -> tuple[str, ...]:
    """What the packaged tables lack for a year, in plain sentences."""
    if year == 2014:
        return tuple(_gaps_2014())
    territories = "Puerto Rico and the Virgin Islands have counts but no population here, so no rate."
    if all(row.population is None for row in per_capita(year)):
        return (
            f"No population table for FY{year} ships with Posada: counts are given, rates and ranks are not.",
        )
    return (territories,)


def _gaps_2014() -> Iterator[str]:
    for period, group in groupby(per_capita(2014), key=lambda row: row.period):
        states = {row.state: row for row in group}
        missing = [state for state, row in states.items() if row.children is None]
        unverified = [s for s, row in states.items() if row.children is not None and row.verified != "yes"]
        words = []
        if missing:
            words.append(f"no count for {len(missing)} of {NATION}")
        if unverified:
            words.append(f"counts not verified: {len(unverified)}")
        if words:
            yield f"{period}: {', '.join(words)}."
    listed = [row for row in per_capita(2014) if row.period == "2014-01-01..2014-07-07"]
    total = next(
        int(row["children_released"])
        for row in rows("orr_releases_by_state_2014_to_date")
        if row["state"] == "US" and row["period_end"] == "2014-07-07"
    )
    one_list = {row.state: row.children or 0 for row in listed}
    extra = sum(one_list.values()) - total
    if extra:
        yield (
            f"2014-01-01..2014-07-07: the {len(one_list)} counts sum to {sum(one_list.values()):,}, "
            f"{extra:,} more than the published total of {total:,}; some recalled ones must be wrong."
        )


def growth_needed(period: str, *, state: str = "MD") -> tuple[str, float] | None:
    """The unlisted state that came nearest, and by how much its count of 7 July would have had to grow.

    For the lists of 2014 that name some states only: an unlisted state passes `state` only if its count of
    7 July grew by at least this factor by the end of the period. None where nothing is missing or known.
    """
    whole = [row for row in per_capita(2014) if row.period == "2014-01-01..2014-07-07"]
    july = {row.state: row.children for row in whole}
    factors = []
    for row in per_capita(2014):
        if row.period != period or row.children is not None or not july.get(row.state) or not row.population:
            continue
        ours = next(
            r for r in per_capita(2014)
            if (r.period, r.denominator, r.state) == (period, row.denominator, state)
        )  # fmt: skip
        if ours.per_100k is not None:
            needed = ours.per_100k * row.population / 100_000
            factors.append((needed / (july[row.state] or 1), row.state))
    if not factors:
        return None
    factor, nearest = min(factors)
    return nearest, factor


def report_text(year: int, *, state: str = "MD") -> str:
    """The report of a year, as plain text.

    Raises:
        YearNotCovered: no packaged table has the year.
    """
    lines = [f"Children released to sponsors per 100,000 residents, {year}: where {state} stands", ""]
    lines += [*_summary(findings(year, state=state), state=state), ""]
    for period, group in groupby(findings(year, state=state), key=lambda finding: finding.period):
        lines += [period, *(f"  {_sentence(finding)}" for finding in group)]
        lines += [f"  {words}" for words in _caution(period, state=state)]
        lines.append("")
    lines += ["Not known", *(f"  {gap}" for gap in gaps(year)), ""]
    if year == 2014 and state == "MD":
        lines += ["Reports of the time", *(_evidence_line(one) for one in evidence()), ""]
        lines.append("A release to a sponsor is an act of the federal government, mostly to family;")
        lines.append("it is not a count of foster homes that a state opened.")
    return "\n".join(lines).rstrip() + "\n"


def _summary(found: Sequence[Finding], *, state: str) -> Iterator[str]:
    """The answer first: how many ranked lists, in how many the state comes first, and how sure they are."""
    ranked = [finding for finding in found if finding.is_first_with_dc is not None]
    if not ranked:
        yield f"No list of this period can rank {state}."
        return
    first, with_dc = (
        sum(bool(getattr(finding, name)) for finding in ranked)
        for name in ("is_first_of_states", "is_first_with_dc")
    )
    yield (
        f"{state} comes first of the states in {first} of {len(ranked)} comparisons that have enough counts, "
        f"and in {with_dc} with the District of Columbia."
    )
    for name in dict.fromkeys(finding.period for finding in ranked):
        one = next(finding for finding in ranked if finding.period == name)
        yield f"  {name}: {one.known} of {NATION} have a count, {one.confirmed} of them verified."


def _sentence(finding: Finding) -> str:
    row = finding.state
    if row.children is None:
        return f"over {finding.denominator}: no count for {row.state}."
    if row.per_100k is None:
        return f"{row.state}: {row.children:,} children; no population table, so no rate and no rank."
    start = f"over {finding.denominator}: {row.state} {row.per_100k:.2f}"
    start += f" ({row.children:,} children, {_word(row)})"
    if row.rank_incl_dc is None:
        return f"{start}; only {finding.known} of {NATION} have a count, too few to rank."
    among = "of all" if finding.known == NATION else f"among the {finding.known} listed of {NATION}"
    with_dc = f"{_ordinal(row.rank_incl_dc)} with the District of Columbia"
    without = f"{_ordinal(row.rank_states_only or 0)} of the states alone"
    return f"{start}; {among}: {with_dc}, {without}{_rivals(finding)}."


def _rivals(finding: Finding) -> str:
    return "".join(f"; {row.state} {row.per_100k:.2f} ({_word(row)})" for row in finding.rivals)


def _caution(period: str, *, state: str) -> Iterator[str]:
    nearest = growth_needed(period, state=state) if period.startswith("2014") else None
    listed = [row for row in per_capita(2014) if row.period == period and row.rank_incl_dc is not None]
    if nearest and listed:
        yield (
            f"An unlisted state could pass {state} only if its count of 7 July grew {nearest[1]:.1f} times "
            f"or more by the end of the period ({nearest[0]} needs the least growth)."
        )
    if period == FISCAL_2014:
        yield "Every count of this list is recalled, none was found in a stored copy: not evidence by itself."


def _word(row: PerCapitaRow) -> str:
    return {"yes": "verified", "no": "not verified"}.get(row.verified or "no", row.verified or "")


def _ordinal(rank: int) -> str:
    if rank % 100 in (11, 12, 13):
        return f"{rank}th"
    return f"{rank}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th') }"


def _evidence_line(one: Evidence) -> str:
    return f"  {one.bearing}: {one.date}, {one.publisher}: {one.paraphrase}"
