"""The office's own push key, apart from the public site's, and whom it may send to.

Comes in: the deployment's keys (`push_key`) and how to reach the operator. Goes out: keys, or None where there are
none or the contact is none that push services take; then nobody is asked for permission.
Docs: docs/how-to/be-told-at-the-desk.md. Tests: tests/office/nudges/test_office_keys.py.
"""

import os

from django.conf import settings

from posada.push.endpoints import Allowed, allowed_services
from posada.push.keys import KeysUnusable, PushKeys, read_keys

CONTACT, MORE_HOSTS, HERE = "POSADA_PUSH_CONTACT", "POSADA_PUSH_HOSTS", "POSADA_PUSH_HERE"
CONTACT_OF_A_DEMONSTRATION = "mailto:office@example.org"


def office_keys() -> PushKeys | None:
    """The keys; None: the office cannot send."""
    deployment = settings.DEPLOYMENT
    text = deployment.keys.push
    default = CONTACT_OF_A_DEMONSTRATION if deployment.demonstration else f"mailto:{deployment.mail_from}"
    if not text:
        return None
    try:
        return read_keys(
            text, contact=os.environ.get(CONTACT) or default, demonstration=deployment.demonstration
        )
    except KeysUnusable:
        return None


def may_send_to() -> Allowed:
    """Known push services, and what the operator names in the environment."""
    return allowed_services(more_hosts=_named(MORE_HOSTS), here=_named(HERE))


def _named(variable: str) -> list[str]:
    return [each.strip() for each in os.environ.get(variable, "").split(",") if each.strip()]
