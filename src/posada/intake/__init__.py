"""Intake: names and duplicates, sibling groups, ages with their basis, tables as offices save them.

Pure: no clock, no database. Docs: docs/explanation/duplicates.md.
"""
