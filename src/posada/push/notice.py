"""What a push message may hold: a topic, a title, a link within the site, a tag. Nothing else, ever.

Comes in: the four, and the topics that the site has. Goes out: bytes. Whoever adds a fifth field changes a test that
says what is sent to other people's servers.
Docs: docs/explanation/push.md. Tests: tests/push/test_notice.py.
"""

import json
import re
from collections.abc import Collection
from dataclasses import asdict, dataclass

MOST_TITLE, MOST_LINK = 200, 400
LINK = re.compile(r"/(?!/)[A-Za-z0-9/._~%-]*")
TAG = re.compile(r"[a-z0-9-]{1,64}")


class NotANotice(Exception):
    """Something that may not be sent to a push service; the message says what."""


@dataclass(frozen=True, slots=True)
class Notice:
    """`topic`: one of the site's; `title`: words that are public already, or fixed ones; `link`: a path of the site,
    without question or fragment; `tag`: a newer message with the same tag replaces the older on the screen."""

    topic: str
    title: str
    link: str
    tag: str

    def packed(self, *, topics: Collection[str]) -> bytes:
        """As JSON. Raises NotANotice for an unknown topic, or a field that could carry more than it says."""
        if self.topic not in topics:
            raise NotANotice(f"{self.topic}: no topic of this site.")
        if not 0 < len(self.title) <= MOST_TITLE or not self.title.isprintable():
            raise NotANotice(f"A title is one line of at most {MOST_TITLE} letters.")
        if not LINK.fullmatch(self.link) or len(self.link) > MOST_LINK:
            raise NotANotice("A link is a path of this site, without question or fragment.")
        if not TAG.fullmatch(self.tag):
            raise NotANotice("A tag has small letters, digits and hyphens.")
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()
