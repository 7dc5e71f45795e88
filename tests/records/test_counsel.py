"""Counsel without a first day are available now."""

from posada.records import Counsel, Court


def test_what_is_not_given_is_empty_or_not_known() -> None:
    counsel = Counsel("l1", ("BAL",), 3)
    assert (counsel.languages, counsel.available_from) == ((), None)
    assert Court("BAL").lat is None
