"""Headers of static files: they may run nothing and be framed by nobody.

Tests: tests/web/test_static_headers.py.
"""

from wsgiref.headers import Headers


def add_headers(headers: Headers, _path: str, _url: str) -> None:
    """The strictest policy for whatever is opened by its own address."""
    headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    headers["X-Frame-Options"] = "DENY"
    headers["X-Content-Type-Options"] = "nosniff"
