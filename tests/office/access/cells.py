"""The cells of the matrix: who with which relation asks which route by which method, and what is wanted.

Comes in: routes of the URL resolver and rows of matrix.toml. Goes out: browsers, addresses and what came of them; for
the test of the matrix, and for promises that walk over all pages.
"""

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test.client import Client, ClientHandler
from django.urls import NoReverseMatch, reverse

from posada.office.access.models import Assignment, User
from posada.office.access.roles import MAY_HOLD_WHOLE_PROGRAM, Role
from posada.office.audit.models import Head, Revision
from tests.office.access.objects import FACTORIES, INSIDE, Made, suit, tie
from tests.office.access.routes import METHODS, Route, Row
from tests.office.people import browser_of, person

THERE = "there"
NOT_THERE = "not there"
SIGN_IN = "sign in first"
NOT_TAKEN = "no such method"
HANDLER = ClientHandler(
    enforce_csrf_checks=False
)  # one for all browsers: each of its own would read every static file
NEVER: tuple[str, ...] = ("PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class Cell:
    """Who with which relation, in a browser, asks an address by a method, and what is wanted."""

    told: str
    client: Client
    address: str
    method: str
    wanted: str


def cells(route: Route, row: Row) -> Iterator[Cell]:
    """Every cell of a route. The last method of each browser is POST, since that may sign it out."""
    address = address_of(route, row, made_for(row))
    nobody = row.tie == "none" or row.object == "passkey"
    inside = NOT_THERE if nobody else THERE
    everybody = inside if "anyone" in row.opens_to else SIGN_IN
    with_account = inside if {"anyone", "signed_in"} & row.opens_to else NOT_THERE
    for told, client, wanted in (
        ("a stranger", _stranger(), everybody),
        ("somebody without a role", signed_in(person()), with_account),
    ):
        opens = "anyone" in row.opens_to or (told != "a stranger" and "signed_in" in row.opens_to)
        for method in METHODS:
            yield Cell(
                told, client, address, method, wanted if method in row.methods or not opens else NOT_TAKEN
            )
    never = NEVER
    for role in Role:
        if row.opens_to_role(role):
            yield from _of_role(route, row, role, never=never)
            never = ()
        else:
            yield from _of_shut_role(route, row, role)


def how_many(row: Row) -> int:
    """Number of cells of a row."""
    open_roles = [role for role in Role if row.opens_to_role(role)]
    ties = sum(len(list(relations(row, role))) for role in open_roles)
    shut = (len(Role) - len(open_roles)) * (3 if row.object else 2)
    return len(METHODS) * (2 + ties) + shut + len(NEVER) * bool(open_roles)


def _of_shut_role(route: Route, row: Row, role: Role) -> Iterator[Cell]:
    """The role with the strongest relation it can have, and with none: the page is not there in either case."""
    made = made_for(row)
    user = person(role)
    if made is not None and row.tie != "self":
        tie(made, user, role, ended=False)
    client = signed_in(user)
    for relation in ("own", "none") if made is not None else ("own",):
        address = address_of(route, row, made, relation=relation)
        for method in METHODS if relation == "own" else METHODS[:1]:
            yield Cell(f"{role}, {relation}", client, address, method, NOT_THERE)


def _of_role(route: Route, row: Row, role: Role, *, never: tuple[str, ...]) -> Iterator[Cell]:
    for relation, seen in relations(row, role):
        made = made_for(row)
        suit(made, role)
        client = signed_in(somebody(role, relation, row, made))
        address = address_of(route, row, made, relation=relation)
        for method in METHODS:
            wanted = (THERE if seen else NOT_THERE) if method in row.methods else NOT_TAKEN
            yield Cell(f"{role}, {relation}", client, address, method, wanted)
        for method in never if relation == "own" else ():
            yield Cell(f"{role}, {relation}", client, address, method, NOT_TAKEN)


def relations(row: Row, role: Role) -> Iterator[tuple[str, bool]]:
    """Each relation, and whether a person with it sees the object."""
    how = row.tie_of(role)
    yield "own", how != "none"
    if not row.object:
        return
    yield "none", False
    yield "other's", how == "all"
    yield "formerly own", how == "all"
    if row.inside and "nothing_inside" not in row.inside.values():
        yield "another's inside", False
    if role in MAY_HOLD_WHOLE_PROGRAM and how == "named":
        yield "whole program", True


def somebody(role: Role, relation: str, row: Row, made: Made | None) -> User:
    """A new person in a role, with that relation to a record."""
    how = row.tie_of(role)
    if how == "self" and relation == "own" and made is not None:
        assert made.owner is not None
        user = made.owner
        user.grants.create(role=role, from_at="2020-01-01T00:00Z")
        return user
    whole = made is None or relation == "whole program" or (how == "whole" and relation != "other's")
    user = person(role, whole_program=whole)
    if relation in ("own", "formerly own", "another's inside") and made is not None and how == "named":
        tie(made, user, role, ended=relation == "formerly own")
    if relation == "formerly own" and how == "whole":
        Assignment.objects.filter(user=user).update(until_at="2020-01-01T00:00Z")
    return user


def signed_in(user: User) -> Client:
    """A browser in which the person has just given the password again, so that no page asks for it."""
    RecoveryCodes.activate(user)
    client = browser_of(user)
    client.handler = HANDLER
    session = client.session
    session["account_authentication_methods"] += [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()
    return client


def _stranger() -> Client:
    client = Client()
    client.handler = HANDLER
    return client


def made_for(row: Row) -> Made | None:
    """A new object of a route; None where its address has no id."""
    return FACTORIES[row.object]() if row.object else None


def address_of(route: Route, row: Row, made: Made | None, *, relation: str = "own") -> str:
    """The address of a route with an object; with the relation `none`, of an object that does not exist."""
    parts: dict[str, Any] = dict(row.words)
    if made is not None:
        of = FACTORIES[row.object]() if relation == "another's inside" else made
        parts.update({name: INSIDE[factory](of).pk for name, factory in row.inside.items()})
        gone = uuid.uuid4() if isinstance(made.pk, uuid.UUID) else 987654
        parts["pk"] = gone if relation == "none" else made.pk
    try:
        return reverse(route.name, kwargs=parts)
    except NoReverseMatch:
        raise AssertionError(f"{route.name}: its row gives {sorted(parts)}, wanted {route.parts}") from None


def outcome(cell: Cell, row: Row) -> str:
    """What came of asking: there, not there, sign in first, or no such method."""
    sent = row.post if cell.method == "POST" else None
    if cell.method in METHODS:
        answer = getattr(cell.client, cell.method.lower())(cell.address, sent)
    else:
        answer = cell.client.generic(cell.method, cell.address)
    if answer.status_code in (404, 405):
        return NOT_THERE if answer.status_code == 404 else NOT_TAKEN
    if answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/?next="):
        return SIGN_IN
    return THERE if answer.status_code < 500 else f"status {answer.status_code}"


def written() -> tuple[int, int]:
    """How much has been written: entries of the log, and revisions."""
    head = Head.objects.filter(pk=1).first()
    return (head.number if head else 0), Revision.objects.count()
