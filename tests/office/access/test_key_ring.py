"""A key's number is public, the same everywhere, and says nothing of the key."""

from typing import Any

from posada.office.access.key_ring import key_number, newest_number, sealing_keys


def test_the_newest_key_comes_first_and_has_a_number(settings: Any) -> None:
    assert sealing_keys() == settings.DEPLOYMENT.sealing_now()
    assert newest_number() == key_number(sealing_keys()[0])
    assert len({key_number(bytes([each]) * 32) for each in range(20)}) == 20
    assert key_number(b"1" * 32) not in (b"1" * 32).hex()
