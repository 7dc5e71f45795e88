"""How each act of an office that was killed has to stand afterwards: whole, with what it was acknowledged with.

Comes in: a line that killed_acts.py has written when it acknowledged a step. Goes out: the faults that it shows:
lost, half done, or something else than was said. `standing_faults` looks at what was under way without having been
acknowledged.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

READ_BEFORE = b"a whole backup"


def lost(line: dict[str, Any], told: dict[str, str]) -> Iterator[str]:
    """What is no longer there of an acknowledged step, or only in part."""
    for fault in _LOOKS[line["act"]](line, told):
        yield f"{line['act']}: {fault}"


def _edit(line: dict[str, Any], told: dict[str, str]) -> Iterator[str]:
    from posada.office.audit.models import Revision

    rows = Revision.objects.filter(record_id=told["child"], act="child.change")
    if not rows.filter(changed__given_name__1=line["text"]).exists():
        yield "the change is not in the history"


def _import(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    from posada.office.access.doors import differing_sealed
    from posada.office.intake.models import Child

    children = {each.child_id: each for each in Child.objects.filter(child_id__in=line["ids"])}
    if len(children) != len(line["ids"]):
        yield f"{len(children)} of {len(line['ids'])} children are there"
        return
    if {each.family_name for each in children.values()} != {line["family"]}:
        yield "a name is another"
    numbers = [
        (children[each].pk, {"a_number": f"000-000-{place:03}"}) for place, each in enumerate(line["ids"])
    ]
    if any(found["a_number"] for found in differing_sealed("intake.child", numbers).values()):
        yield "a sealed number is missing or another"


def _plan_asked(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    from posada.office.placement.models import PlanRun

    if not PlanRun.objects.filter(pk=line["run"]).exists():
        yield "the request is gone"


def _plan_ready(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    from posada.office.placement.models import PlannedGroup, PlanRun

    run = PlanRun.objects.get(pk=line["run"])
    if run.state not in {PlanRun.State.READY, PlanRun.State.APPROVED}:
        yield f"the plan is {run.state}"
    if PlannedGroup.objects.filter(run=run).count() != line["planned"]:
        yield "it plans another number of groups"


def _approve(line: dict[str, Any], told: dict[str, str]) -> Iterator[str]:
    from posada.office.placement.models import PlanRun

    run = PlanRun.objects.get(pk=line["run"])
    if str(run.approved_by_id) != told["approver"] or run.state != PlanRun.State.APPROVED:
        yield "the approval is gone"


def _accept(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    from posada.office.placement.models import Offer, Placement

    offer = Offer.objects.get(pk=line["offer"])
    if offer.state != Offer.State.ACCEPTED:
        yield "the answer is gone"
    if Placement.objects.filter(child__group=offer.group, home__home_id=line["home"]).count() != 2:
        yield "the siblings are not in the home that has accepted"


def _build_asked(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    from posada.office.packets.models import Build

    if not Build.objects.filter(pk=line["build"]).exists():
        yield "the request is gone"


def _build_done(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    from posada.office.packets.models import Build

    build = Build.objects.get(pk=line["build"])
    if build.state != Build.State.DONE:
        yield "the packet is gone"
    if build.files != line["files"]:
        yield "it has other files"
    for pk in line["files"]:
        yield from _file_of(pk)


def _paper(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    yield from _file_of(line["document"], digest=line["digest"])


def _file_of(pk: str, *, digest: str = "") -> Iterator[str]:
    """What is wrong with a paper: gone, without its file, or another than was brought."""
    from posada.office.casefile import vault
    from posada.office.casefile.models import Document

    document = Document.objects.filter(pk=pk).first()
    if document is None:
        yield "the paper is gone"
        return
    content = vault.take_out(document.stored_name)
    if hashlib.sha256(content).hexdigest() != document.digest or digest not in ("", document.digest):
        yield "its file is another"


def _close(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    from posada.office.ledger.models import ClosedMonth

    month = ClosedMonth.objects.filter(month=line["month"]).first()
    if month is None:
        yield "the month is open again"
    elif (month.sha256, month.entries.count()) != (line["sha256"], line["entries"]):
        yield "the month holds something else"


def _backup(line: dict[str, Any], told: dict[str, str]) -> Iterator[str]:
    from posada.web.operating.restore import check_whole

    path = Path(line["file"])
    if not path.is_file():
        yield "the file is gone"
    elif path.read_bytes() != READ_BEFORE:
        first, second = json.loads(told["halves"])
        tables = check_whole(path, halves=(first, second))["tables"]
        held = next(
            count for name, (count, _) in tables.items() if name.replace(".", "_") == "audit_revision"
        )
        if held < line["changes"]:
            yield f"it holds {held} of {line['changes']} changes that were acknowledged before it"


_LOOKS: dict[str, Callable[[dict[str, Any], dict[str, str]], Iterator[str]]] = {
    "edit": _edit,
    "import": _import,
    "plan_asked": _plan_asked,
    "plan_ready": _plan_ready,
    "approve": _approve,
    "accept": _accept,
    "build_asked": _build_asked,
    "build_done": _build_done,
    "paper": _paper,
    "close": _close,
    "backup": _backup,
}


def standing_faults(told: dict[str, str]) -> Iterator[str]:
    """Whatever stands by halves now, acknowledged or not."""
    from posada.office.audit.chain import verify
    from posada.web.operating.backup_keys import WrongKeys
    from posada.web.operating.restore import check_whole
    from posada.web.operating.sealed_file import NotWhole

    verdict = verify()
    if verdict.broken_at is not None:
        yield f"log: entry {verdict.broken_at}: {verdict.fault}"
    yield from _torn_changes(told)
    yield from _half_groups()
    yield from _half_plans()
    yield from _half_offers()
    yield from _half_packets()
    yield from _half_months()
    first, second = json.loads(told["halves"])
    for path in Path(told["backups"]).iterdir():
        if path.name.startswith(".") or path.read_bytes() == READ_BEFORE:
            continue
        try:
            check_whole(path, halves=(first, second))
        except (NotWhole, WrongKeys) as error:
            yield f"backup: {error}"
        path.write_bytes(READ_BEFORE)


def _torn_changes(told: dict[str, str]) -> Iterator[str]:
    from posada.office.audit.models import Revision
    from posada.office.intake.models import Child

    child = Child.objects.get(pk=told["child"])
    rows = Revision.objects.filter(record_id=child.pk, act="child.change").order_by("version")
    last = rows.last()
    if last is not None and last.changed["given_name"][1] != child.given_name:
        yield "edit: the child is not as its history says"


def _half_groups() -> Iterator[str]:
    from django.db.models import Count

    from posada.office.intake.models import SiblingGroup

    taken = SiblingGroup.objects.filter(sibling_group_id__startswith="G").annotate(n=Count("children"))
    for group in taken.exclude(n=3).exclude(sibling_group_id__startswith="G-"):
        yield f"import: a group has {group.n} of 3 children"


def _half_plans() -> Iterator[str]:
    from posada.office.placement.models import PlannedGroup, PlanRun
    from posada.programme import PlanUnreadable, read_plan

    for run in PlanRun.objects.filter(state__in=(PlanRun.State.READY, PlanRun.State.APPROVED)):
        if run.counts.get("groups", 0) and not PlannedGroup.objects.filter(run=run).exists():
            yield "plan: it is ready without its rows"
        try:
            read_plan(Path(settings.DEPLOYMENT.plans) / run.folder)
        except PlanUnreadable as error:
            yield f"plan: {error}"
        if (run.approved_by_id is None) != (run.state != PlanRun.State.APPROVED):
            yield "plan: approved by nobody"


def _half_offers() -> Iterator[str]:
    from posada.office.placement.models import Offer, Placement

    for offer in Offer.objects.select_related("group"):
        placed = Placement.objects.filter(child__group=offer.group, home=offer.home).count()
        wanted = offer.group.children.count() if offer.state == Offer.State.ACCEPTED else 0
        if placed != wanted:
            yield f"offer: {offer.state} with {placed} of {wanted} placements"


def _half_packets() -> Iterator[str]:
    from posada.office.casefile import vault
    from posada.office.casefile.models import Document
    from posada.office.packets.models import Build

    named = set(Document.objects.values_list("stored_name", flat=True))
    for name in named:
        if not vault.path_of(name).is_file():
            yield "document: its file is gone"
    for build in Build.objects.filter(state=Build.State.DONE):
        if not build.files or Document.objects.filter(pk__in=build.files).count() != len(build.files):
            yield "packet: it is done without its files"


def _half_months() -> Iterator[str]:
    from posada.office.ledger.models import ClosedMonth

    for month in ClosedMonth.objects.all():
        if not month.entries.exists():
            yield "month: closed without its entries"
        if month.asked_by_id is None or month.agreed_by_id is None:
            yield "month: closed by one"
