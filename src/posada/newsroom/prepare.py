"""Brings a newsroom up to date: tables, static files, and in a demonstration its stories.

Runs as `python -m posada.newsroom.prepare [FONT]` in a process of its own, with the newsroom's environment only.
Docs: docs/explanation/the-public-site.md. Tests: tests/newsroom/test_site.py.
"""

import sys
from pathlib import Path


def prepare(*, heading_font: Path | None) -> None:
    """Tables, static files; where a font is named, the stories of the demonstration too."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    keep_private()
    from posada.newsroom.desk_people import set_up_groups
    from posada.newsroom.first_pages import make_pages

    make_pages()
    set_up_groups()
    if heading_font is not None:
        _push_keys()
        from posada.newsroom.demonstration import fill

        fill(heading_font=heading_font)


def collect_static() -> None:
    """Gather static files into the newsroom's folder, each under a name with its digest, compressed too."""
    from django.contrib.staticfiles.management.commands.collectstatic import Command
    from django.core.management import call_command
    from whitenoise.storage import CompressedManifestStaticFilesStorage

    command = Command()
    command.storage = CompressedManifestStaticFilesStorage()
    call_command(command, interactive=False, clear=True, verbosity=0)


def _push_keys() -> None:
    """A demonstration has push keys of its own from the start; elsewhere the operator says whose they are."""
    from django.conf import settings

    from posada.newsroom.notifications.site_keys import CONTACT_OF_A_DEMONSTRATION, PUSH_FILE, make_keys

    folder = Path(settings.NEWSROOM.folder)
    if settings.NEWSROOM.demonstration and not (folder / PUSH_FILE).exists():
        make_keys(folder, contact=CONTACT_OF_A_DEMONSTRATION, demonstration=True)


def keep_private() -> None:
    """Nobody else on the machine may read the newsroom's database."""
    from django.conf import settings

    folder = Path(settings.NEWSROOM.folder)
    for found in folder.glob("*.sqlite3*"):
        found.chmod(0o600)


def main() -> int:
    """Prepare the newsroom that POSADA_NEWSROOM_DATA names."""
    import django

    from posada.newsroom.deployment import NewsroomUnusable

    try:
        django.setup()
    except NewsroomUnusable as error:
        print(error, file=sys.stderr)
        return 3
    prepare(heading_font=Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
