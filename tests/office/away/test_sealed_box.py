"""A device can only close; what was changed, moved or closed for another device opens for nobody."""

import os
from dataclasses import replace

import pytest

from posada.office.away.sealed_box import Box, BoxUnreadable, close_box, new_pair, open_box


def closed(public: str, *, bound: str = "a/b/c/1") -> Box:
    return close_box(public, b"seen, all is well", bound=bound, salt=os.urandom(16), nonce=os.urandom(12))


def test_what_was_closed_opens_with_the_other_half_alone() -> None:
    private, public = new_pair()
    box = closed(public)
    assert open_box(private, box) == b"seen, all is well"
    assert b"well" not in repr(box).encode()
    with pytest.raises(BoxUnreadable):
        open_box(new_pair()[0], box)


@pytest.mark.parametrize("part", ["point", "salt", "nonce", "closed", "bound"])
def test_what_was_changed_does_not_open(part: str) -> None:
    private, public = new_pair()
    box = closed(public)
    for spoiled in ("", "!", "AAAA", getattr(box, part)[:-4] + "AAAA", closed(public, bound="z").closed):
        with pytest.raises(BoxUnreadable):
            open_box(private, replace(box, **{part: spoiled}))


def test_a_key_that_was_taken_away_opens_nothing() -> None:
    with pytest.raises(BoxUnreadable):
        open_box(b"", closed(new_pair()[1]))
