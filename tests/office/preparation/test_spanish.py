"""The room's Spanish is whole."""

from pathlib import Path

import polib

import posada.office.preparation

CATALOG = Path(posada.office.preparation.__path__[0]) / "locale" / "es" / "LC_MESSAGES" / "django.po"


def test_every_text_has_its_spanish() -> None:
    catalog = polib.pofile(str(CATALOG))
    assert [entry.msgid for entry in catalog if not entry.translated() or entry.fuzzy] == []
    assert len(catalog) > 150
