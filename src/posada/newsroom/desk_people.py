"""Who works at the desk: editors write, second readers publish what others wrote. Nobody there makes accounts.

Runs as `python -m posada.newsroom.desk_people` for `posada editors`, in a process with nothing of the office.
Comes in: one of `ACTS` with its words. Goes out: JSON; of a new account, the path of a link that works once.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_desk_people.py.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from posada.newsroom.acts import NotDone, act_on

EDITORS, SECOND_READERS = "Editors", "Moderators"
ROLES = {"editor": EDITORS, "second-reader": SECOND_READERS}
"""Our word, and the group that Wagtail comes with."""
HALF_MINUTE = 30


def set_up_groups() -> None:
    """What each group may do. Nobody has the right to publish: a second reader's approval does."""
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission

    for name in ROLES.values():
        group, _ = Group.objects.get_or_create(name=name)
        GroupPagePermission.objects.filter(
            group=group, permission__codename__in=("publish_page", "lock_page", "unlock_page")
        ).delete()
        given = Permission.objects.filter(
            content_type__app_label="newsroom", codename__in=("add_clip", "change_clip", "view_clip")
        ) | Permission.objects.filter(codename="submit_translation")
        group.permissions.add(*given)


def add(name: str, role: str) -> str:
    """Make an account. Returns the path of the link behind which its owner chooses a password. Raises NotDone."""
    from django.contrib.auth.models import Group, User

    if role not in ROLES:
        raise NotDone(f"{role}: the roles are {' and '.join(ROLES)}.")
    if not name or not name.isascii() or not name.replace("-", "").replace(".", "").isalnum():
        raise NotDone("A user name is letters, digits, dots and hyphens.")
    if standing := User.objects.filter(username__iexact=name).first():
        mend = f"`--new-link {standing.get_username()}` gives it a new way in."
        if not standing.is_active:
            mend = "It was shut, and what it wrote keeps the name: choose another."
        raise NotDone(f"{name}: there is such an account already. {mend}")
    user = User.objects.create_user(name)
    user.groups.add(Group.objects.get(name=ROLES[role]))
    return _link(user)


def new_link(name: str) -> str:
    """A new way in for who lost the password or the phone: both are taken away at once. Raises NotDone."""
    from allauth.mfa.models import Authenticator

    user = _found(name)
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()  # ends every session too
    user.save(update_fields=["password"])
    _forget_secrets(name)
    return _link(user)


def remove(name: str) -> None:
    """Shut an account; what it wrote keeps its name. Raises NotDone."""
    user = _found(name)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    user.groups.clear()
    _forget_secrets(name)


def listed() -> list[dict[str, Any]]:
    """Everybody who has an account that is open: name, role, and whether a second factor is set up."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import User

    with_factor = set(
        Authenticator.objects.filter(type__in=("totp", "webauthn")).values_list("user_id", flat=True)
    )
    named = {group: role for role, group in ROLES.items()}
    return [
        {
            "username": user.get_username(),
            "role": ", ".join(sorted(named.get(each.name, each.name) for each in user.groups.all())),
            "second_factor": user.pk in with_factor,
        }
        for user in User.objects.filter(is_active=True).order_by("username").prefetch_related("groups")
    ]


def code_of(name: str) -> str:
    """The six digits that an account of a demonstration is asked for now. Raises NotDone."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    kept = _kept_by_a_demonstration()
    rows = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else []
    secret = next((each["totp_secret"] for each in rows if each["username"] == name), "")
    if not secret:
        raise NotDone(f"{name}: no account of a demonstration's newsroom.")
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // HALF_MINUTE)))


def _forget_secrets(name: str) -> None:
    """What a demonstration kept of an account opens nothing any more, so that nobody is told it."""
    path = _kept_by_a_demonstration()
    if path.is_file():
        kept = [each for each in json.loads(path.read_text(encoding="utf-8")) if each["username"] != name]
        path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _kept_by_a_demonstration() -> Path:
    from django.conf import settings

    return Path(settings.NEWSROOM.folder) / "accounts.json"


def _found(name: str) -> Any:
    from django.contrib.auth.models import User

    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise NotDone(f"{name}: there is no such account.")
    return user


def _link(user: Any) -> str:
    from django.contrib.auth.tokens import default_token_generator
    from django.urls import reverse
    from django.utils.encoding import force_bytes
    from django.utils.http import urlsafe_base64_encode

    who = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("desk_set_up", args=(who, default_token_generator.make_token(user)))


def condition() -> dict[str, Any]:
    """How the newsroom stands, for `posada doctor`."""
    from posada.newsroom import condition as standing

    return standing.condition()


ACTS: dict[str, tuple[Any, int]] = {
    "list": (listed, 0),
    "add": (add, 2),
    "link": (new_link, 1),
    "remove": (remove, 1),
    "code": (code_of, 1),
    "condition": (condition, 0),
}
"""What can be asked for, and how many words it takes."""


def main(words: list[str]) -> int:
    """Do one of `ACTS`."""
    return act_on(words, ACTS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
