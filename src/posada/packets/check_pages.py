"""Rules of the pages themselves: size, numbers, labels, bookmarks, searchable text.

Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_check.py.
"""

from collections.abc import Iterator

from posada.packets.finding import Finding, finding, page_list
from posada.packets.hidden_parts import Hidden
from posada.packets.packet_reading import Reading


def page_findings(reading: Reading, hidden: Hidden) -> Iterator[Finding]:
    """What the rules say, in their order."""
    yield _size(reading, hidden)
    yield _numbers(reading)
    yield _clear(reading)
    yield _labels(reading)


def _size(reading: Reading, hidden: Hidden) -> Finding:
    odd = [
        n
        for n, each in enumerate(reading.pages, 1)
        if abs(each.width - 612) > 1 or abs(each.height - 792) > 1
    ]
    wrong = sorted({*odd, *hidden.boxes})
    if wrong:
        message = f"these pages are not upright Letter: {page_list(wrong)}"
        return finding("letter_size", False, message, page=wrong[0])
    return finding("letter_size", True, f"all {len(reading.pages)} pages are 612 by 792 points, upright")


def _numbers(reading: Reading) -> Finding:
    first, total = reading.first_number, reading.total
    for number, page in enumerate(reading.pages, 1):
        expected = first + number - 1
        if page.stamp is None:
            return finding(
                "page_numbers", False, f"the page bears no number (Page {expected} of …)", page=number
            )
        if page.stamp != (expected, total):
            found = f"Page {page.stamp[0]} of {page.stamp[1]}"
            message = f"the page says {found} where Page {expected} of {total} belongs"
            return finding("page_numbers", False, message, page=number)
    last = first + len(reading.pages) - 1
    if not reading.is_part and (first != 1 or last != total):
        message = f"the pages run from {first} to {last}, and the stamp says that there are {total}"
        return finding("page_numbers", False, message, page=len(reading.pages))
    return finding("page_numbers", True, f"pages {first} to {last} of {total} are numbered in one sequence")


def _clear(reading: Reading) -> Finding:
    written = [n for n, page in enumerate(reading.pages, 1) if page.stamp and page.beside_the_stamp]
    crossed = sorted({*written, *reading.inked})
    if crossed:
        message = f"something else stands in the band of the number: {page_list(crossed)}"
        return finding("numbers_clear", False, message, page=crossed[0])
    return finding("numbers_clear", True, "the numbers stand clear of what is on the pages")


def _labels(reading: Reading) -> Finding:
    for number, page in enumerate(reading.pages, 1):
        expected = str(page.stamp[0] if page.stamp else reading.first_number + number - 1)
        if page.label != expected:
            found = f"“{page.label}”" if page.label else "missing"
            message = f"the page's label is {found} where {expected} is stamped"
            return finding("page_labels", False, message, page=number)
    return finding("page_labels", True, "the labels are the stamped numbers")


def bookmark_findings(reading: Reading) -> Iterator[Finding]:
    """Whether a bookmark leads to each part and exhibit."""
    titles = [title for title, _ in reading.bookmarks]
    lost = [title for title, page in reading.bookmarks if page is None]
    wanted = ["Cover", "Table of contents"] if reading.has_cover else []
    missing = [each for each in wanted if each not in titles]
    service = reading.pages_headed("proof of service")
    if service and reading.has_end and "Proof of service" not in titles:
        missing.append("Proof of service")
    wrong = [
        each
        for each in reading.exhibits
        if each.from_bookmark and not _is_sheet(reading, each.first, each.tab)
    ]
    unmarked = [each for each in reading.exhibits if not each.from_bookmark]
    if reading.is_part and wrong and wrong[0].first == 1:
        wrong = wrong[1:]  # a tab that began in the part before goes on here
    if missing or unmarked:
        names = ", ".join([*missing, *(f"Tab {each.tab}" for each in unmarked)])
        yield finding("bookmarks", False, f"no bookmark leads to: {names}")
    elif lost:
        yield finding("bookmarks", False, f"this bookmark leads nowhere: {lost[0]}")
    elif wrong:
        message = f"the bookmark of Tab {wrong[0].tab} leads to a page that is not its tab sheet"
        yield finding("bookmarks", False, message, page=wrong[0].first)
    else:
        yield finding("bookmarks", True, f"{len(titles)} bookmarks lead to the parts and exhibits")


def _is_sheet(reading: Reading, page: int, tab: str) -> bool:
    lines = reading.pages[page - 1].lines if 0 < page <= len(reading.pages) else []
    return bool(lines) and lines[0] == f"Tab {tab}"


def text_findings(reading: Reading) -> Iterator[Finding]:
    """Whether each page can be searched."""
    made = _made_pages(reading)
    silent = [n for n, page in enumerate(reading.pages, 1) if not page.lines]
    own = [page for page in silent if page in made]
    if own:
        yield finding("text", False, f"these pages hold no text: {page_list(own)}", page=own[0])
    elif silent:
        message = f"these pages are pictures whose text cannot be searched: {page_list(silent)}"
        yield finding("text", None, message, page=silent[0])
    else:
        yield finding("text", True, "the text of every page can be searched")


def _made_pages(reading: Reading) -> set[int]:
    """Pages that the builder makes: the cover, the contents and the tab sheets."""
    made = {each.first for each in reading.exhibits}
    if reading.is_part and not reading.has_cover:
        made -= {1}  # a tab that began in the part before goes on here
    return made | ({1} if reading.has_cover else set()) | ({reading.contents[0]} - {0})


def tag_findings(reading: Reading, hidden: Hidden) -> Iterator[Finding]:
    """Whether the packet is tagged, and where it is not."""
    if hidden.is_tagged and not hidden.untagged:
        yield finding("tags", True, "every page is tagged")
    elif hidden.is_tagged:
        pages = page_list(hidden.untagged)
        message = f"these pages, which come from exhibits, are not tagged: {pages}"
        yield finding("tags", None, message, page=hidden.untagged[0])
    else:
        why = "a part of a packet keeps no tags" if reading.is_part else "no page is tagged"
        yield finding("tags", None, why)
