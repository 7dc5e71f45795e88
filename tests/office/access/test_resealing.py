"""Everything that is sealed is found, sealed again once, and nobody's edit is lost."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

import posada.office
from posada.office.access import doors, resealing
from posada.office.access.key_ring import key_number
from posada.office.access.models import SealedValue
from posada.office.access.resealing import COLUMNS, reseal, still_sealed
from posada.office.access.sealed_secret import sealed_by
from posada.office.casefile import vault
from posada.office.kept import Kept
from tests.office.people import home_of
from tests.promises import sealed_everywhere

ONE, TWO = b"1" * 32, b"2" * 32


@pytest.fixture
def keys(settings: Any, tmp_path: Path) -> Callable[..., None]:
    """Says which sealing keys the office has, newest first."""
    settings.MEDIA_ROOT = str(tmp_path / "documents")

    def have(*sealing: bytes) -> None:
        deployment = settings.DEPLOYMENT
        held = replace(deployment.keys, sealing=sealing)
        settings.DEPLOYMENT = replace(deployment, keys=held, key_file=None)

    have(ONE)
    return have


@pytest.fixture
def kept(keys: Callable[..., None]) -> Iterator[list[sealed_everywhere.Kept]]:
    """Something of every kind, sealed with the first key; then there is a second."""
    made = sealed_everywhere.everything(children=2, homes=2)
    keys(TWO, ONE)
    yield made


def test_everything_is_read_under_the_new_key_alone_and_once_is_enough(
    kept: list[sealed_everywhere.Kept], keys: Callable[..., None]
) -> None:
    done = reseal()
    assert (done.is_whole, done.unreadable, done.files) == (True, 0, 1)
    keys(TWO)
    assert [each.kind for each in kept if each.mark not in each.read()] == []
    again = reseal()
    assert (again.rows, again.files, again.look_ups, again.is_whole) == (0, 0, 0, True)


def test_what_a_key_still_seals_is_counted_without_opening(kept: list[sealed_everywhere.Kept]) -> None:
    before = still_sealed()[key_number(ONE)]
    assert before["documents"] == 1
    assert before["sealed fields"] == SealedValue.objects.count() > 0
    assert before["rows"] >= 9
    reseal()
    assert key_number(ONE) not in still_sealed()
    assert still_sealed()[key_number(TWO)] == before


def sealed_cells() -> set[tuple[str, str, str]]:
    """Model, column and key of whatever is sealed in any cell of any table."""
    found = set()
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, models.TextField | models.BinaryField | models.JSONField):
                for cell in model._default_manager.values_list(column.name, flat=True):
                    keys = {sealed_by(piece) for piece in resealing._pieces(cell)} - {""}
                    found |= {(model._meta.label_lower, column.name, key) for key in keys}
    return found


def test_every_column_that_something_is_sealed_in_is_among_those_that_are_sealed_again(
    kept: list[sealed_everywhere.Kept],
) -> None:
    known = {(each.model.lower(), each.name) for each in COLUMNS}
    assert kept
    assert sealed_cells() == {(*each, key_number(ONE)) for each in known}, "and each is tried here"
    reseal()
    assert sealed_cells() == {(*each, key_number(TWO)) for each in known}


def test_an_edit_that_came_between_stands(keys: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    home = home_of()
    doors.seal_fields(home, {"phone": "301-555-0100"})
    keys(TWO, ONE)
    changes = resealing._changes

    def changed_meanwhile(row: SealedValue, *rest: Any) -> dict[str, Any]:
        made = changes(row, *rest)
        doors.seal_fields(home, {"phone": "301-555-0199"})
        return made

    monkeypatch.setattr(resealing, "_changes", changed_meanwhile)
    resealing._reseal_values(done := resealing.Resealed(), lambda _: None)
    assert done.rows == 0
    assert doors.same_sealed("licensing.home", "phone", "(301) 555-0199") == [home.pk]
    assert doors.differing_sealed("licensing.home", [(home.pk, {"phone": "301-555-0199"})]) == {}


def test_look_up_hashes_of_an_older_office_or_key_are_rebuilt(
    keys: Callable[..., None], settings: Any
) -> None:
    home = home_of()
    doors.seal_fields(home, {"street": "12 Oak Street", "city": "Rockville"})
    SealedValue.objects.filter(field="street").update(lookup="")
    assert doors.same_sealed("licensing.home", "street", "12 Oak St.") == []
    assert reseal().look_ups == 1
    assert doors.same_sealed("licensing.home", "street", "12 Oak St.") == [home.pk]
    held = replace(settings.DEPLOYMENT.keys, lookup=b"3" * 32)
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, keys=held)
    assert reseal().look_ups == 1
    assert doors.same_sealed("licensing.home", "street", "12 Oak St.") == [home.pk]
    assert SealedValue.objects.get(field="city").lookup == ""


def test_what_no_key_opens_is_counted_and_left(keys: Callable[..., None]) -> None:
    home = home_of()
    doors.seal_fields(home, {"phone": "301-555-0100"})
    vault.put_away(b"a paper")
    keys(TWO)
    before = list(SealedValue.objects.values())
    done = reseal()
    assert (done.unreadable, done.rows, done.files, done.is_whole) == (2, 0, 0, True)
    assert list(SealedValue.objects.values()) == before


def test_words_that_only_look_sealed_are_left_as_they_are(keys: Callable[..., None]) -> None:
    assert resealing._again("gAAAAA is how it began", resealing.Resealed()) is None
    assert resealing._again({"seed": ["x", 3, None]}, resealing.Resealed()) is None


SEALERS = {
    "away/devices.py": "away.AwayDevice",
    "access/accounts.py": "mfa.Authenticator",
    "access/kept_forms.py": "access.KeptForm",
    "casefile/vault.py": "",  # files, not a column
    "intake/uploads.py": "intake.Import",
    "nudges/switching.py": "nudges.Browser",
    "packets/shares.py": "packets.Share",
    "preparation/declarations.py": "preparation.Answer",
}
"""Every module that seals with `sealed_secret`, and the table that what it seals stands in."""


def test_a_room_that_seals_something_says_where_it_stands() -> None:
    """A later room has to be listed here and its column in COLUMNS, or an old key would go while it is needed."""
    office = Path(posada.office.__path__[0])
    sealing = {
        path.relative_to(office).as_posix()
        for path in office.rglob("*.py")
        if re.search(r"\bseal_(?:secret|bytes)\(", path.read_text(encoding="utf-8"))
    }
    assert sealing - {"access/sealed_secret.py"} == set(SEALERS)
    assert {table for table in SEALERS.values() if table} <= {each.model for each in COLUMNS}
    texts = {each.model for each in COLUMNS if issubclass(apps.get_model(each.model), Kept)}
    assert {each.lower() for each in texts - {"intake.Import"}} == set(resealing.IN_THE_HISTORY)
