"""What the page of one home shows, and two small acts of it. Tests: tests/office/licensing/test_home_views.py."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from posada.licensing.checks import state_on
from posada.licensing.study import Obstacle
from posada.licensing.wording import obstacle_in_words, words
from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.access.roles import Role
from posada.office.audit.history import revisions_of, save_change
from posada.office.day import today
from posada.office.intake.models import SiblingGroup
from posada.office.licensing import opening
from posada.office.licensing.facts import check_of, earlier_refusals, rules_today, with_all
from posada.office.licensing.models import SEALED_OF_HOME, Home
from posada.office.licensing.selectors import missing_of, told
from posada.office.refusals import Refusal


def shown(actor: Actor, home: Home) -> dict[str, Any]:
    """Everything on the page of a home; sealed fields are named, not opened."""
    full = with_all(Home.objects.filter(pk=home.pk)).get()
    rules, sealed, refusals = rules_today(), doors.has_sealed(full), earlier_refusals(full)
    labels = {str(each.pk): each.label for each in full.members.all()}
    return {
        "home": full,
        "may_change": actor.has(Role.LICENSING_WORKER),
        "in_the_way": [_obstacle(each, labels) for each in opening.obstacles_of(full, refusals=refusals)]
        if full.has_typed_checks
        else [],
        "missing": missing_of(full, rules) if full.has_typed_checks else [],
        "checks": _checks(full, labels),
        "refusals": [each for each in refusals if not each.is_acknowledged],
        "sealed": [(field, field in sealed) for field in SEALED_OF_HOME],
        "groups": _living(actor, full),
        "history": revisions_of(full)[:25],
    }


def _obstacle(each: Obstacle, labels: dict[str, str]) -> dict[str, str]:
    return {
        "rule": each.rule_id,
        "words": obstacle_in_words(each, language=told()),
        "who": labels.get(each.member_id or "", ""),
        "source": each.source,
    }


def _checks(home: Home, labels: dict[str, str]) -> list[dict[str, Any]]:
    valid = {each.type_id: each for each in rules_today().types}
    lines = []
    for row in home.checks.all():
        kind = valid.get(row.check_type)
        state = state_on(check_of(row), valid_days=kind.valid_days if kind else None, on=today())
        lines.append(
            {
                "row": row,
                "check": words(f"check.{row.check_type}", language=told()) if kind else row.check_type,
                "who": labels.get(str(row.member_id), ""),
                "state": state,
                "state_words": words(f"state.{state}", language=told()),
                "source": kind.source if kind else "",
            }
        )
    return lines


def _living(actor: Actor, home: Home) -> list[SiblingGroup]:
    """Sibling groups that live there, for those who may see them."""
    standing = home.placements.filter(voided_at__isnull=True, to_date__isnull=True).values("child__group_id")
    return list(doors.groups(actor).filter(pk__in=standing).order_by("sibling_group_id"))


def keep_typed_checks(actor: Actor, home: Home) -> Home:
    """From now on the checks written down here decide whether the home is clear."""
    with transaction.atomic():
        changed = save_change(
            home,
            version=home.version,
            changes={"has_typed_checks": True},
            actor=actor,
            act="home.keep_checks",
        )
        return opening.count_clear_days(actor, changed)


def exception_fields(actor: Actor, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of an exception with the sibling group found by its id. Raises Refusal where there is none."""
    named = fields.pop("group_id")
    fields["group"] = SiblingGroup.objects.filter(sibling_group_id=named).first() if named else None
    if named and fields["group"] is None:
        raise Refusal(_("There is no sibling group with that id."), code="no_group")
    return fields
