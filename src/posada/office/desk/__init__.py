"""The first page of each role, tasks, the daily digest, and whatever is sent by mail."""
