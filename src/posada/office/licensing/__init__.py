"""Homes: enquiries, checks, home studies, licenses, the people who live there, and what expires."""
