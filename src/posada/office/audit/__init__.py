"""The log that nobody can edit, and the history of every record."""
