"""Hearings, deadlines, the agenda and the remedies register of each case."""
