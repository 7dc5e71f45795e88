"""A ledger for the demonstration: rates that nobody has published, hours given, months closed by two, and an edition.

Comes in: two directors, a legal coordinator. Goes out: what those people could have entered themselves, through the
same services. A rate that is made up says so in its source, and wherever it is shown.
Docs: docs/how-to/keep-the-ledger.md. Tests: tests/office/ledger/test_demonstration.py.
"""

import random
from datetime import date, timedelta

from django.utils.translation import gettext as _

from posada.ledger.entry import month_of
from posada.ledger.rates import COUNSEL_HOUR, DONATED, GROUP
from posada.office.access import two_persons
from posada.office.access.actor import Actor
from posada.office.counsel.models import Engagement
from posada.office.day import today
from posada.office.ledger.closing import ask_to_close, close_month
from posada.office.ledger.dated_rates import add_rate
from posada.office.ledger.hours import add_hours
from posada.office.ledger.models import ClosedMonth
from posada.office.placement.models import Placement

MADE_UP = "Made up for this demonstration"
MADE_UP_RATES = ((GROUP, 24_500, "state"), (COUNSEL_HOUR, 18_000, DONATED))
MOST_MONTHS, MOST_COUNSEL = 6, 40
SEED = 2014


def demonstration_ledger(director: Actor, second: Actor, *, legal: Actor) -> int:
    """Fill a ledger that has no closed month. Returns how many months were closed."""
    if ClosedMonth.objects.exists():
        return 0
    months = _months()
    for kind, cents, payer in MADE_UP_RATES:
        add_rate(
            director,
            kind=kind,
            since=months[0] if months else today(),
            cents=cents,
            payer=payer,
            source=MADE_UP,
        )
    _give_hours(legal, months)
    for month in months:
        asked = ask_to_close(director, month, reason=_("Every stay of the month is entered."))
        close_month(director, month, two_persons.answer(second, asked.pk, approve=True))
    return len(months)


def _months() -> list[date]:
    """The months before this one, from the first stay on."""
    first = Placement.objects.order_by("from_date").values_list("from_date", flat=True).first()
    found: list[date] = []
    month = month_of(today())
    while first and month_of(first) < month and len(found) < MOST_MONTHS:
        month = month_of(month - timedelta(days=1))
        found.append(month)
    return found[::-1]


def _give_hours(legal: Actor, months: list[date]) -> None:
    chance = random.Random(SEED)  # noqa: S311  hours, not secrets
    rows = Engagement.objects.filter(until_date__isnull=True).order_by("counsel__counsel_id")
    acting = list(dict.fromkeys(rows.values_list("counsel_id", flat=True)))[:MOST_COUNSEL]
    for month in months:
        for counsel in acting:
            on = month + timedelta(days=chance.randrange(28))
            add_hours(legal, counsel=counsel, given_on=on, minutes=chance.choice((60, 90, 120, 180, 240)))
