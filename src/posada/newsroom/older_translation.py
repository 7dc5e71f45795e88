"""Whether a page is a translation that is older than its source, so that the page says so.

Comes in: a published page. Goes out: the source that was changed after it, or None. The source is the language that
was published first; where both came at once, English.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_older_translation.py.
"""

from typing import Any

FIRST_LANGUAGE = "en"


def newer_source(page: Any) -> Any:
    """The page in the language that it was translated from, if that one was changed since; else None."""
    if not getattr(page, "pk", None) or not page.last_published_at:
        return None
    others = [each for each in page.get_translations() if each.live and each.first_published_at]
    source = min([page, *others], key=_order)
    if source == page or source.last_published_at <= page.last_published_at:
        return None
    return source


def _order(page: Any) -> tuple[Any, bool]:
    return page.first_published_at, page.locale.language_code != FIRST_LANGUAGE
