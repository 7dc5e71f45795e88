"""Counsel's sign-off of the versions of rules, kept by this office: a version whose text changes has none any more.

Comes in: the acting person and the version that a lawyer has read. Goes out: the rulebook with every mark that fits,
and open deadlines marked alike. Entries are only added; of several, the newest stands.
Docs: docs/how-to/keep-the-docket.md. Tests: tests/office/docket/test_sign_offs.py.
"""

from datetime import date
from functools import lru_cache

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from posada.office.access.actor import Actor
from posada.office.audit.chain import append
from posada.office.audit.history import save_new
from posada.office.day import today
from posada.office.docket import rules
from posada.office.docket.models import Deadline, RuleSignOff
from posada.office.refusals import FieldsRefused, NotThere
from posada.rulebook.legal_rule import LegalRule, LegalRulebook, RuleVersion
from posada.rulebook.sign_off import SignOff, version_digest, with_sign_offs


def signed_book() -> LegalRulebook:
    """Every legal rule, with the sign-offs that fit its versions as they read now. One query."""
    rows = RuleSignOff.objects.filter(voided_at__isnull=True).order_by("entered_at", "pk")
    return _signed(
        tuple(
            SignOff(row.rule_version, row.digest, signer_words(row.name, row.bar), row.on)
            for row in rows.only("rule_version", "digest", "name", "bar", "on")
        )
    )


def signer_words(name: str, bar: str) -> str:
    """Who signed off, as it is shown."""
    return f"{name} ({bar})"


def address_of(version: RuleVersion) -> str:
    """The word of an address that names a version: `eoir-bia_appeal-2`."""
    return version.name.replace(".", "-").replace("#", "-")


def version_of(address: str) -> tuple[LegalRule, RuleVersion]:
    """One version of a rule, with its mark, by the word of its address. Raises NotThere."""
    for rule in signed_book().rules.values():
        for version in rule.versions:
            if address_of(version) == address:
                return rule, version
    raise NotThere


def sign_off(actor: Actor, address: str, *, digest: str, name: str, bar: str, on: date) -> RuleSignOff:
    """Record that a lawyer has read a version and confirms it; open deadlines by it are marked in the same moment.

    `digest` is of the text that was shown: if it has changed since, nothing is recorded.
    Raises FieldsRefused, NotThere.
    """
    rule, version = version_of(address)
    faults = {}
    if digest != version_digest(rule, version):
        faults["name"] = _("The text of this rule has changed since the page was opened. Read it again.")
    if on > today():
        faults["on"] = _("A day to come cannot be the day on which it was read.")
    if faults:
        raise FieldsRefused(faults)
    with transaction.atomic():
        row = save_new(
            RuleSignOff(
                rule_version=version.name, digest=digest, name=name, bar=bar, on=on, by_id=actor.user_id
            ),
            actor=actor,
            act="docket.rule_signed_off",
        )
        marked = Deadline.objects.filter(rule_version=version.name, state="open", is_signed_off=False)
        append(
            actor, "docket.rule_marked", subject=row, detail={"deadlines": marked.update(is_signed_off=True)}
        )
    return row


@lru_cache(maxsize=4)
def _signed(found: tuple[SignOff, ...]) -> LegalRulebook:
    return with_sign_offs(rules.book(), found)[0]
