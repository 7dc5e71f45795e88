"""Keys, contacts and tokens that every push service accepts."""

import json
from base64 import urlsafe_b64decode

import pytest

from posada.push.keys import KeysUnusable, bytes_of, checked_contact, new_keys, read_keys

CONTACT = "mailto:press@posada-maryland.gov"


def claims(header: str) -> dict[str, object]:
    token = header.split("t=")[1].split(",")[0].split(".")[1]
    told: dict[str, object] = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    return told


def test_keys_are_read_back_as_they_were_kept_and_are_never_shown() -> None:
    keys = new_keys(contact=CONTACT)
    again = read_keys(keys.text, contact=CONTACT)
    assert again.public == keys.public and len(bytes_of(keys.public)) == 65
    assert keys.text not in repr(keys) and "private" not in repr(keys)


def test_a_token_is_for_one_service_lasts_half_a_day_and_is_used_again_until_shortly_before() -> None:
    keys = new_keys(contact=CONTACT)
    first = keys.authorization("https://push.example", now=1_000_000)
    assert claims(first) == {"aud": "https://push.example", "exp": 1_000_000 + 12 * 3600, "sub": CONTACT}
    assert keys.authorization("https://push.example", now=1_000_000 + 10 * 3600) == first
    assert claims(keys.authorization("https://push.example", now=1_000_000 + 11 * 3600))["exp"] > 1_080_000  # type: ignore[operator]
    assert keys.authorization("https://push.example", now=900_000) != first  # the clock was set back
    assert (
        claims(keys.authorization("https://other.example", now=1_000_000))["aud"] == "https://other.example"
    )


@pytest.mark.parametrize(
    "contact",
    [
        *(
            "",
            "press@agency.gov",
            "mailto:press@localhost",
            "mailto:press@office.local",
            "https://localhost/",
        ),
        *(
            "https://10.0.0.1/",
            "mailto:a@b",
            "mailto:press@example.org",
            "http://agency.gov",
            "mailto:a b@c.gov",
        ),
        *(
            "https://site.test",
            "https://user@agency.gov",
            "mailto:a@agency.gov\r\nX: y",
            "mailto:<a@agency.gov>",
        ),
    ],
)
def test_a_contact_that_some_service_refuses_is_refused_here(contact: str) -> None:
    with pytest.raises(KeysUnusable):
        new_keys(contact=contact)


def test_a_real_contact_is_taken_and_a_made_up_one_in_a_demonstration_only() -> None:
    assert checked_contact("https://agency.maryland.gov/contact") == "https://agency.maryland.gov/contact"
    assert checked_contact("mailto:press@example.org", demonstration=True) == "mailto:press@example.org"


@pytest.mark.parametrize("text", ["", "not a key!", "AAAA" * 30, "A" * 43])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeysUnusable):
        read_keys(text, contact=CONTACT)
