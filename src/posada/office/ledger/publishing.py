"""Publishes the figures and what is short: looked at first, then signed and put where the public site reads them.

Comes in: the director (or the daily job, once the director has switched it on). Goes out: `figures.json`, signed with
the office's key, and `appeals.json`, signed too, in the folder of the exchange, each in one step. An edition is kept
with the counts behind it, so that the next one is safe beside it.
Docs: docs/explanation/published-figures.md. Tests: tests/office/ledger/test_publishing.py.
"""

import json
import os
from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.ledger.publish import Result, publish
from posada.ledger.table_version import Published
from posada.ledger.two_versions import Version
from posada.office.access.actor import Actor, machine
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.exchange_keys import figures_signer
from posada.office.ledger.appeals import what_is_short
from posada.office.ledger.counting import count
from posada.office.ledger.models import Publication, Publishing
from posada.office.program import settings_of_program
from posada.office.refusals import NotThere, Refusal

PUBLISHES = (Role.PROGRAM_DIRECTOR,)
FOLDER, FIGURES, APPEALS = "exchange/to_public", "figures.json", "appeals.json"


def last_edition() -> Publication | None:
    """The newest edition."""
    return Publication.objects.order_by("-number").first()


def preview() -> Result:
    """What would be published now, with what is hidden and why. Nothing is written."""
    return publish(count(), last=_published(last_edition()))


def publish_now(actor: Actor) -> Publication:
    """Publish the figures and what is short. Raises NotThere, Refusal where somebody publishes at the same time."""
    if not (actor.has(*PUBLISHES) or actor.user_id is None):
        raise NotThere
    _catch_up()
    made_at = timezone.now()
    try:
        with transaction.atomic():
            result = preview()
            number = (Publication.objects.aggregate(n=Max("number"))["n"] or 0) + 1
            made_on = made_at.isoformat(timespec="seconds")
            told = signed({**result.told, "made_on": made_on})
            kept = Publication.objects.create(
                number=number,
                made_at=made_at,
                as_of=date.fromisoformat(result.told["as_of"]),
                by_id=actor.user_id,
                told=told,
                kept=_kept(result.kept),
                hidden=dict(result.hidden),
            )
            detail = {"edition": number, "hidden": len(result.hidden)}
            append(actor, "figures.publish", subject=kept, detail=detail)
    except IntegrityError:
        sentence = _("Somebody else is publishing at this moment. Look again.")
        raise Refusal(sentence, code="published_meanwhile") from None
    put(FIGURES, told)
    put(APPEALS, signed({**what_is_short(), "made_on": made_on}))
    return kept


def _catch_up() -> None:
    """Put out an edition that was kept and never reached the exchange: the next one is made safe beside it."""
    last = last_edition()
    if last is None:
        return
    try:
        told = json.loads((Path(settings.DEPLOYMENT.folder) / FOLDER / FIGURES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = {}
    if not isinstance(told, dict) or told.get("signature") != last.told["signature"]:
        put(FIGURES, last.told)


def is_daily() -> bool:
    """Whether the figures are published anew each day."""
    return Publishing.objects.filter(pk=1, is_daily=True).exists()


def switch_daily(actor: Actor, *, on: bool) -> None:
    """Switch the daily edition on or off. Raises NotThere."""
    if not actor.has(*PUBLISHES):
        raise NotThere
    with transaction.atomic():
        Publishing.objects.update_or_create(pk=1, defaults={"is_daily": on})
        append(actor, "figures.daily", detail={"on": on})


def publish_daily() -> Publication | None:
    """The daily job: a new edition, if the director has switched it on and this is the live office."""
    if not is_daily() or settings_of_program().is_muted:
        return None
    return publish_now(machine("each day's figures"))


def signed(told: Mapping[str, Any]) -> dict[str, Any]:
    """The contents with the office's signature, over the object in one spelling."""
    spelled = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    signature = figures_signer(settings.DEPLOYMENT.keys.audit).sign(spelled)
    return {**told, "signature": b64encode(signature).decode()}


def put(name: str, told: Mapping[str, Any]) -> None:
    """Put a file of the exchange in place of the one before, in one step."""
    folder = Path(settings.DEPLOYMENT.folder) / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    staged = folder / f".{name}.{os.getpid()}"
    staged.write_text(json.dumps(told, sort_keys=True, ensure_ascii=False), encoding="utf-8")
    staged.replace(folder / name)


def _kept(kept: Published) -> dict[str, Any]:
    return {
        "counts": [[*cell, n] for cell, n in sorted(kept.version.counts.items())],
        "hidden": sorted(kept.version.hidden),
        "as_of": kept.as_of.isoformat(),
    }


def _published(edition: Publication | None) -> Published | None:
    if edition is None:
        return None
    counts = {(row, column): n for row, column, n in edition.kept["counts"]}
    version = Version(counts, frozenset(edition.kept["hidden"]))
    return Published(version, date.fromisoformat(edition.kept["as_of"]))
