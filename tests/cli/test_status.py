"""The statuses that scripts rely on."""

from posada.cli import status


def test_the_statuses_are_those_that_are_published() -> None:
    published = (status.DONE, status.SOME_INPUT_REFUSED, status.NOTHING_DONE, status.INTERRUPTED)
    assert published == (0, 1, 2, 130)
