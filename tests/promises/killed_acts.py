"""What an office does while it is killed, what it has acknowledged, and how each act has to stand afterwards.

Comes in: an office that was set up by `furnish`. Goes out: lines of JSON, one for each acknowledged step, written
outside the office; and for each line the faults that it shows: lost, or half done. `standing_faults` looks at what
was under way without having been acknowledged.
"""

import json
import os
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

PAST_MONTHS = [date(year, month, 1) for year in range(2020, 2026) for month in range(1, 13)]
EDITS_AT_ONCE = 8
READ_BEFORE = b"a whole backup"


class Acts:
    """The acts of one life of the office, until it is killed."""

    def __init__(self, ledger: Path, *, seed: int) -> None:
        self.chance = random.Random(seed)
        self.ledger = os.open(ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.told = json.loads((ledger.parent / "furnished.json").read_text())

    def acknowledge(self, act: str, **what: Any) -> None:
        """Say outside that a step is done, as a page says it to a person."""
        os.write(self.ledger, (json.dumps({"act": act, **what}) + "\n").encode())

    def live(self, *, begin: int) -> None:
        """First what an earlier life has left, as a worker does when it starts; then one act, then any, for ever."""
        from posada.web.operating.worker import put_back_orphans

        put_back_orphans()
        self.work()
        acts = (self.take_in, self.plan, self.accept, self.build, self.close, self.back_up)
        acts[begin % len(acts)]()
        while True:
            self.chance.choice(acts)()
            self.edit()

    def work(self) -> None:
        """Do what waits, as the worker does."""
        from posada.web.operating.worker import Worker

        worker = Worker()
        while worker.take_one():
            pass

    def actor(self, name: str) -> Any:
        """Somebody who was furnished."""
        from posada.office.access.actor import actor_of
        from posada.office.access.models import User

        return actor_of(User.objects.get(pk=self.told[name]))

    def edit(self) -> None:
        """Change a child's note a few times, each time acknowledged."""
        from posada.office.audit.history import save_change
        from posada.office.intake.models import Child

        actor = self.actor("planner")
        for _ in range(EDITS_AT_ONCE):
            child, text = Child.objects.get(pk=self.told["child"]), f"Name{self.chance.getrandbits(48)}"
            changes = {"given_name": text}
            save_change(child, version=child.version, changes=changes, actor=actor, act="child.change")
            self.acknowledge("edit", text=text)

    def take_in(self) -> None:
        """Take in a folder of one group, with sealed numbers."""
        from posada.office.access.actor import machine
        from posada.office.intake.services import take_folder

        mark = f"{self.chance.getrandbits(40):010x}"
        ids = [f"{mark}-{place}" for place in range(3)]
        rows = [f"{each},G{mark},201{place}-02-03,F,spa" for place, each in enumerate(ids)]
        people = [f"{each},Name,Family{mark},000-000-{place:03}" for place, each in enumerate(ids)]
        files = {
            "children.csv": "\n".join(["child_id,sibling_group_id,birth_date,sex,languages", *rows]) + "\n",
            "people.csv": "\n".join(["child_id,given_name,family_name,a_number", *people]) + "\n",
        }
        take_folder(
            {name: text.encode() for name, text in files.items()},
            actor=machine("promise"),
            told=lambda *_: None,
        )
        self.acknowledge("import", ids=ids)

    def plan(self) -> None:
        """Ask for a plan, let the worker solve it, send and approve it by two persons."""
        from posada.office.placement import plans
        from posada.office.placement.models import PlanRun
        from posada.office.refusals import Refusal

        one, other = self.actor("planner"), self.actor("approver")
        run = plans.ask_for_plan(one)
        self.acknowledge("plan_asked", run=str(run.pk))
        self.work()
        run = PlanRun.objects.get(pk=run.pk)
        if run.state != PlanRun.State.READY:
            return
        self.acknowledge("plan_ready", run=str(run.pk))
        with suppress(Refusal):  # somebody may have sent it before a kill
            run = plans.send_for_approval(one, run, version=run.version)
            plans.approve_plan(other, run, version=run.version)
            self.acknowledge("approve", run=str(run.pk))

    def accept(self) -> None:
        """A home accepts an offer for two siblings."""
        from posada.office.placement import answers
        from tests.office.placement.offered import offer_of

        group, home = self.fresh_group(), self.fresh_home()
        offer = offer_of(group, home)
        answers.accept(self.actor("planner"), offer)
        self.acknowledge("accept", offer=str(offer.pk))

    def fresh_group(self) -> Any:
        """Two siblings under ids that no other life gives."""
        from posada.office.intake.models import Child, SiblingGroup

        mark = f"{self.chance.getrandbits(40):010x}"
        group = SiblingGroup.objects.create(sibling_group_id=f"S{mark}")
        for place in range(2):
            Child.objects.create(
                child_id=f"S{mark}-{place}", group=group, birth_date=date(2014, 5, 1 + place), sex="F"
            )
        return group

    def fresh_home(self) -> Any:
        """A home with room."""
        from tests.office.people import home_of

        return home_of(home_id=f"A{self.chance.getrandbits(40):010x}")

    def build(self) -> None:
        """Build the packet that was furnished."""
        from posada.office.packets import builds
        from posada.office.packets.models import Build, Packet
        from posada.office.refusals import Refusal

        packet = Packet.objects.get(pk=self.told["packet"])
        with suppress(Refusal):
            build = builds.ask_for_build(self.actor("lawyer"), packet)
            self.acknowledge("build_asked", build=str(build.pk))
            self.work()
            if Build.objects.get(pk=build.pk).state == Build.State.DONE:
                self.acknowledge("build_done", build=str(build.pk))

    def close(self) -> None:
        """Close the next month, by two persons."""
        from posada.office.access import two_persons
        from posada.office.ledger import closing
        from posada.office.ledger.models import ClosedMonth

        closed = set(ClosedMonth.objects.values_list("month", flat=True))
        month = next((each for each in PAST_MONTHS if each not in closed), None)
        if month is None:
            return
        asked = closing.ask_to_close(self.actor("director"), month, reason="all stays are in")
        two_persons.answer(self.actor("administrator"), asked.pk, approve=True)
        closing.close_month(self.actor("director"), month, asked)
        self.acknowledge("close", month=month.isoformat())

    def back_up(self) -> None:
        """Back up the office beside itself."""
        from posada.web.operating.backup import make_backup

        out = Path(self.told["backups"]) / f"{self.chance.getrandbits(40):010x}"
        make_backup(out, public=self.told["public"], tell=lambda _: None)
        self.acknowledge("backup", file=str(out))


def furnish(beside: Path) -> None:
    """People, a child with a packet, a stay of years, and the keys of backups; their ids stand beside the ledger."""
    from posada.office.access.roles import Role
    from posada.web.operating.backup_keys import draw_keys
    from tests.office.docket.cases import attorney_of, child_of
    from tests.office.packets.filings import packet_for, with_tabs
    from tests.office.people import assign_placement, group_of, home_of, person
    from tests.office.placement.planned import small_program

    small_program()
    group = group_of()
    child = child_of(group)
    lawyer, actor = attorney_of(group)
    packet = packet_for(actor, child)
    with_tabs(actor, packet, "Report")
    assign_placement(group_of(), home_of(cost_cents_per_child_day=3_000), from_date=date(2019, 12, 1))
    keys = draw_keys()
    (beside / "backups").mkdir()
    told = {
        "planner": person(Role.PLACEMENT_WORKER, Role.INTAKE_WORKER),
        "approver": person(Role.PROGRAM_DIRECTOR),
        "director": person(Role.PROGRAM_DIRECTOR),
        "administrator": person(Role.ADMINISTRATOR),
        "lawyer": lawyer,
        "child": child,
        "packet": packet,
    }
    text = {name: str(each.pk) for name, each in told.items()}
    text |= {"backups": str(beside / "backups"), "public": keys.public, "halves": json.dumps(keys.halves)}
    (beside / "furnished.json").write_text(json.dumps(text))


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
    from posada.office.access.doors import with_sealed
    from posada.office.intake.models import Child

    children = list(Child.objects.filter(child_id__in=line["ids"]))
    if len(children) != len(line["ids"]):
        yield f"{len(children)} of {len(line['ids'])} children are there"
    if len(with_sealed(children, "a_number")) != len(children):
        yield "a sealed number is missing"


def _plan_asked(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    from posada.office.placement.models import PlanRun

    if not PlanRun.objects.filter(pk=line["run"]).exists():
        yield "the request is gone"


def _plan_ready(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    from posada.office.placement.models import PlanRun

    run = PlanRun.objects.get(pk=line["run"])
    if run.state not in {PlanRun.State.READY, PlanRun.State.APPROVED}:
        yield f"the plan is {run.state}"


def _approve(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    from posada.office.placement.models import PlanRun

    if PlanRun.objects.get(pk=line["run"]).approved_by_id is None:
        yield "the approval is gone"


def _accept(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    from posada.office.placement.models import Offer

    if Offer.objects.get(pk=line["offer"]).state != Offer.State.ACCEPTED:
        yield "the answer is gone"


def _build_asked(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    from posada.office.packets.models import Build

    if not Build.objects.filter(pk=line["build"]).exists():
        yield "the request is gone"


def _build_done(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    from posada.office.packets.models import Build

    if Build.objects.get(pk=line["build"]).state != Build.State.DONE:
        yield "the packet is gone"


def _close(line: dict[str, Any], _told: dict[str, str]) -> Iterator[str]:
    from posada.office.ledger.models import ClosedMonth

    if not ClosedMonth.objects.filter(month=line["month"]).exists():
        yield "the month is open again"


def _backup(line: dict[str, Any], told: dict[str, str]) -> Iterator[str]:
    if not Path(line["file"]).is_file():
        yield "the file is gone"


_LOOKS: dict[str, Callable[[dict[str, Any], dict[str, str]], Iterator[str]]] = {
    "edit": _edit,
    "import": _import,
    "plan_asked": _plan_asked,
    "plan_ready": _plan_ready,
    "approve": _approve,
    "accept": _accept,
    "build_asked": _build_asked,
    "build_done": _build_done,
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
