"""The public site's own push keys, in a file of its own beside its other key (mode 0600), and whom it may send to.

Comes in: the newsroom's folder. Goes out: keys, or None where the operator has made none; then nobody can subscribe.
Docs: docs/reference/office-commands.md. Tests: tests/newsroom/notifications/test_site_keys.py.
"""

import os
import tomllib
from pathlib import Path

from posada.push.endpoints import Allowed, allowed_services
from posada.push.keys import PushKeys, new_keys, read_keys

PUSH_FILE = "push.toml"
MORE_HOSTS, HERE = "POSADA_NEWSROOM_PUSH_HOSTS", "POSADA_NEWSROOM_PUSH_HERE"
CONTACT_OF_A_DEMONSTRATION = "mailto:press@example.org"


class KeysAreThere(Exception):
    """Keys are there already; new ones would silence every browser that has subscribed."""


def keys_of(folder: Path, *, demonstration: bool) -> PushKeys | None:
    """The keys in a newsroom's folder; None where there are none. Raises posada.push.keys.KeysUnusable."""
    path = folder / PUSH_FILE
    if not path.is_file():
        return None
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return read_keys(
        str(told.get("private_key", "")), contact=str(told.get("contact", "")), demonstration=demonstration
    )


def make_keys(folder: Path, *, contact: str, demonstration: bool, again: bool = False) -> PushKeys:
    """Draw keys and keep them. Raises KeysAreThere unless `again`; posada.push.keys.KeysUnusable."""
    path = folder / PUSH_FILE
    if path.exists() and not again:
        raise KeysAreThere(
            "Push keys are there. New ones silence every browser that has subscribed: say --again."
        )
    keys = new_keys(contact=contact, demonstration=demonstration)
    _keep(path, keys)
    return keys


def change_contact(folder: Path, *, contact: str, demonstration: bool) -> PushKeys | None:
    """Keep another contact with the same key. Raises posada.push.keys.KeysUnusable."""
    path = folder / PUSH_FILE
    if not path.is_file():
        return None
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    keys = read_keys(str(told.get("private_key", "")), contact=contact, demonstration=demonstration)
    _keep(path, keys)
    return keys


def may_send_to() -> Allowed:
    """Known push services, and what the operator names in the environment."""
    return allowed_services(more_hosts=_named(MORE_HOSTS), here=_named(HERE))


def _keep(path: Path, keys: PushKeys) -> None:
    staged = path.with_suffix(".new")
    opened = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(
            "# Without this file every browser that has subscribed falls silent. Keep it by the other key.\n"
        )
        file.write(f'private_key = "{keys.text}"\ncontact = "{keys.contact}"\n')
    staged.replace(path)


def _named(variable: str) -> list[str]:
    return [each.strip() for each in os.environ.get(variable, "").split(",") if each.strip()]
