"""Takes in the letters of families from the public site, each once, and tells coarsely where each stands.

Comes in: sealed files in the folder of the exchange. Goes out: enquiries in the triage queue, and `standings.json`.
The letter's ticket is the enquiry's reference, so that a letter that was taken before is known and only removed. What
is no letter to this office is put aside, never read again and never deleted. Offers of hours go to the counsel desk.
Docs: docs/decisions/0012-the-public-site-and-the-office-exchange-files.md.
Tests: tests/office/licensing/test_letters.py.
"""

import json
import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError

from posada.office.access.actor import machine
from posada.office.access.key_ring import key_number, sealing_keys
from posada.office.counsel import hours_offers
from posada.office.exchange_keys import letters_opener
from posada.office.letter_answers import writer_of
from posada.office.licensing.models import Enquiry
from posada.office.licensing.services import take_enquiry
from posada.office.opened_letter import MOST_BYTES, NoLetter, open_letter

IN, ASIDE, OUT = "from_public", "not_understood", "to_public/standings.json"
A_TURN = 100
"""At most so many letters in one turn, so that the clock of the worker goes on."""
MARK = "W-"
MOST_BEDS = 12
OFFICE_CODES = {"en": "eng", "es": "spa", "ht": "hat", "pt": "por"}
"""The public forms name languages as browsers do; children's files and plans by three letters."""
COARSE = {
    Enquiry.Stage.ENQUIRY: "received",
    Enquiry.Stage.TRIAGE: "in_review",
    Enquiry.Stage.APPLICATION: "in_contact",
    Enquiry.Stage.CHECKS: "checks",
    Enquiry.Stage.HOME_STUDY: "checks",
    Enquiry.Stage.DECISION: "checks",
    Enquiry.Stage.OPEN: "open",
    Enquiry.Stage.ON_HOLD: "open",
    Enquiry.Stage.CLOSED: "ended",
}
log = logging.getLogger("posada.letters")


def take_letters() -> int:
    """Take in what lies there. Returns how many enquiries and offers of hours were made."""
    folder = _exchange() / IN
    if not folder.is_dir():
        return 0
    made = 0
    for path in sorted(folder.glob("*.letter"))[:A_TURN]:
        try:
            told = _opened(path)
            told["answers"]["languages"] = [office_code(each) for each in told["answers"]["languages"]]
            made += hours_offers.taken(told) if told["kind"] == "hours" else _taken(told)
        except (NoLetter, KeyError, TypeError, ValueError) as error:
            _put_aside(path, error)
        else:
            path.unlink(missing_ok=True)
    if made:
        tell_standings()
    return made


def office_code(language: str) -> str:
    """The office's code of a language that a form of the public site names.

    >>> office_code("es"), office_code("mam")
    ('spa', 'mam')
    """
    return OFFICE_CODES.get(str(language), str(language))


def waiting_by_key() -> dict[str, int]:
    """How many letters wait that only one key opens, by the number of that key; none is read further."""
    found: dict[str, int] = {}
    for path in sorted((_exchange() / IN).glob("*.letter")):
        for key in sealing_keys():
            with suppress(NoLetter, OSError):
                open_letter(path.read_bytes(), key=letters_opener(key))
                found[key_number(key)] = found.get(key_number(key), 0) + 1
                break
    return found


def tell_standings() -> None:
    """Write for each letter one of six words; the site shows it to who holds the letter's link."""
    told = {
        reference.removeprefix(MARK): COARSE[Enquiry.Stage(stage)]
        for reference, stage in Enquiry.objects.filter(reference__startswith=MARK).values_list(
            "reference", "stage"
        )
    }
    told |= hours_offers.standings()
    path = _exchange() / OUT
    if not path.parent.is_dir():
        return
    staged = path.with_name(f".{path.name}.{os.getpid()}")
    staged.write_text(json.dumps({"schema": 1, "standings": told}, sort_keys=True), encoding="utf-8")
    staged.replace(path)


def _opened(path: Path) -> dict[str, Any]:
    if path.is_symlink() or path.stat().st_size > MOST_BYTES:
        raise NoLetter
    sealed = path.read_bytes()
    for key in sealing_keys():
        try:
            return open_letter(sealed, key=letters_opener(key))
        except NoLetter:
            continue
    raise NoLetter


def _taken(told: dict[str, Any]) -> int:
    """An enquiry of what a letter says; whoever wrote it may have left the form out. Raises ValueError."""
    writer, beds = writer_of(told), int(told["answers"]["beds"])
    if told["kind"] != "home" or not 1 <= beds <= MOST_BEDS:
        raise ValueError("not what the form sends")
    reference = f"{MARK}{writer.ticket}"
    if Enquiry.objects.filter(reference=reference).exists():
        return 0
    fields = {
        "kind": "foster",
        "county_fips": writer.county,
        "languages": writer.languages,
        "beds_offered": beds,
        "max_siblings": None,
        "source": "public_site",
        "best_language": writer.best_language,
    }
    try:
        take_enquiry(machine("public site"), fields=fields, contacts=writer.contacts, reference=reference)
    except IntegrityError:  # taken by another worker meanwhile
        return 0
    return 1


def _put_aside(path: Path, error: Exception) -> None:
    _move(path, ASIDE)
    log.warning("a letter was not understood (%s) and is put aside", type(error).__name__)


def _move(path: Path, where: str) -> None:
    folder = path.parent / where
    folder.mkdir(mode=0o700, exist_ok=True)
    path.replace(folder / path.name)


def _exchange() -> Path:
    return Path(settings.DEPLOYMENT.folder) / "exchange"
