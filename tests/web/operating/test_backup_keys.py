"""Keys of backups: two halves open what the public key made, and nothing less does."""

import pytest

from posada.web.operating.backup_keys import WrongKeys, draw_keys, unwrap, wrap

KEYS, OTHERS = draw_keys(), draw_keys()
DATA_KEY = bytes(range(32))


def test_both_halves_open_what_the_public_key_made_in_either_order() -> None:
    wrapped = wrap(DATA_KEY, public=KEYS.public)
    assert unwrap(wrapped, halves=KEYS.halves) == DATA_KEY
    assert unwrap(wrapped, halves=(KEYS.halves[1], KEYS.halves[0])) == DATA_KEY


def test_one_half_or_somebody_elses_opens_nothing() -> None:
    wrapped = wrap(DATA_KEY, public=KEYS.public)
    for halves in ((KEYS.halves[0],) * 2, (KEYS.halves[0], OTHERS.halves[1]), OTHERS.halves):
        with pytest.raises(WrongKeys, match="do not open"):
            unwrap(wrapped, halves=halves)


def test_a_half_is_read_as_people_write_it_and_a_slip_is_named() -> None:
    wrapped = wrap(DATA_KEY, public=KEYS.public)
    first, second = KEYS.halves
    assert unwrap(wrapped, halves=(f" {first.lower()}\n", second.replace("-", " "))) == DATA_KEY
    slipped = ("B" if first[0] != "B" else "C") + first[1:]
    with pytest.raises(WrongKeys, match="letter by letter"):
        unwrap(wrapped, halves=(slipped, second))


def test_a_damaged_key_is_refused() -> None:
    wrapped = wrap(DATA_KEY, public=KEYS.public)
    other = wrap(DATA_KEY, public=KEYS.public)
    with pytest.raises(WrongKeys, match="damaged"):
        unwrap({**wrapped, "wrapped": other["wrapped"]}, halves=KEYS.halves)


def test_what_is_no_public_key_is_named() -> None:
    with pytest.raises(WrongKeys, match="--new-keys"):
        wrap(DATA_KEY, public="c2hvcnQ=")


def test_keys_are_never_shown_by_accident() -> None:
    assert KEYS.halves[0] not in repr(KEYS)


@pytest.mark.parametrize("around", ["{}\n", " {}", "{}\r\n"])
def test_a_key_with_a_line_end_makes_what_its_halves_open(around: str) -> None:
    keys = draw_keys()
    wrapped = wrap(b"d" * 32, public=around.format(keys.public))
    assert unwrap(wrapped, halves=keys.halves) == b"d" * 32
