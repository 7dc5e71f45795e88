"""Words of packets: forums, ways of service, steps of a building, rules of the check, and why a file is no use.

Rules and reasons come from `posada.packets` in English; what stands here is shown, and anything else as it came.
Tests: tests/office/packets/test_packet_words.py.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from posada.packets.packet import Forum

FORUMS = {
    Forum.IMMIGRATION_COURT: _("Immigration court"),
    Forum.USCIS: _("USCIS"),
    Forum.BIA: _("Board of Immigration Appeals"),
    Forum.STATE_COURT: _("State court"),
}
METHODS = {
    "portal": _("through the court’s portal"),
    "mail": _("by first-class mail"),
    "hand": _("by hand"),
    "courier": _("by overnight courier"),
    "email": _("by email"),
}
STATES = {
    "draft": ("plain", _("draft")),
    "built": ("ok", _("built")),
    "stale": ("warn", _("changed since it was built")),
    "filed": ("ok", _("filed")),
}
STEPS = {
    "": _("It waits for its turn."),
    "reading": _("Reading the exhibits"),
    "building": _("Putting the packet together"),
    "cutting": _("Cutting the packet into parts"),
    "checking": _("Checking it against the rules"),
    "keeping": _("Keeping it in the file"),
}
FAILURES = {
    "not_complete": _("Something is missing, so nothing was built. It is named above."),
    "not_usable": _("Some exhibits can’t be used as they are, so nothing was built. Each is named below."),
    "no_longer_yours": _("Who asked for it may no longer work on this case."),
    "no_libraries": _("The libraries that build packets are not installed. Tell your administrator."),
    "too_large": _("The packet is larger than the file can keep. Make two packets of it."),
    "worker_died": _(
        "The building was broken off twice. One of the exhibits may be too much for this machine."
    ),
    "unexpected": _("The building failed for a reason that nobody foresaw. Tell your administrator."),
}
RULES = {
    "letter_size": _("Every page is 8.5 by 11 inches and upright"),
    "page_numbers": _("Every page bears its number at the bottom right, one sequence from first to last"),
    "numbers_clear": _("Nothing but the number stands in the band at the foot"),
    "page_labels": _("The labels that a reader shows are the stamped numbers"),
    "cover_caption": _("The cover names filer, authority, person, number and filing"),
    "cover_custody": _("The cover says DETAINED or NON-DETAINED"),
    "cover_hearing": _("The cover names judge, date, time and type of the next hearing"),
    "contents": _("The table of contents names each tab, its title and its pages"),
    "tabs": _("Exhibits stand behind alphabetical tabs, each with its sheet"),
    "bookmarks": _("One bookmark for each part and exhibit leads to its first page"),
    "complete": _("No exhibit is missing"),
    "translations": _("What is not in English has a translation and its certificate"),
    "signatures": _("Filing, certificates and proof of service are signed"),
    "proof_of_service": _("A proof of service says on whom, when and how the other side was served"),
    "filing_date": _("It is filed in time for the hearing"),
    "metadata": _("It holds no properties but title and language"),
    "scripts": _("It holds no scripts and starts nothing"),
    "attachments": _("It holds no attached files"),
    "form_fields": _("It holds no form fields"),
    "picture_data": _("Its pictures say nothing of camera, place and time"),
    "encryption": _("It is open: no password, no restriction"),
    "fonts": _("Its fonts are inside"),
    "text": _("Its text can be searched"),
    "tags": _("It is tagged, so that it can be read aloud"),
    "upload_size": _("It is no larger than one upload may be"),
    "file_name": _("Its file name holds no name and no A-number"),
}
_REASONS: tuple[tuple[str, Any], ...] = (
    ("it is locked against", _("it is locked against changes; print it to a new PDF, and bring that one")),
    ("it is locked", _("it is locked with a password; bring a copy without one")),
    ("it is damaged", _("it is damaged; scan it again, or print it to a new PDF")),
    ("it is empty", _("it is empty")),
    ("it has no pages", _("it has no pages")),
    ("it is not a PDF", _("it is not a PDF, whatever its name says")),
    ("the picture is damaged", _("the picture is damaged or cut off; scan or take it again")),
    ("it is no picture", _("it is no picture that can be read (JPEG, PNG, TIFF or HEIC)")),
    ("a picture in it has", _("a picture in it has more dots than can be read safely")),
    ("it grows beyond", _("it grows beyond all measure when it is unpacked; it may be made to do harm")),
    (
        "it is a form that only Adobe",
        _("it is a form that only Adobe Reader can draw; print it to a new PDF"),
    ),
    ("it took longer", _("it took longer than a file may take; print it to a new PDF")),
    ("its translator is not said", _("its translator is not said to know both languages")),
    ("no translator is named", _("no translator is named who certifies its translation")),
    ("this page alone is larger", _("this page alone is larger than an upload may be; scan it smaller")),
)


def reason_words(reason: str) -> Any:
    """Why an exhibit can’t be used, in the language of the page where it is known there."""
    for begins, words in _REASONS:
        if reason.startswith(begins):
            return words
    if "and has no English translation" in reason:
        return _("it has no English translation")
    return reason


def rule_words(rule: str) -> Any:
    """A rule of the check; a rule that is new keeps its name."""
    return RULES.get(rule, rule)
