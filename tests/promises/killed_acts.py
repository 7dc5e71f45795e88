"""What an office does while it is killed, and what it has acknowledged of it.

Comes in: an office that was set up by `furnish`. Goes out: lines of JSON, one for each acknowledged step, written
outside the office, with what has to stand in it afterwards. killed_looks.py looks whether it does.
"""

import json
import os
import random
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

PAST_MONTHS = [date(year, month, 1) for year in range(2020, 2026) for month in range(1, 13)]
EDITS_AT_ONCE = 8


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
        acts = (
            *(self.take_in, self.plan, self.accept, self.build),
            *(self.close, self.back_up, self.bring_paper),
        )
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
        self.acknowledge("import", ids=ids, family=f"Family{mark}")

    def plan(self) -> None:
        """Ask for a plan, let the worker solve it, send and approve it by two persons."""
        from posada.office.placement import plans
        from posada.office.placement.models import PlannedGroup, PlanRun
        from posada.office.refusals import Refusal

        one, other = self.actor("planner"), self.actor("approver")
        run = plans.ask_for_plan(one)
        self.acknowledge("plan_asked", run=str(run.pk))
        self.work()
        run = PlanRun.objects.get(pk=run.pk)
        if run.state != PlanRun.State.READY:
            return
        planned = PlannedGroup.objects.filter(run=run).count()
        self.acknowledge("plan_ready", run=str(run.pk), planned=planned)
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
        self.acknowledge("accept", offer=str(offer.pk), home=home.home_id)

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

        packet = Packet.objects.get(pk=self.told["packet"])
        build = builds.ask_for_build(self.actor("lawyer"), packet)
        self.acknowledge("build_asked", build=str(build.pk))
        self.work()
        build.refresh_from_db()
        if build.state == Build.State.DONE:
            self.acknowledge("build_done", build=str(build.pk), files=build.files)

    def bring_paper(self) -> None:
        """Put a paper into the child's file."""
        from posada.office.intake.models import Child
        from tests.office.packets.filings import paper

        title = f"Paper {self.chance.getrandbits(40):010x}"
        kept = paper(self.actor("lawyer"), Child.objects.get(pk=self.told["child"]), title=title)
        self.acknowledge("paper", document=str(kept.pk), digest=kept.digest)

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
        kept = closing.close_month(self.actor("director"), month, asked)
        self.acknowledge("close", month=month.isoformat(), sha256=kept.sha256, entries=kept.entries.count())

    def back_up(self) -> None:
        """Back up the office beside itself."""
        from posada.office.audit.models import Revision
        from posada.web.operating.backup import make_backup

        out = Path(self.told["backups"]) / f"{self.chance.getrandbits(40):010x}"
        changes = Revision.objects.count()
        make_backup(out, public=self.told["public"], tell=lambda _: None)
        self.acknowledge("backup", file=str(out), changes=changes)


def furnish(beside: Path) -> None:
    """People, a child with a packet, a stay of years, and the keys of backups; their ids stand beside the ledger."""
    from posada.office.access.doors import seal_fields
    from posada.office.access.roles import Role
    from posada.web.operating.backup_keys import draw_keys
    from tests.office.docket.cases import attorney_of, child_of
    from tests.office.packets.filings import packet_for, with_tabs
    from tests.office.people import assign_placement, group_of, home_of, person
    from tests.office.placement.planned import small_program

    small_program()
    group = group_of()
    child = child_of(group)
    seal_fields(child, {"a_number": "000-000-017"})  # without it no packet is built
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
