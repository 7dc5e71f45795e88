"""Preparing a case: checklists, declarations, official forms, country reports, and requests for interpreters."""
