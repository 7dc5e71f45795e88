"""Every test of the office may use the database, and leaves nothing behind in the cache."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _database(db: None) -> Iterator[None]:
    """The database that POSADA_DATABASE_URL names, or SQLite."""
    yield
    cache.clear()
