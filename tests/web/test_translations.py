"""Catalogs are compiled when they are older than their source, and only then."""

import gettext
import os
from pathlib import Path

from posada.web.translations import compile_where_stale

CATALOG = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "home"\nmsgstr "hogar"\n'


def catalog(root: Path) -> Path:
    source = root / "room" / "locale" / "es" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOG, encoding="utf-8")
    return source


def test_a_catalog_is_compiled_once(tmp_path: Path) -> None:
    made = catalog(tmp_path).with_suffix(".mo")
    assert compile_where_stale(tmp_path) == [made]
    with made.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("home") == "hogar"
    assert compile_where_stale(tmp_path) == []


def test_a_catalog_that_was_changed_is_compiled_again(tmp_path: Path) -> None:
    source = catalog(tmp_path)
    compile_where_stale(tmp_path)
    later = source.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert compile_where_stale(tmp_path) == [source.with_suffix(".mo")]


def test_every_text_of_the_shared_pages_is_in_spanish() -> None:
    import polib

    import posada.web

    source = Path(posada.web.__path__[0]) / "locale" / "es" / "LC_MESSAGES" / "django.po"
    catalog = polib.pofile(str(source))
    assert [each.msgid for each in catalog if not each.translated() and not each.obsolete] == []
