"""The office's day. A demonstration stands still on the plan date of its folder; a real office lives today.

Everything that the office dates by the day asks here, never the clock; instants (sessions, offers that lapse) are
real ones in both. Tests: tests/office/test_day.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.conf import settings
from django.utils import timezone

from posada.office.intake.models import ProgramSettings

_KEPT: ContextVar[list[date] | None] = ContextVar("day", default=None)


@contextmanager
def one_day() -> Iterator[None]:
    """Within it the day is asked for once: a request that runs over midnight stays on one day."""
    token = _KEPT.set([])
    try:
        yield
    finally:
        _KEPT.reset(token)


def today() -> date:
    """The day on which the office works now, in its own time zone."""
    kept = _KEPT.get()
    if kept:
        return kept[0]
    found = _asked()
    if kept is not None:
        kept.append(found)
    return found


def _asked() -> date:
    if settings.DEPLOYMENT.demonstration:
        fixed = ProgramSettings.objects.filter(pk=1).values_list("plan_date", flat=True).first()
        if fixed is not None:
            return fixed
    return timezone.localdate()
