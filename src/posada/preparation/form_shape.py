"""What is known of an official form without opening it again: its fields, its edition, and what is too long. Light.

Comes in: nothing; these are records. Goes out: them. Reading and filling stand in `official_form.py`.
Docs: docs/how-to/prepare-a-case.md. Tests: tests/preparation/test_official_form.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass

TEXT, TICK = "text", "tick"


class FormNotUsable(ValueError):  # noqa: N818
    """`code`: damaged, locked, no_fields, too_many, or letters (`letters`: those that no font has)."""

    def __init__(self, code: str, letters: str = "") -> None:
        super().__init__(code)
        self.code, self.letters = code, letters


@dataclass(frozen=True, slots=True)
class FormField:
    """One field. `label`: what it says beside its name; lengths in points; `size` 0: as large as fits.

    `most`: characters that it takes, 0 for any number. `kind`: TEXT or TICK.
    """

    name: str
    label: str
    kind: str
    page: int
    width: float
    height: float
    size: float
    multiline: bool
    most: int
    required: bool


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """The fields of a form in the order of its pages. `digest`: of their names and kinds; that is its edition."""

    fields: tuple[FormField, ...]
    digest: str

    def field(self, name: str) -> FormField | None:
        """The field with this name."""
        return next((each for each in self.fields if each.name == name), None)


@dataclass(frozen=True, slots=True)
class TooLong:
    """A value that does not fit its field: the whole of it goes to the addendum."""

    field: FormField
    text: str


def unfilled(form: OfficialForm, values: Mapping[str, str]) -> tuple[FormField, ...]:
    """The fields that the form itself calls required and that have no value."""
    return tuple(each for each in form.fields if each.required and not values.get(each.name))
