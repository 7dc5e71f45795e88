"""The source of a live event: https, on a host that the operator allows, and never a machine of a local network."""

import pytest

from posada.newsroom.live_source import SourceRefused, checked_source

ALLOWED = ("live.example.org",)


def test_an_allowed_address_is_taken() -> None:
    address = "https://live.example.org/briefing/index.m3u8"
    assert checked_source(address, allowed_hosts=ALLOWED) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://live.example.org/a.m3u8",
        "file:///etc/passwd",
        "javascript:alert(1)//a.m3u8",
        "//live.example.org/a.m3u8",
        "https://127.0.0.1/a.m3u8",
        "https://2130706433/a.m3u8",
        "https://[::1]/a.m3u8",
        "https://[::1/a.m3u8",
        "https://0x7f.1/a.m3u8",
        "https://169.254.169.254/latest/a.mp4",
        "https://localhost/a.m3u8",
        "https://camera.local/a.m3u8",
        "https://other.example.org/a.m3u8",
        "https://live.example.org.evil.example/a.m3u8",
        "https://live.example.org@evil.example/a.m3u8",
        "https://user:word@live.example.org/a.m3u8",
        "https://live.example.org:8443/a.m3u8",
        "https://live.example.org:x/a.m3u8",
        "https://live.example.org/page.html",
        "https://live.example.org/a.m3u8; script-src *",
        "https://live.example.org\\@evil.example/a.m3u8",
        "",
    ],
)
def test_any_other_address_is_refused_in_words(address: str) -> None:
    with pytest.raises(SourceRefused, match=r"\w"):
        checked_source(address, allowed_hosts=ALLOWED)


def test_by_default_no_host_is_allowed() -> None:
    with pytest.raises(SourceRefused, match="allowed"):
        checked_source("https://live.example.org/a.m3u8", allowed_hosts=())
