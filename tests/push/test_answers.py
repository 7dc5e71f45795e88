"""What an answer means for a subscription."""

import pytest

from posada.push.answers import NO_ANSWER, NOT_REACHED, Outcome, outcome_of, seconds_asked


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((code, Outcome.SENT) for code in (200, 201, 202, 204)),
        *((code, Outcome.GONE) for code in (404, 410)),
        *((code, Outcome.REFUSED) for code in (401, 403)),
        *((code, Outcome.LATER) for code in (NOT_REACHED, 408, 425, 429, 500, 502, 503, 599)),
        (NO_ANSWER, Outcome.UNSURE),
        *((code, Outcome.FAILED) for code in (301, 302, 307, 400, 405, 413, 100)),
    ],
)
def test_each_status_has_one_meaning(status: int, outcome: Outcome) -> None:
    assert outcome_of(status) is outcome


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("99999999", 86400.0),
        ("Thu, 01 Jan 1970 00:10:00 GMT", 100.0),
        ("Thu, 01 Jan 1970 00:01:00 GMT", 0.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_the_time_a_service_asks_for_is_read_in_both_forms(header: str | None, seconds: float | None) -> None:
    assert seconds_asked(header, now=500.0) == seconds
