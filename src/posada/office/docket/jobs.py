"""The docket of the whole program, computed by the worker. Tests: tests/office/docket/test_recompute.py."""

from django_tasks import task

from posada.office.access.actor import machine
from posada.office.docket.recompute import recompute_all


@task()
def recompute_everything() -> None:
    """Compute every deadline again, after an import or a change of the rules."""
    recompute_all(actor=machine("recompute the docket"))
