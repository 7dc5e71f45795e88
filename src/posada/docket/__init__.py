"""What is due for a child, when, under which rule, with the arithmetic; and what must come before removal.

Every date here is information for counsel: a lawyer confirms each one before anyone relies on it.
"""
