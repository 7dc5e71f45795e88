"""Whether the sealing keys are those of this office: with others nothing opens, and what they seal is lost later.

Comes in: the office for which Django is set up. Goes out: a sentence, or nothing. Asked once, before work begins.
Docs: docs/how-to/change-keys.md. Tests: tests/web/operating/test_right_keys.py.
"""

from posada.office.access.key_ring import key_number, sealing_keys
from posada.office.access.models import SealedValue

OTHER_KEYS = (
    "The sealing keys are not this office’s: none of them opens anything that is sealed here. Nothing is served, "
    "since what they seal could not be opened with the right ones. Put the right key file back."
)


def why_not() -> str:
    """Why work must not begin; empty where something is sealed with a key that is here, or nothing is sealed."""
    used = set(SealedValue.objects.order_by().values_list("key_number", flat=True).distinct())
    return OTHER_KEYS if used and not used & {key_number(each) for each in sealing_keys()} else ""
