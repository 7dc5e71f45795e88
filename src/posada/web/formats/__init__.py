"""How numbers are written, by language. Tests: tests/web/test_formats.py."""
