"""What a day of care costs, from which day on, by whom it is paid, and where that was read.

Comes in: `rates.toml` and the packaged table `costs`; an office adds its own dated rates. Goes out: the rate in force
on a day, or the reason why there is none: a missing rate is a named gap, never a zero. Where a source gives a range,
the ledger takes its upper end, so that care never looks cheaper than it was.
Docs: docs/explanation/what-it-costs.md. Tests: tests/ledger/test_rates.py.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from posada.reference.table import rows

KIN, FOSTER, GROUP = "kin", "foster", "group"
SHELTER, INFLUX, COUNSEL_HOUR = "shelter", "influx_shelter", "counsel_hour"
KINDS = (KIN, FOSTER, GROUP, SHELTER, INFLUX, COUNSEL_HOUR)
HOMES = (KIN, FOSTER, GROUP)
PAYERS = ("state", "federal", "family", "donated")
DONATED = "donated"
"""The payer of what is given: it has a value, and no money flows."""
_MONTHS, _DAYS = 12, 365


@dataclass(frozen=True, slots=True)
class Rate:
    """Whole cents for a day of care (for counsel: an hour), in force from `since` until the next one.

    `low_cents`: the lower end where the source gives a range. `verified`: yes, single-copy, no, or office.
    """

    kind: str
    since: date
    cents: int
    payer: str
    source: str
    verified: str
    low_cents: int


@dataclass(frozen=True, slots=True)
class NoRate:
    """There is no rate of a kind on a day, and why."""

    kind: str
    payer: str
    reason: str


@dataclass(frozen=True, slots=True)
class RateTable:
    """Every dated rate. Of two with the same kind and day, the one listed later holds."""

    rates: tuple[Rate, ...]

    def on(self, kind: str, day: date) -> Rate | NoRate:
        """The rate of a kind on a day.

        Raises:
            KeyError: no such kind.

        >>> shipped_rates().on("foster", date(2014, 7, 1)).cents
        2795
        """
        told = _described()[kind]
        standing = [rate for rate in self.rates if rate.kind == kind and rate.since <= day]
        if standing:
            return max(enumerate(standing), key=lambda pair: (pair[1].since, pair[0]))[1]
        later = [rate.since for rate in self.rates if rate.kind == kind]
        reason = f"the earliest rate found is of {min(later).year}" if later else str(told["gap"])
        return NoRate(kind, str(told["payer"]), reason)

    def with_rates(self, more: Iterable[Rate]) -> "RateTable":
        """The table with further rates, which hold over those of the same kind and day."""
        return RateTable((*self.rates, *more))

    def changes(self, kind: str) -> tuple[date, ...]:
        """The days on which the rate of a kind changes, in order."""
        return tuple(sorted({rate.since for rate in self.rates if rate.kind == kind}))


@lru_cache
def shipped_rates() -> RateTable:
    """The rates that ship with Posada; a rate of a year holds from its first day."""
    kinds = {str(told["item"]): kind for kind, told in _described().items() if "item" in told}
    found = []
    for row in rows("costs"):
        kind = kinds.get(row["item"])
        if kind is None:
            continue
        told = _described()[kind]
        ends = [int(row[name]) * 100 for name in ("low", "high") if row[name]]
        low, high = (_per_day(cents, per=str(told["per"])) for cents in (min(ends), max(ends)))
        found.append(
            Rate(
                kind,
                since=date(int(row["year"]), 1, 1),
                cents=high,
                payer=str(told["payer"]),
                source=f"{row['source']} ({row['year']})",
                verified=row["verified"],
                low_cents=low,
            )
        )
    return RateTable(tuple(found))


def payer_of(kind: str) -> tuple[str, str]:
    """Who pays for a kind where no rate says otherwise, and on what grounds."""
    told = _described()[kind]
    return str(told["payer"]), str(told["payer_source"])


def _per_day(cents: int, *, per: str) -> int:
    """Cents a day; a month is a twelfth of 365 days, rounded half up."""
    if per != "month":
        return cents
    return (cents * _MONTHS * 2 + _DAYS) // (_DAYS * 2)


@lru_cache
def _described() -> Mapping[str, Mapping[str, Any]]:
    text = resources.files("posada.ledger").joinpath("rates.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
