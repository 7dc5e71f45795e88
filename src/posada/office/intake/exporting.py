"""The program out of the office: asked by one person, approved by another, written once into an encrypted archive.

Comes in: an approval for exactly this scope. Goes out: the archive's bytes; nothing is left unencrypted on a disk.
Country and county are both in it only if both were asked for. Docs: docs/how-to/export-a-program.md.
Tests: tests/office/intake/test_exporting.py.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from posada import records
from posada.office.access import doors, two_persons
from posada.office.access.actor import Actor
from posada.office.access.models import Approval
from posada.office.audit.chain import append
from posada.office.intake import archive
from posada.office.intake.models import Child
from posada.office.intake.sealed_tables import CONTACTS, PAGE_LANGUAGES, PEOPLE, SEALED_AS
from posada.office.intake.spreadsheet_guard import for_spreadsheets
from posada.office.licensing.models import Home
from posada.office.placement.models import Override
from posada.office.program import read_program
from posada.office.refusals import Refusal
from posada.programme.canonical import rows_of, texts
from posada.programme.rule_changes import rule_changes_as_toml
from posada.programme.tables import SETTINGS_FILE, TABLES, Table
from posada.programme.write import csv_bytes

ACT = "export.program"
PLAIN, EXCEL = "plain", "excel"
_PAGE_CODES = {page: code for code, page in PAGE_LANGUAGES.items()}


def scope_of(*, sealed: bool, country: bool, location: bool) -> dict[str, Any]:
    """Exactly what is asked for."""
    return {"what": "program", "sealed": sealed, "country": country, "location": location}


def ask(actor: Actor, *, scope: dict[str, Any], reason: str) -> Approval:
    """Ask another person to agree to an export. Raises NotThere, Refusal without a reason."""
    return two_persons.ask(actor, ACT, scope=scope, reason=reason)


def write(actor: Actor, approval: Approval, *, passphrase: str) -> bytes:
    """The archive, written once for an approval. Raises two_persons.Expired, Refusal; then nothing was used."""
    if len(passphrase) < archive.SHORTEST:
        raise Refusal(_("A passphrase of at least 16 characters is wanted."), code="passphrase_too_short")
    with transaction.atomic():
        used = two_persons.use(actor, approval.pk, ACT, scope=approval.scope)
        files = program_files(used)
        append(
            actor,
            "export.write",
            subject=used,
            detail={"files": len(files), **{k: used.scope[k] for k in ("sealed", "country", "location")}},
        )
        return archive.locked(files, passphrase=passphrase)


def program_files(used: Approval) -> dict[str, bytes]:
    """The files of the archive: a plain program folder, and the same for spreadsheets."""
    scope = used.scope
    program = _as_asked(read_program(with_country=bool(scope["country"])), location=bool(scope["location"]))
    files = {f"{PLAIN}/{SETTINGS_FILE}": _settings(program), f"{EXCEL}/{SETTINGS_FILE}": _settings(program)}
    rows: list[tuple[Table, list[list[str]]]] = [
        (table, [texts(row, names=table.names) for row in rows_of(program, table)])
        for table in TABLES.values()
    ]
    if scope["sealed"]:
        rows += [(PEOPLE, list(_people(used))), (CONTACTS, list(_contacts(used)))]
    for table, cells in rows:
        if cells or table.must_exist:
            files[f"{PLAIN}/{table.file}"] = csv_bytes(table.names, cells)
            files[f"{EXCEL}/{table.file}"] = for_spreadsheets(table.columns, cells)
    return files


def _as_asked(program: records.Program, *, location: bool) -> records.Program:
    """What people decided, not what offers hold; an engagement is a pin, as no file says it otherwise."""
    decided = Override.objects.filter(voided_at__isnull=True, ended_at__isnull=True).select_related(
        "group", "home", "counsel"
    )
    kept = {
        (each.action, each.group.sibling_group_id, each.home and each.home.home_id, each.reason)
        for each in decided
    }
    overrides = tuple(
        each
        for each in program.overrides
        if each.counsel_id or (each.action, each.sibling_group_id, each.home_id, each.reason) in kept
    )
    children = program.children
    if not location:
        children = tuple(replace(each, location_fips=None) for each in children)
    return replace(program, overrides=overrides, children=children)


def _people(used: Approval) -> Iterator[list[str]]:
    sealed = _by_owner(used, "intake.child")
    rows = Child.objects.filter(voided_at__isnull=True, merged_into__isnull=True).order_by("child_id")
    for child in rows.iterator(chunk_size=2_000):
        hidden = sealed.get(child.pk, {})
        plain = {"child_id": child.child_id, "given_name": child.given_name, "family_name": child.family_name}
        cells = _cells(PEOPLE, plain, hidden)
        if any(cells[1:]):
            yield cells


def _contacts(used: Approval) -> Iterator[list[str]]:
    sealed = _by_owner(used, "licensing.home")
    standing = Home.objects.filter(voided_at__isnull=True).exclude(state=Home.State.PREPARING)
    for home in standing.order_by("home_id").iterator(chunk_size=2_000):
        language = _PAGE_CODES.get(home.best_language, home.best_language)
        cells = _cells(
            CONTACTS, {"home_id": home.home_id, "best_language": language}, sealed.get(home.pk, {})
        )
        if any(cells[1:]):
            yield cells


def _cells(table: Table, plain: dict[str, str], hidden: dict[str, str]) -> list[str]:
    found = []
    for name in table.names:
        field = SEALED_AS.get((table.file, name))
        found.append(hidden.get(field, "") if field else plain.get(name, ""))
    return found


def _by_owner(used: Approval, kind: str) -> dict[UUID, dict[str, str]]:
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for owner, field, text in doors.open_for_export(kind, used):
        found[owner][field] = text
    return found


def _settings(program: records.Program) -> bytes:
    lines = [f"plan_date = {program.plan_date.isoformat()}"]
    for key, value in (("name", program.name), ("state", program.state), ("policy", program.policy)):
        lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f"))
    told = "\n".join([*lines, f"seed = {program.seed}"]) + "\n"
    return (told + rule_changes_as_toml(program.rule_changes)).encode()
