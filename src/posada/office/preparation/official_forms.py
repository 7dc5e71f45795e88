"""Filling an official form for a child from the records: read, mapped once for each edition, filled into her file.

Comes in: the acting person, a child, and a blank form that was brought into her file. Goes out: a filled paper.
The A-number is taken out of its seal at the filling alone; nothing typed here is kept but field → fact.
Docs: docs/how-to/prepare-a-case.md. Tests: tests/office/preparation/test_official_forms.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.audit.history import save_change, save_new
from posada.office.casefile.content_type import PDF
from posada.office.casefile.documents import NewDocument, add_document, open_document
from posada.office.casefile.models import Document, WrittenName
from posada.office.counsel.models import Counsel
from posada.office.day import today
from posada.office.docket.hearings import hearings, shown
from posada.office.intake.models import Child
from posada.office.preparation.models import FormEdition
from posada.office.refusals import FieldsRefused, NotThere, Refusal
from posada.office.shown_names import languages
from posada.preparation import bounded_form
from posada.preparation.form_mapping import FACTS, TICKS, propose
from posada.preparation.form_shape import TICK, FormField, FormNotUsable, OfficialForm, TooLong, unfilled

FILLED, BLANK = "filled_form", "other"
SEALED = "a_number"
WHY = "to fill an official form"
WHAT = {
    "damaged": _("This form is damaged, or no PDF. Get it again from the agency."),
    "locked": _("This form is locked with a password. Get it again from the agency."),
    "no_fields": _(
        "This PDF has no fields to fill. Some forms show their fields only in the agency’s own program."
    ),
    "too_many": _("This PDF has too many fields."),
    "letters": _("No font at hand has a letter of these values: %(letters)s"),
}
FACT_WORDS = {
    "a_number": _("A-number (sealed; taken out at the filling alone)"),
    "family_name": _("Family names"),
    "given_name": _("Given names"),
    "full_name": _("The whole name, as the immigration court writes it"),
    "birth_date": _("Born on"),
    "country": _("Country, as recorded"),
    "language": _("Best language"),
    "arrived_on": _("Arrived on"),
    "court": _("Immigration court of the next hearing"),
    "hearing_date": _("Day of the next hearing"),
    "counsel_name": _("Name of counsel"),
    "counsel_firm": _("Firm of counsel"),
    "bar_number": _("Bar number of counsel"),
    "today": _("The day of filling"),
    "is_girl": _("Tick: a girl"),
    "is_boy": _("Tick: a boy"),
}


class TooLongForField(Refusal):
    """Values do not fit: they are shown before anything is printed, and go to an addendum once the person agrees."""

    code = "too_long"

    def __init__(self, long: tuple[TooLong, ...]) -> None:
        super().__init__(
            _("Some values do not fit their fields. They go whole to an addendum, if you agree.")
        )
        self.long = long


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A blank form with what is known of its edition. `mapping`: confirmed, or else proposed by names."""

    paper: Document
    form: OfficialForm
    edition: FormEdition | None
    mapping: Mapping[str, str]

    @property
    def is_confirmed(self) -> bool:
        """Whether a person has confirmed the mapping of this edition."""
        return self.edition is not None and self.edition.confirmed_on is not None


def _core() -> Any:
    """The room that measures values in a font: loaded where that is asked, not with every page."""
    from posada.preparation import official_form

    return official_form


def bring(actor: Actor, child: Child, content: bytes, *, name: str) -> Document:
    """Keep a blank form in the child's file. Raises FieldsRefused where it can't be filled, NotThere."""
    doors.one(doors.children(doors.as_legal(actor)), child.pk)
    try:
        bounded_form.read_form(content)
    except FormNotUsable as refused:
        raise FieldsRefused({"file": WHAT[refused.code]}) from None
    return add_document(actor, NewDocument(content, BLANK, name, "eng", child=child))


def blank_forms(actor: Actor, child: Child) -> list[Document]:
    """The PDFs of the child's file that may be blank forms, newest first."""
    rows = doors.documents(doors.as_legal(actor)).filter(child=child, kind=BLANK, content_type=PDF.media_type)
    return list(rows.order_by("-entered_at", "pk")[:100])


def one_paper(actor: Actor, pk: Any) -> Document:
    """A PDF about a child of the legal door. Raises NotThere."""
    rows = doors.documents(doors.as_legal(actor)).filter(child__isnull=False, content_type=PDF.media_type)
    return doors.one(rows.select_related("child", "child__group"), pk)


def open_form(actor: Actor, paper: Document) -> OpenForm:
    """Its fields, and the mapping of its edition. Raises Refusal where it is no form, NotThere, FileUnreadable."""
    form = _read(open_document(actor, paper))
    edition = FormEdition.objects.filter(fields_digest=form.digest).select_related("confirmed_by").first()
    return OpenForm(paper, form, edition, dict(edition.mapping) if edition else propose(form.fields))


def _read(content: bytes) -> OfficialForm:
    try:
        return bounded_form.read_form(content)
    except FormNotUsable as refused:
        raise Refusal(WHAT[refused.code], code=refused.code) from None


def confirm(actor: Actor, opened: OpenForm, mapping: Mapping[str, str], *, version: int) -> FormEdition:
    """A person says which fact goes into which field, for every form of this edition.

    `version`: of the edition that was seen, 0 where there was none. Raises FieldsRefused, SomebodySavedFirst.
    """
    one_paper(actor, opened.paper.pk)
    kept = {name: fact for name, fact in mapping.items() if fact}
    for name, fact in kept.items():
        field = opened.form.field(name)
        if field is None or fact not in FACTS or (fact in TICKS) != (field.kind == TICK):
            raise FieldsRefused({"__all__": _("A field can’t take what was chosen for it.")})
    values = {"mapping": kept, "confirmed_by_id": actor.user_id, "confirmed_on": today()}
    if opened.edition is not None:
        if opened.edition.mapping == kept:
            return opened.edition
        return save_change(opened.edition, version=version, changes=values, actor=actor, act="form.confirm")
    row = FormEdition(fields_digest=opened.form.digest, name=opened.paper.title[:120], **values)
    try:
        with transaction.atomic():
            return save_new(row, actor=actor, act="form.confirm")
    except IntegrityError:
        stands = FormEdition.objects.get(fields_digest=opened.form.digest)
        return save_change(stands, version=version, changes=values, actor=actor, act="form.confirm")


def facts_of(actor: Actor, child: Child, *, with_sealed: bool = False) -> dict[str, str]:
    """Fact → text, from the records; what is not recorded is not there. `with_sealed`: the A-number too."""
    written = WrittenName.objects.filter(child=child, authority="court", voided_at__isnull=True)
    with translation.override("en"):
        language = languages(child.languages[:1]) if child.languages else ""
    found = {
        "family_name": child.family_name,
        "given_name": child.given_name,
        "full_name": written.values_list("name", flat=True).first() or child.name,
        "birth_date": _american(child.birth_date),
        "country": child.country,
        "language": str(language),
        "arrived_on": _american(child.arrived_on),
        "today": _american(today()),
        "is_girl": "X" if child.sex == "F" else "",
        "is_boy": "X" if child.sex == "M" else "",
        **_hearing(actor, child),
        **_counsel(actor, child),
    }
    if with_sealed and SEALED in doors.has_sealed(child):
        found[SEALED] = doors.open_sealed(actor, child, SEALED, reason=WHY, unseen=True).text
    return {name: text for name, text in found.items() if text}


def _hearing(actor: Actor, child: Child) -> dict[str, str]:
    rows = hearings(actor).filter(group_id=child.group_id, hearing_date__gte=today())
    row = rows.order_by("hearing_date").first()
    if row is None:
        return {}
    (told,) = shown([row])
    return {
        "court": told.court.name if told.court else row.court_code,
        "hearing_date": _american(row.hearing_date),
    }


def _counsel(actor: Actor, child: Child) -> dict[str, str]:
    on = today()
    rows = Counsel.objects.filter(
        engagements__group_id=child.group_id,
        engagements__voided_at__isnull=True,
        engagements__from_date__lte=on,
    ).exclude(engagements__until_date__lte=on)
    found = rows.order_by("-engagements__from_date").first()
    if found is None:
        return {}
    return {
        "counsel_name": found.display_name,
        "counsel_firm": found.organisation,
        "bar_number": " ".join(filter(None, (found.bar_state, found.bar_number))),
    }


def _american(day: date | None) -> str:
    return day.strftime("%m/%d/%Y") if day else ""


@dataclass(frozen=True, slots=True)
class Preview:
    """Before anything is printed. `sealed`: fields that take the sealed A-number, whose value is not shown."""

    values: Mapping[str, str]
    long: tuple[TooLong, ...]
    unfilled: tuple[FormField, ...]
    sealed: frozenset[str]


def preview(actor: Actor, opened: OpenForm, child: Child) -> Preview:
    """What would stand in each field, what is too long, and which required ones stay empty."""
    facts = facts_of(actor, child)
    sealed = frozenset(name for name, fact in opened.mapping.items() if fact == SEALED)
    values = {name: facts[fact] for name, fact in opened.mapping.items() if fact in facts}
    known = SEALED in doors.has_sealed(child)
    empty = unfilled(opened.form, {**values, **(dict.fromkeys(sealed, "x") if known else {})})
    return Preview(values, _core().overflowing(opened.form, values), empty, sealed if known else frozenset())


def fill(actor: Actor, opened: OpenForm, *, agreed: bool) -> Document:
    """Fill the form into the child's file. `agreed`: that what is too long goes to an addendum.

    Raises TooLongForField before anything is written, Refusal, NotThere.
    """
    paper = one_paper(actor, opened.paper.pk)
    child = paper.child
    if child is None:
        raise NotThere
    if not opened.is_confirmed:
        raise Refusal(_("Confirm first which fact goes into which field."), code="not_confirmed")
    facts = facts_of(actor, child, with_sealed=SEALED in opened.mapping.values())
    values = {name: facts[fact] for name, fact in opened.mapping.items() if fact in facts}
    long = _core().overflowing(opened.form, values)
    if long and not agreed:
        raise TooLongForField(long)
    title = f"{opened.edition.name if opened.edition else ''}, {child.child_id}"
    try:
        content = bounded_form.fill(open_document(actor, paper), values, title=title)
    except FormNotUsable as refused:
        said = WHAT[refused.code]
        raise Refusal(said % {"letters": refused.letters} if refused.code == "letters" else said) from None
    name = str(_("%(form)s, filled") % {"form": paper.title})
    return add_document(actor, NewDocument(content, FILLED, name, "eng", child=child))
