"""Everything that the office ever sends to a push service, letter by letter."""

import json

from posada.office.nudges.topics import TOPICS, message

ALL = {
    '{"topic":"offer-answered","title":"An offer was answered.","link":"/offers/","tag":"offer-answered"}',
    '{"topic":"offer-answered","title":"Respondieron a una oferta.","link":"/offers/","tag":"offer-answered"}',
    '{"topic":"deadline-near","title":"A date on your agenda is near.","link":"/agenda/","tag":"deadline-near"}',
    '{"topic":"deadline-near","title":"Se acerca una fecha de su agenda.","link":"/agenda/","tag":"deadline-near"}',
}


def test_four_messages_and_no_more() -> None:
    sent = {message(each, language).decode() for each in TOPICS.values() for language in ("en", "es")}
    assert sent == ALL
    assert all(set(json.loads(each)) == {"topic", "title", "link", "tag"} for each in sent)


def test_another_language_gets_english() -> None:
    assert {message(each, "mam").decode() for each in TOPICS.values()} < ALL
