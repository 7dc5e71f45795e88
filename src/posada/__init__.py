"""Posada: software for a safe-harbour program for children and families who seek asylum."""

__version__ = "0.1.0"
