"""What the answer of a push service means.

Comes in: a status, and the header `Retry-After`. Goes out: what to do with the subscription.
Docs: docs/explanation/push.md. Tests: tests/push/test_answers.py.
"""

from email.utils import parsedate_to_datetime
from enum import StrEnum

MOST_SECONDS = 24 * 3600.0
NOT_REACHED, NO_ANSWER = 0, -1
"""In place of a status: no connection came about; or the message was sent and nothing came back."""


class Outcome(StrEnum):
    """SENT: the service took it. GONE: delete the subscription. LATER: not now. REFUSED: our keys are not taken, an
    alarm and no reason to delete anything. NOT_ALLOWED: no push service that may be sent to. FAILED: this message
    will never be taken. UNSURE: sent, and no answer came: sending it again might tell the same twice."""

    SENT, GONE, LATER = "sent", "gone", "later"
    REFUSED, NOT_ALLOWED, FAILED = "refused", "not_allowed", "failed"
    UNSURE = "unsure"


def outcome_of(status: int) -> Outcome:
    """By the status of the answer; `NOT_REACHED` and `NO_ANSWER` where there was none. A redirect fails."""
    if status == NO_ANSWER:
        return Outcome.UNSURE
    if 200 <= status < 300:
        return Outcome.SENT
    if status in (404, 410):
        return Outcome.GONE
    if status in (401, 403):
        return Outcome.REFUSED
    if status == NOT_REACHED or status in (408, 425, 429) or status >= 500:
        return Outcome.LATER
    return Outcome.FAILED


def seconds_asked(header: str | None, *, now: float) -> float | None:
    """Seconds to wait, from `Retry-After` as a number or a date; None where it says nothing one can use."""
    if not header:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(float(text), MOST_SECONDS)
    try:
        until = parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(0.0, until - now), MOST_SECONDS)
