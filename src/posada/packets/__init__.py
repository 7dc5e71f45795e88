"""Exhibit packets: from a folder of scans to one PDF that a court takes, and a check of any such PDF.

The libraries it needs come with `posada[packets]`; nothing of them is imported before a packet is built.
"""
