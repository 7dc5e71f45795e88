"""In-absentia watch: who has a hearing soon and could miss it, or be alone at it. The director's first lines.

Comes in: hearings and what is known about counsel, transport and addresses. Goes out: `WatchLine`.
Docs: docs/explanation/how-deadlines-are-counted.md. Tests: tests/docket/test_watch.py.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from posada.docket.hearings import Hearing
from posada.docket.practice import Practice

NO_COUNSEL, NO_TRANSPORT, ADDRESS_NOT_FILED = "no_counsel", "no_transport", "address_not_filed"
NO_INTERPRETER, UNCONFIRMED = "no_interpreter", "unconfirmed"


@dataclass(frozen=True, slots=True)
class WatchLine:
    """One hearing that could be missed, and everything that is lacking."""

    hearing: Hearing
    lacks: tuple[str, ...]
    days_left: int  # calendar days


def in_absentia_watch(
    hearings: Iterable[Hearing],
    *,
    today: date,
    practice: Practice,
    represented: Collection[str],
    transport_confirmed: Collection[str],
    address_changed: Mapping[str, date],
    address_filed: Mapping[str, date],
) -> tuple[WatchLine, ...]:
    """Hearings from today through the watch's last day that lack something, the nearest first.

    `represented` holds case ids, `transport_confirmed` hearing ids; the mappings go from case id to the day
    of the last move and of the last EOIR-33. A move that was filed on its own day or later is filed.
    """
    last = today + timedelta(days=practice.in_absentia_watch_days)
    lines = []
    for hearing in hearings:
        if hearing.is_cancelled or not today <= hearing.at.date() <= last:
            continue
        moved, filed = address_changed.get(hearing.case_id), address_filed.get(hearing.case_id)
        lacks = [
            word
            for word, is_lacking in (
                (NO_COUNSEL, hearing.case_id not in represented),
                (NO_TRANSPORT, hearing.hearing_id not in transport_confirmed),
                (ADDRESS_NOT_FILED, moved is not None and (filed is None or filed < moved)),
                (NO_INTERPRETER, hearing.lacks_interpreter),
                (UNCONFIRMED, not hearing.is_confirmed),
            )
            if is_lacking
        ]
        if lacks:
            lines.append(WatchLine(hearing, tuple(lacks), (hearing.at.date() - today).days))
    return tuple(sorted(lines, key=lambda line: (line.hearing.instant, line.hearing.hearing_id)))


def reminder_days(hearing: Hearing, *, practice: Practice) -> tuple[date, ...]:
    """The days on which who brings the child is reminded; none for a hearing that was taken off."""
    if hearing.is_cancelled:
        return ()
    return tuple(hearing.at.date() - timedelta(days=days) for days in practice.reminder_days)
