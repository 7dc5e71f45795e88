"""Files that browsers load may run nothing and be framed by nobody."""

from wsgiref.headers import Headers

from posada.web.static_headers import add_headers


def test_a_static_file_carries_the_strictest_policy() -> None:
    headers = Headers([])
    add_headers(headers, "", "")
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Frame-Options"] == "DENY"
