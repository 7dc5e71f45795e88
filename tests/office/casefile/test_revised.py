"""A history tells fields in words and nothing of what is sealed."""

from posada.office.access import doors
from posada.office.access.roles import Role
from posada.office.audit.history import revisions_of, save_change
from posada.office.casefile.revised import shown_revisions
from tests.office.people import acting, group_of


def test_a_change_is_told_field_by_field_with_who_and_when() -> None:
    actor, child = acting(Role.INTAKE_WORKER), group_of().children.get()
    save_change(child, version=1, changes={"languages": ["mam", "spa"]}, actor=actor, act="child.change")
    (shown,) = shown_revisions(revisions_of(child))
    assert (shown.who, shown.act, shown.version) == (str(actor.user), "changed", 2)
    assert shown.fields == (("languages", "–", "mam, spa"),)


def test_an_opened_field_is_told_without_its_text() -> None:
    actor, child = acting(Role.INTAKE_WORKER), group_of().children.get()
    doors.seal_fields(child, {"birth_name": "Canary"})
    doors.open_sealed(actor, child, "birth_name", reason="for the court form")
    (shown,) = shown_revisions(revisions_of(child))
    assert shown.act == "opened a sealed field"
    assert "Canary" not in repr(shown)
