"""What the worker does for packets. Tests: tests/office/packets/test_builds.py."""

from collections.abc import Callable
from uuid import UUID

from django_tasks import task


@task()
def build_packet_of(build_id: str) -> None:
    """Build and check a packet that somebody asked for."""
    from posada.office.packets.builds import run_build

    run_build(UUID(build_id))


@task()
def write_archive_of(share_id: str) -> None:
    """Write the encrypted archive of a case that somebody shares with counsel."""
    from posada.office.packets.shares import prepare

    prepare(UUID(share_id))


def _end_build(build_id: str) -> None:
    from posada.office.packets.builds import give_up

    give_up(UUID(build_id))


def _end_archive(share_id: str) -> None:
    from posada.office.packets.shares import give_up

    give_up(UUID(share_id))


GIVEN_UP: dict[str, Callable[[str], None]] = {
    "build_packet_of": _end_build,
    "write_archive_of": _end_archive,
}
"""What ends that which waited for a task, where the worker has died over it too often."""
