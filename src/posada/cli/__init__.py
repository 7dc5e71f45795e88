"""The command `posada`: one file for each command, put together in `main`.

Nothing heavy is imported before a command runs, so that `posada --help` answers at once. Data go to standard
output, messages to standard error. Docs: docs/reference/commands.md.
"""
