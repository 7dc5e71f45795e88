"""The sign-ins of a demonstration: one for each role, and second persons where an act takes two.

Passwords and secrets of second factors are drawn by chance and kept beside the data (mode 0600), which a real office
never does. Comes in: the tables of a demonstration. Goes out: accounts, their assignments, and the file.
Docs: docs/reference/office-commands.md. Tests: tests/web/operating/test_demonstration_accounts.py.
"""

import json
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.utils import timezone

from posada.office.access.models import Assignment, RoleGrant, User
from posada.office.access.roles import MAY_HOLD_WHOLE_PROGRAM, NEED_SECOND_FACTOR, Role

ACCOUNTS_FILE = "accounts.json"
WORDS = tuple(
    """
    acorn amber anchor apple arrow autumn badge basil beacon birch bridge candle canyon cedar clover
    cobalt comet copper coral cotton cricket delta ember falcon fern field flint forest garden ginger
    glacier grove harbor hazel heron island ivory jasmine juniper kettle lantern lemon linen maple
    marble meadow mint mosaic nectar north oasis olive opal orchid osprey otter paper pebble pepper pine
    plum prairie quartz raven reef river saddle saffron sage silver spruce summit sunrise tango teal
    thistle timber topaz tulip valley velvet walnut willow winter zephyr
    """.split()  # noqa: SIM905  words read better so
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account to make."""

    username: str
    display_name: str
    role: Role
    language: str = "en"


WANTED = (
    Wanted("administrator", "Ada Administrator", Role.ADMINISTRATOR),
    Wanted("administrator2", "Abel Administrator", Role.ADMINISTRATOR),
    Wanted("intake", "Inés Intake", Role.INTAKE_WORKER),
    Wanted("licensing", "Lucy Licensing", Role.LICENSING_WORKER),
    Wanted("licensing2", "Leo Licensing", Role.LICENSING_WORKER),
    Wanted("placement", "Paz Placement", Role.PLACEMENT_WORKER),
    Wanted("placement2", "Pablo Placement", Role.PLACEMENT_WORKER),
    Wanted("legal", "Leah Legal", Role.LEGAL_COORDINATOR),
    Wanted("attorney", "Ana Attorney", Role.ATTORNEY),
    Wanted("foster", "Flor Foster", Role.FOSTER_PARENT, "es"),
    Wanted("foster2", "Frank Foster", Role.FOSTER_PARENT),
    Wanted("director", "Dora Director", Role.PROGRAM_DIRECTOR),
    Wanted("director2", "Dan Director", Role.PROGRAM_DIRECTOR),
    Wanted("auditor", "Aida Auditor", Role.AUDITOR),
    Wanted("editor", "Eva Editor", Role.NEWSROOM_EDITOR),
)


def make_accounts() -> list[dict[str, str]]:
    """Make every account with its role; roles that may hold the whole program do. Returns what signs them in.

    Shapes: one dict for each account, with the keys username, password, role and totp_secret (empty: none needed).
    """
    return [make_account(each) for each in WANTED]


def keep_accounts(folder: Path, kept: list[dict[str, str]]) -> None:
    """Write the sign-ins beside the data, for their owner's eyes only."""
    path = folder / ACCOUNTS_FILE
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(kept, file, indent=2)
        file.write("\n")


def read_accounts(folder: Path) -> list[dict[str, str]]:
    """The sign-ins that stand beside the data; none where no demonstration was made."""
    path = folder / ACCOUNTS_FILE
    if not path.is_file():
        return []
    found: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def code_now(secret: str) -> str:
    """The six digits of this half minute (RFC 6238), as an authenticator app shows them."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def make_account(wanted: Wanted) -> dict[str, str]:
    """One account of a demonstration, with what signs it in. Raises ValueError in a real office."""
    if not settings.DEPLOYMENT.demonstration:
        raise ValueError("sign-ins are drawn for a demonstration only")
    password = f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}"
    user = User.objects.create_user(
        wanted.username,
        password,
        display_name=wanted.display_name,
        person_key=wanted.username,
        language=wanted.language,
        email=f"{wanted.username}@example.org",
    )
    now = timezone.now()
    RoleGrant.objects.create(user=user, role=wanted.role, from_at=now)
    if wanted.role in MAY_HOLD_WHOLE_PROGRAM:
        Assignment.objects.create(user=user, role=wanted.role, scope=Assignment.Scope.PROGRAM, from_at=now)
    secret = ""
    if wanted.role in NEED_SECOND_FACTOR:
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
    return {
        "username": wanted.username,
        "password": password,
        "role": str(wanted.role),
        "totp_secret": secret,
    }
