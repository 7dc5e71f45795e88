"""Further acts of an office whose power is cut, which leave files or take them away, and how each has to stand.

Comes in: the acts of tests/promises/killed_acts.py, which write what was acknowledged. Goes out: more of such lines,
and the faults that they show after a cut.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


class CutActs:
    """What is told beside the acts of every life."""

    def __init__(self, acts: Any, folder: Path) -> None:
        self.acts, self.folder = acts, folder

    def erase(self) -> None:
        """Erase a sibling group with a paper, down to its file; then say so."""
        from django.db import transaction

        from posada.office.casefile.models import Document
        from posada.office.intake.models import Child
        from posada.office.retention import erasing
        from posada.office.retention.subjects import digest_of

        group = self.acts.fresh_group()
        children = [str(each) for each in Child.objects.filter(group=group).values_list("pk", flat=True)]
        paper = Document.objects.create(group=group, child_id=children[0], **_paper())
        with transaction.atomic():
            erasing.erase(self.acts.actor("director"), "group", group)
        erasing.finish()
        digest = digest_of("group", group.pk)
        self.acts.acknowledge("erase", file=paper.stored_name, digest=digest, children=children)

    def share(self) -> None:
        """Share the child's case with its counsel, as one archive."""
        from posada.office.counsel.models import Engagement
        from posada.office.intake.models import Child
        from posada.office.packets import shares

        child = Child.objects.get(pk=self.acts.told["child"])
        engagement = Engagement.objects.filter(group=child.group).first()
        asked = {"engagement": engagement, "purpose": "hearing", "days": 3}
        made = shares.share_case(self.acts.actor("lawyer"), child, asked)
        shares.prepare(made.pk)
        made.refresh_from_db()
        if made.state == made.State.READY:
            self.acts.acknowledge("share", share=str(made.pk), digest=made.digest)

    def leave(self) -> None:
        """A letter from the public site, and the mark of a restored copy."""
        from posada.newsroom.letters import post_letter
        from posada.web.operating.restored import mark

        office, name = self.folder / "office", f"{self.acts.chance.getrandbits(40):010x}"
        letter = post_letter(b"sealed", name=name, exchange=office / "exchange")
        mark(office, made_at=name)
        self.acts.acknowledge("letter", letter=str(letter), mark=str(office / "muted"))


def _paper() -> dict[str, Any]:
    from posada.office.casefile import vault

    content = b"what is erased"
    told = {"kind": "other", "title": "A paper", "content_type": "application/pdf", "size": len(content)}
    return {**told, "stored_name": vault.put_away(content), "digest": "0" * 64}


def _erase(line: dict[str, Any]) -> Iterator[str]:
    """What has come back of a group that was said to be erased."""
    from posada.office.casefile import vault
    from posada.office.intake.models import Child
    from posada.office.retention import erasing

    if Child.objects.filter(pk__in=line["children"]).exists():
        yield "erase: the children are there again"
    if vault.path_of(line["file"]).exists():
        yield "erase: the paper is there again"
    if f"group {line['digest']}" not in erasing.listed(erasing.places()):
        yield "erase: the list of what was erased does not hold it"


def _share(line: dict[str, Any]) -> Iterator[str]:
    from posada.office.packets import share_archive
    from posada.office.packets.models import Share

    made = Share.objects.get(pk=line["share"])
    path = share_archive.path_of(made.stored_name)
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != line["digest"]:
        yield "share: its archive is gone, or another"


def _letter(line: dict[str, Any]) -> Iterator[str]:
    letter = Path(line["letter"])
    if not letter.is_file() or letter.read_bytes() != b"sealed":
        yield "letter: it is gone"
    if not Path(line["mark"]).is_file():
        yield "letter: a restored copy is no longer silent"


LOOKS: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
    "erase": _erase,
    "share": _share,
    "letter": _letter,
}
