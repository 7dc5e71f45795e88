"""How a newsroom stands, for `posada doctor`: who works there, what is late, how old the figures are.

`posada.newsroom.desk_people` tells it as "condition", in a process that is given nothing of the office.
Docs: docs/how-to/run-the-office.md. Tests: tests/newsroom/test_condition.py.
"""

from typing import Any

SECONDS_LATE = 60.0
"""The worker looks every few seconds: what is later than this is late."""


def condition() -> dict[str, Any]:
    """Facts: counts, seconds and words; nothing of what is written in a story or a form."""
    from django.conf import settings

    from posada.newsroom.desk_people import listed

    people = listed()
    return {
        "demonstration": settings.NEWSROOM.demonstration,
        "behind_tls": settings.NEWSROOM.behind_tls,
        "address": settings.NEWSROOM.address,
        "static": settings.STATIC_IS_COLLECTED,
        "editors": sum("editor" in each["role"].split(", ") for each in people),
        "second_readers": sum("second-reader" in each["role"].split(", ") for each in people),
        "without_second_factor": [each["username"] for each in people if not each["second_factor"]],
        "behind_tables": _behind(),
        "seconds_late": _seconds_late(),
        "figures": _figures(),
    }


def _behind() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _seconds_late() -> float:
    """By how much the story that should have gone out longest ago is late; 0: none is."""
    from django.utils import timezone
    from wagtail.models import Revision

    now = timezone.now()
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at").first()
    late = (now - due.approved_go_live_at).total_seconds() if due is not None else 0.0
    return late if late > SECONDS_LATE else 0.0


def _figures() -> str:
    """`fresh`, `old`, or why there are none."""
    from pathlib import Path

    from django.conf import settings
    from django.utils import timezone

    from posada.newsroom.figures import NoFigures, read_figures
    from posada.newsroom.numbers_told import FILE

    try:
        told = read_figures(Path(settings.NEWSROOM.exchange) / FILE, public_key=settings.NEWSROOM.figures_key)
    except NoFigures as error:
        return str(error)
    return "old" if told.outdated(timezone.now()) else "fresh"
