"""Large imports in the background: looked at and taken by the worker that `posada serve` runs.

Tests: tests/office/intake/test_jobs.py.
"""

import logging
from uuid import UUID

from django_tasks import task

from posada.office.access.actor import actor_of, machine
from posada.office.access.models import User
from posada.office.intake import services
from posada.office.refusals import Refusal, SomebodySavedFirst

log = logging.getLogger("posada.intake")


@task()
def look_at(import_id: str) -> None:
    """Look at an import that was brought."""
    services.look(UUID(import_id))


@task()
def take_import(import_id: str, version: int, user_id: str) -> None:
    """Take an import for the person who asked for it, if that person still may."""
    pk = UUID(import_id)
    user = User.objects.filter(pk=user_id).first()
    actor = actor_of(user) if user else machine("")
    try:
        services.take(pk, version=version, actor=actor)
    except SomebodySavedFirst:
        return  # it was taken or thrown away meanwhile
    except Refusal as refusal:
        services.give_back(pk, why=refusal.code)
    except Exception as error:
        log.error("import failed: %s", type(error).__name__)
        services.give_back(pk, why="unexpected")
