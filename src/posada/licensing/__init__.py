"""Recruit and license: enquiries in order, checks of a household, decisions, what expires.

Pure: no clock, no database. Docs: docs/reference/checks.md.
"""
