"""Exit statuses, the same for every command.

Docs: docs/reference/commands.md. Tests: tests/cli/test_status.py.
"""

DONE = 0
"""Everything was done."""

SOME_INPUT_REFUSED = 1
"""It was done, but some of the input was refused."""

NOTHING_DONE = 2
"""Nothing could be done, and nothing was written."""

INTERRUPTED = 130
"""Stopped from the keyboard: 128 and the number of the signal, as shells have it."""
