"""Brings an office up to date: tables, cache, and the files that browsers load.

Comes in: a deployment for which Django is set up. Goes out: tables as the code needs them, and static files under
names that hold their digest, compressed. Running it again changes nothing that is right.
Docs: docs/how-to/run-the-office.md. Tests: tests/web/operating/test_preparing.py.
"""

import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from whitenoise.storage import CompressedManifestStaticFilesStorage


def prepare() -> None:
    """Tables, the cache's table, and static files."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    collect_static()
    keep_private()


def unapplied() -> list[str]:
    """Changes of tables that the database does not have yet, as `app.name`."""
    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _ in steps]


def collect_static() -> None:
    """Gather static files into the deployment's folder, each under a name with its digest, compressed too."""
    command = Command()
    command.storage = CompressedManifestStaticFilesStorage()
    call_command(command, interactive=False, clear=True, verbosity=0)


def keep_private() -> None:
    """Nobody else on the machine may read what the office keeps."""
    if os.name != "posix":
        return
    folder = Path(settings.DEPLOYMENT.folder)
    folder.chmod(0o700)
    for found in folder.glob("*.sqlite3*"):
        found.chmod(0o600)
