"""Spanish for Django: catalogs are kept as .po files and compiled when they are older than their source.

No system program is needed. Where the package cannot be written to (an installed wheel), the compiled catalogs
came with it. Tests: tests/web/test_translations.py.
"""

import os
from pathlib import Path


def compile_where_stale(root: Path) -> list[Path]:
    """Compile every catalog under `root` whose .mo is missing or older than its .po. Returns those written."""
    written = []
    for source in sorted(root.rglob("locale/*/LC_MESSAGES/*.po")):
        made = source.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime >= source.stat().st_mtime:
            continue
        if _compiled(source, made):
            written.append(made)
    return written


def _compiled(source: Path, made: Path) -> bool:
    import polib

    staged = made.with_name(f".{made.name}.{os.getpid()}")
    try:
        polib.pofile(str(source), check_for_duplicates=True).save_as_mofile(str(staged))
        staged.replace(made)
    except PermissionError:
        return False
    return True
