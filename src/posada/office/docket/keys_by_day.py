"""Keys of several tables in one order by day, read a page at a time.

Comes in: querysets of (day, group, rule, id), each ordered by day and group. Goes out: what a paginator asks for.
Each part is read by its own index of days and no further than the page: a union of them in the database would be
sorted whole for every page. Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_keys_by_day.py.
"""

from collections.abc import Sequence
from datetime import date
from heapq import merge
from itertools import islice
from operator import itemgetter
from uuid import UUID

from django.db.models import QuerySet

Key = tuple[date, UUID, str, UUID]


class KeysByDay:
    """The parts as one list by day and group; of the same day and group the earlier part comes first."""

    ordered = True

    def __init__(self, *parts: QuerySet) -> None:
        self.parts: Sequence[QuerySet] = parts

    def count(self) -> int:
        """How many keys all parts have."""
        return sum(part.count() for part in self.parts)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, places: slice) -> list[Key]:
        """The keys of a page: `places` has a start and a stop, no step."""
        upto = [part[: places.stop] for part in self.parts]
        return list(islice(merge(*upto, key=itemgetter(0, 1)), places.start or 0, places.stop))
