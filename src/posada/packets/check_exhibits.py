"""Rules of the exhibits: contents, tabs, translations and certificates, service, signatures.

Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_check.py.
"""

import re
import unicodedata
from collections.abc import Iterator

from posada.packets.check_cover import Cover
from posada.packets.finding import Finding, finding, page_list
from posada.packets.packet import Forum
from posada.packets.packet_reading import ExhibitRead, Reading, plain
from posada.packets.tabs import tab_letters

_CERTIFIES = ("competent", "true and accurate", "best of my abilities")
_DAY = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}")
_UNSEEN = re.compile(r"[\u200b\u2010\u2011\u00ad\ufffe\x02]")
_GAP = r"[\s-]*"
_MANNER = re.compile(r"\b(through|by|via)\b", re.IGNORECASE)


def exhibit_findings(reading: Reading, cover: Cover) -> Iterator[Finding]:
    """What the rules of contents, tabs and completeness say."""
    yield _contents(reading)
    yield _tabs(reading)
    yield _complete(reading, cover)


def _contents(reading: Reading) -> Finding:
    if not reading.has_cover:
        return finding("contents", None, "the table of contents is in part 1")
    start, words = reading.contents[0], _joined(reading.contents[1])
    if not start:
        return finding("contents", False, "there is no table of contents")
    for each in reading.exhibits:
        first = reading.first_number + each.first - 1
        last = reading.first_number + reading.last_page(each) - 1
        pages = str(first) if first == last else rf"{first}[–-]{last}"
        if reading.is_part:
            pages = rf"{first}(?:[–-]\d+)?"  # the tab may go on in the next part
        if not re.search(_row_pattern(each.tab, each.title, pages, backward=rf"{last}[–-]{first}"), words):
            message = (
                f"the table of contents does not give Tab {each.tab}, its title and its pages, {first}–{last}"
            )
            return finding("contents", False, message, page=start)
    if not reading.exhibits:
        return finding(
            "contents", None, "the table of contents could not be compared: no tab was found", page=start
        )
    return finding("contents", True, f"the table of contents gives {len(reading.exhibits)} tabs", page=start)


def _row_pattern(tab: str, title: str, pages: str, *, backward: str) -> str:
    """A row of the contents: where a line breaks, readers lose spaces and hyphens, or find some.

    One that holds words from right to left may be read backward as a whole.
    """
    letters = [each for each in _joined(title) if not each.isspace() and each != "-"]
    if not any(unicodedata.bidirectional(each) in ("R", "AL") for each in letters):
        return rf"{tab}\s{_GAP}{_GAP.join(map(re.escape, letters))}{_GAP}{pages}(?!\d)"
    some = f".{{1,{4 * len(letters)}}}"
    return rf"{tab}{some}{pages}(?!\d)|(?<!\d)(?:{pages}|{backward}){some}{tab}"


def _joined(text: str) -> str:
    """Text in one spelling: joined letters parted, marks at which a word may break dropped."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def _tabs(reading: Reading) -> Finding:
    if not reading.exhibits:
        if reading.is_part:
            return finding("tabs", None, "no tab begins in this part")
        return finding("tabs", False, "no exhibit stands behind a tab")
    start = reading.exhibits[0].tab if reading.is_part and not reading.has_cover else "A"
    offset = 0
    while tab_letters(offset) != start and offset < 2_000:
        offset += 1
    for place, each in enumerate(reading.exhibits):
        if each.tab != tab_letters(offset + place):
            message = f"Tab {each.tab} stands where Tab {tab_letters(offset + place)} belongs"
            return finding("tabs", False, message, page=each.first)
    first, last = reading.exhibits[0].tab, reading.exhibits[-1].tab
    return finding(
        "tabs", True, f"Tab {first} to Tab {last} are in order" if first != last else f"there is Tab {first}"
    )


def _complete(reading: Reading, cover: Cover) -> Finding:
    for number, page in enumerate(reading.pages, 1):
        if page.lines and page.lines[0].startswith("missing: Tab "):
            return finding(
                "complete", False, f"{page.lines[0]}: this is a draft, not for filing", page=number
            )
    if reading.has_cover and "DRAFT – not complete" in cover.text:
        return finding("complete", False, "the cover says that this is a draft", page=1)
    return finding("complete", True, "no tab is said to be missing")


def translation_findings(reading: Reading, cover: Cover) -> Iterator[Finding]:
    """Whether each exhibit that is not in English has its translation and certificate."""
    citation = "8 CFR 103.2(b)(3)" if cover.forum is Forum.USCIS else "8 CFR 1003.33"
    unsure: list[str] = []
    certificates = 0
    for each in reading.exhibits:
        sheet = plain(" ".join(reading.pages[each.first - 1].lines))
        if "Document in English:" in sheet or "missing: Tab" in sheet:
            continue
        if "Original in " not in sheet:
            unsure.append(each.tab)
            continue
        fault = _certificate_fault(reading, each)
        if fault is not None:
            page, message = fault
            yield finding("translations", False, message, page=page, citation=citation)
            return
        certificates += 1
    if unsure and not (reading.is_part and unsure == [reading.exhibits[0].tab]):
        message = f"the tab sheet does not say in which language the exhibit is: Tab {', '.join(unsure)}"
        yield finding("translations", None, message, citation=citation)
    else:
        message = f"{certificates} translation{'s are' if certificates != 1 else ' is'} certified"
        yield finding("translations", True, message, citation=citation)


def _certificate_fault(reading: Reading, exhibit: ExhibitRead) -> tuple[int, str] | None:
    last = reading.last_page(exhibit)
    pages = range(exhibit.first, last + 1)
    missing = [
        n
        for n in pages
        if reading.pages[n - 1].lines[:1] and reading.pages[n - 1].lines[0].startswith("missing")
    ]
    if missing or (reading.is_part and last == len(reading.pages) and not reading.has_end):
        return None  # a draft says so elsewhere; a part may end within a tab
    found = [
        n
        for n in pages
        if "certificate of translation" in reading.pages[n - 1].words.casefold() and n > exhibit.first
    ]
    if not found:
        return exhibit.first, f"Tab {exhibit.tab} is not in English and has no certificate of translation"
    words = reading.pages[found[-1] - 1].words
    lacking = [f"“{each}”" for each in _CERTIFIES if each not in words]
    if "Telephone:" not in words:
        lacking.append("a telephone number")
    if lacking:
        return found[-1], f"the certificate of Tab {exhibit.tab} lacks {', '.join(lacking)}"
    return None


def service_findings(reading: Reading, cover: Cover) -> Iterator[Finding]:
    """Whether the other side was served, and whether the packet says how."""
    if not reading.has_end:
        yield finding("proof_of_service", None, "the proof of service is in the last part")
        return
    found = reading.pages_headed("proof of service")
    if not found:
        if not cover.forum.wants_service and reading.has_cover:
            yield finding("proof_of_service", True, "this forum asks for no proof of service")
        else:
            yield finding("proof_of_service", False, "there is no proof of service")
        return
    words = reading.pages[found[-1] - 1].words
    lacking = []
    if not _DAY.search(words):
        lacking.append("the date")
    if not re.search(r"\bon (?!page)\S", words.partition("pages")[2]):
        lacking.append("whom it was served on")
    if not _MANNER.search(words):
        lacking.append("the manner")
    if lacking:
        yield finding(
            "proof_of_service", False, f"the proof of service lacks {', '.join(lacking)}", page=found[-1]
        )
    elif "portal" not in words and ", at " not in words:
        message = "the proof of service does not say at which address"
        yield finding("proof_of_service", None, message, page=found[-1])
    else:
        yield finding("proof_of_service", True, "it says on whom, when and how", page=found[-1])


def signature_findings(reading: Reading) -> Iterator[Finding]:
    """Where somebody must sign: a check of words cannot see whether they did."""
    lines = [n for n, page in enumerate(reading.pages, 1) if "Signature Date" in page.words]
    where = f": {page_list(lines)}" if lines else ""
    message = f"look whether these pages are signed{where}"
    yield finding("signatures", None, message, page=lines[0] if lines else None)
