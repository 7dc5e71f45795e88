"""Packets in the office: exhibits out of the file, built and checked by the worker, filed with proof, and shared."""
