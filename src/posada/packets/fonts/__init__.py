"""Fonts that stand in for those an exhibit only names; where they come from stands in SOURCES.md.

Tests: tests/packets/test_fonts_inside.py.
"""
