"""What staff can be told: two topics, a fixed sentence of each in each language, and a page of one's own desk.

These four messages are all that the office ever sends to a push service. A fifth one changes a test that lists them.
Docs: docs/how-to/be-told-at-the-desk.md. Tests: tests/office/nudges/test_topics.py.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from posada.office.access.roles import Role
from posada.push.notice import Notice


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `title`: what the switch says; `sentences`: language → what is sent; `link`: where it leads."""

    code: str
    title: Any
    hint: Any
    roles: frozenset[Role]
    sentences: dict[str, str]
    link: str


OFFER_ANSWERED = Topic(
    "offer-answered",
    _("An offer was answered"),
    _("A home said yes or no to an offer of a group that you work on."),
    frozenset({Role.PLACEMENT_WORKER}),
    {"en": "An offer was answered.", "es": "Respondieron a una oferta."},
    "/offers/",
)
DEADLINE_NEAR = Topic(
    "deadline-near",
    _("A date is near"),
    _("Something on your docket is due today or on the next working day. Told once a day, in the morning."),
    frozenset({Role.ATTORNEY, Role.LEGAL_COORDINATOR}),
    {"en": "A date on your agenda is near.", "es": "Se acerca una fecha de su agenda."},
    "/agenda/",
)
TOPICS = {each.code: each for each in (OFFER_ANSWERED, DEADLINE_NEAR)}
WHO = tuple(sorted(role for each in TOPICS.values() for role in each.roles))


def message(topic: Topic, language: str) -> bytes:
    """What is sent. It depends on nothing else."""
    sentence = topic.sentences.get(language, topic.sentences["en"])
    return Notice(topic.code, sentence, topic.link, topic.code).packed(topics=TOPICS)
