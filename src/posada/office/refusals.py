"""What the office refuses to do, as sentences that a person can act on.

A service raises one of these and has then written nothing; the gate turns it into a page (or the command line
into a line). The message is for people and already translated lazily; `code` is for programs and tests.
Tests: tests/office/test_refusals.py.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something the office will not do. `status`: the HTTP status of the page that says so.

    `sentence`: what is told where whoever raises it gives no message.
    """

    code = "refused"
    status = 422
    sentence: Any = _("This can’t be done.")

    def __init__(self, message: Any = "", *, code: str = "") -> None:
        super().__init__(message)
        self.message = message or self.sentence
        self.code = code or self.code


class NotThere(Refusal):
    """The record does not exist, or is not this person's to see: the two look the same."""

    code = "not_there"
    status = 404


class SomebodySavedFirst(Refusal):
    """The record has changed since the form was opened. `theirs` and `yours`: field → value, of those that differ.

    Shapes: both mappings have the same keys. `version` is the one that stands now.
    """

    code = "somebody_saved_first"
    status = 409

    def __init__(self, *, theirs: dict[str, Any], yours: dict[str, Any], version: int) -> None:
        super().__init__(_("Somebody else saved first. Nothing of yours is lost: choose for each line."))
        self.theirs, self.yours, self.version = theirs, yours, version

    @property
    def pairs(self) -> list[tuple[str, tuple[Any, Any]]]:
        """Field → (theirs, yours), for a page."""
        return [(name, (self.theirs.get(name), value)) for name, value in self.yours.items()]


class NeedsSecondPerson(Refusal):
    """The act waits for another person's approval."""

    code = "needs_second_person"
    status = 409


class TextNotKept(Refusal):
    """What was typed fits no column: it is too long, or holds what is no text."""

    code = "text_not_kept"
    sentence = _("Something here is too long, or holds a sign that is no letter. Write it again, shorter.")


class OutOfRange(Refusal):
    """A day or a number that no calendar and no column reaches."""

    code = "out_of_range"
    sentence = _("A day or a number here is out of range. Write another one.")


class AtTheSameMoment(Refusal):
    """Two acts waited for each other, and the database ended this one."""

    code = "same_moment"
    status = 409
    sentence = _(
        "Others wrote here at the same moment, and this was not done to its end. Look, and send it again."
    )


class KeyMissing(Refusal):
    """No key of this office opens what is sealed."""

    code = "key_missing"
    status = 503
    sentence = _("What is sealed here can’t be opened: its key is not there. Tell your administrator.")


class FieldsRefused(Refusal):
    """Fields of a form or a row that cannot be taken. `faults`: field → sentence."""

    code = "fields_refused"
    status = 422

    def __init__(self, faults: dict[str, Any]) -> None:
        super().__init__(_("Some fields can’t be taken as they are."))
        self.faults = faults
