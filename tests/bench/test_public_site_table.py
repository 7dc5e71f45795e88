"""The public site's section says where an aim is missed."""

from public_site_table import public_site_section

PAGE = {"part": "public-site", "pages": "/", "kib": 64.2, "kib_pictures": 0.0, "requests": 7, "foreign": 0}
TIMES = {"first_ms": 449.9, "server_ms": 116.2}
PAIR = {
    "part": "public-site-alike",
    "pages": "a link",
    "asked": 400,
    "known_ms": 10.0,
    "unknown_ms": 10.0,
    "ratio": 1.0,
}


def test_a_page_that_is_heavy_or_asks_elsewhere_and_a_time_that_tells_are_marked() -> None:
    told = "\n".join(public_site_section([PAGE | TIMES, PAIR]))
    assert "**no**" not in told and "| `/` | 64.2 |" in told
    for changed in ({"kib": 101.0}, {"foreign": 1}):
        assert "**no**" in "\n".join(public_site_section([PAGE | TIMES | changed, PAIR]))
    assert "**no**" in "\n".join(public_site_section([PAGE | TIMES, PAIR | {"ratio": 1.2}]))


def test_too_few_answers_are_not_said_to_be_alike_nor_different() -> None:
    for ratio in (1.0, 1.2):
        told = list(public_site_section([PAGE | TIMES, PAIR | {"asked": 398, "ratio": ratio}]))
        row = next(line for line in told if line.startswith("| a link |"))
        assert row.endswith("| too few to say |")


def test_what_was_not_measured_has_no_section() -> None:
    assert list(public_site_section([])) == []
