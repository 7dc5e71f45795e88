"""Change the sealing key of an office while processes read and write in it, kill that, and take the old key away.

`python -m tests.promises.rotated_office FOLDER KILLS` makes an office in FOLDER (on the database that
POSADA_DATABASE_URL names, else SQLite) with something sealed of every kind. Readers and a writer go on for as long as
the key is changed by the commands of `posada`, in processes of their own; all know the key from the key file alone.
Sealing again is killed KILLS times. Prints what was counted as JSON. It forks, as `killed_office` does.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.promises.killed_office import TEMPLATE, in_a_fork
from tests.served_office import posada

READERS = 2
PEOPLE, PEOPLE_A_KILL, LOOKED_FOR = 25, 20, 400
"""Children, and as many homes; more of them where more is killed, so that something is left to do. At most
so many marks, and as many old ciphertexts, are looked for in every byte."""
PATIENCE = 120.0  # seconds
PAUSE = 0.01  # seconds between two acts of a process: as many people, and a processor for others


def set_up(folder: Path) -> None:
    """An office of its own, with a key file apart from its data, and Django set up for it."""
    from posada.web.deployment import make_deployment, new_keys

    make_deployment(folder / "office", demonstration=True, keys_beside=False)
    (folder / "keys.toml").touch(mode=0o600)
    (folder / "keys.toml").write_text(new_keys())
    os.environ["POSADA_KEY_FILE"] = str(folder / "keys.toml")
    os.environ["POSADA_DATA"] = str(folder / "office")
    os.environ["DJANGO_SETTINGS_MODULE"] = "posada.web.settings.office"
    import django

    django.setup()
    from django.conf import settings

    if (folder / TEMPLATE).exists():
        (folder / TEMPLATE).rename(folder / "office" / "office.sqlite3")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if "init_command" in options:  # some builds of SQLite wipe what is deleted by themselves: here none does
        options["init_command"] += " PRAGMA secure_delete=OFF;"


def command(folder: Path, *words: str) -> Any:
    """A command of `posada` for this office, in a process of its own."""
    told = {
        name: os.environ[name] for name in ("POSADA_KEY_FILE", "POSADA_DATABASE_URL") if name in os.environ
    }
    return posada(*words, "--data", folder / "office", **told)


def furnish(people: int) -> dict[str, Any]:
    """Everything sealed; street hashes as they were before streets were looked up. Returns what the test needs."""
    from django.core.management import call_command

    from posada.office.access.models import SealedValue
    from posada.office.access.roles import Role
    from tests.office.people import person
    from tests.promises import sealed_everywhere

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    kept = sealed_everywhere.everything(children=people, homes=people)
    SealedValue.objects.filter(field="street").update(lookup="")
    people = [person(Role.ADMINISTRATOR) for _ in range(2)]
    return {"kept": kept, "people": people, "worker": person(*sealed_everywhere.OPENS_ALL)}


def approved(made: dict[str, Any], scope: dict[str, str]) -> str:
    """A request that one administrator made and the other agreed to."""
    from posada.office.access import key_asking, two_persons
    from posada.office.access.actor import actor_of

    one, other = (actor_of(each) for each in made["people"])
    asked = key_asking.ask(one, scope=scope, reason="once a year")
    two_persons.answer(other, asked.pk, approve=True)
    return str(asked.pk)


@contextmanager
def load(folder: Path, made: dict[str, Any]) -> Iterator[None]:
    """Readers and a writer in processes of their own, until the end of the block."""
    acts: list[Callable[[], None]] = [lambda n=n: read(folder, made, n) for n in range(READERS)]  # type: ignore[misc]
    children = []
    for act in [*acts, lambda: write(folder, made)]:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                act()
                status = 0
            except BaseException as error:
                import traceback

                traceback.print_exception(error)
            finally:
                sys.stderr.flush()
                os._exit(status)
        children.append(child)
    try:
        _wait_for(folder, len(children))
        yield
    finally:
        (folder / "stop").touch()
        over = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert over == [0] * len(children), "a reader or the writer ended badly"


def _wait_for(folder: Path, count: int) -> None:
    end = time.monotonic() + PATIENCE
    while len(list(folder.glob("begun-*"))) < count:
        assert time.monotonic() < end, "the load did not begin"
        time.sleep(0.02)


def read(folder: Path, made: dict[str, Any], number: int) -> None:
    """Read at random until told to stop; what could not be read is counted with its kind."""
    chance, kept = random.Random(number), made["kept"]
    others = [each for each in kept if "." not in each.kind]
    count, failed = 0, []
    while not (folder / "stop").exists():
        each = chance.choice(others if chance.random() < 0.5 else kept)
        try:
            if each.mark[:3] not in each.read():
                failed.append(f"{each.kind}: something else")
        except Exception as error:
            failed.append(f"{each.kind}: {type(error).__name__} {error}")
        count += 1
        (folder / f"begun-{number}").touch()
        time.sleep(PAUSE)
    (folder / f"read-{number}.json").write_text(json.dumps({"reads": count, "failed": failed}))


def write(folder: Path, made: dict[str, Any]) -> None:
    """Change sealed fields and a telling, and bring papers, until told to stop; what was acknowledged is kept."""
    from posada.office.access import doors
    from posada.office.access.actor import actor_of
    from posada.office.casefile.documents import NewDocument, add_document
    from posada.office.intake.models import Child
    from posada.office.preparation import declarations
    from posada.office.preparation.models import Declaration
    from posada.preparation.declaration import Told
    from tests.office.casefile.papers import PDF
    from tests.promises.sealed_everywhere import mark_of

    chance, stands, papers = random.Random(7), {}, []
    children, worker = (
        list(Child.objects.filter(birth_date="2014-05-01")),
        actor_of(made["worker"]),
    )
    telling = Declaration.objects.select_related("by").get()
    lawyer = actor_of(telling.by)
    count = 0
    while not (folder / "stop").exists():
        child, mark = chance.choice(children), mark_of("written")
        doors.seal_fields(child, {"safety_plan": mark})
        stands[str(child.pk)] = mark
        count += 1
        if count % 5 == 0:
            _told, version = declarations.open_answer(lawyer, telling, "why")
            declarations.save_answer(lawyer, telling, "why", Told(mark, ""), version=version)
            stands["why"] = mark
        if count % 20 == 0:
            content = PDF.replace(b"1 0 obj", b"% " + mark.encode() + b"\n1 0 obj")
            paper = add_document(worker, NewDocument(content, "school_record", "A paper", child=child))
            papers.append(str(paper.pk))
        (folder / "begun-writer").touch()
        time.sleep(PAUSE)
    (folder / "written.json").write_text(json.dumps({"writes": count, "stands": stands, "papers": papers}))


def reseal_and_die(*, after: int) -> None:
    """Begin to seal everything again, and die by SIGKILL right after it has said something so many times."""
    from posada.office.access.resealing import reseal

    said = 0

    def tell(_text: str) -> None:
        nonlocal said
        said += 1
        if said == after:
            os.kill(os.getpid(), signal.SIGKILL)

    reseal(tell)


def lost(folder: Path, made: dict[str, Any]) -> list[str]:
    """Acknowledged writes that do not stand, after the change."""
    from posada.office.access import doors
    from posada.office.access.actor import actor_of
    from posada.office.casefile.documents import open_document
    from posada.office.casefile.models import Document
    from posada.office.intake.models import Child
    from posada.office.preparation import declarations
    from posada.office.preparation.models import Declaration
    from tests.promises.sealed_everywhere import WHY

    written = json.loads((folder / "written.json").read_text())
    actor, faults = actor_of(made["worker"]), []
    for owner, mark in written["stands"].items():
        if owner == "why":
            telling = Declaration.objects.select_related("by").get()
            found = declarations.open_answer(actor_of(telling.by), telling, "why")[0].original
        else:
            child = Child.objects.get(pk=owner)
            found = doors.open_sealed(actor, child, "safety_plan", reason=WHY, unseen=True).text
        faults += [f"{owner}: {found} in place of {mark}"] if found != mark else []
    for pk in written["papers"]:
        open_document(actor, Document.objects.get(pk=pk))
    return faults


def run(folder: Path, *, kills: int) -> dict[str, Any]:
    """The whole story. Every part that touches the database runs in a process of its own."""
    set_up(folder)
    told: dict[str, Any] = {}
    status = in_a_fork(lambda: _story(folder, kills=kills))
    assert status == 0, "the story broke off"
    told |= json.loads((folder / "story.json").read_text())
    told["writes"] = json.loads((folder / "written.json").read_text())["writes"]
    for path in folder.glob("read-*.json"):
        found = json.loads(path.read_text())
        told["reads"] = told.get("reads", 0) + found["reads"]
        told.setdefault("failed", []).extend(found["failed"])
    return told


def _story(folder: Path, *, kills: int) -> None:
    from django.conf import settings
    from django.db import connections

    from posada.office.access.key_asking import scope_of
    from posada.office.access.key_ring import key_number
    from tests.promises.stolen_disk import old_ciphertexts, opened_by

    made = furnish(max(PEOPLE, PEOPLE_A_KILL * (kills - 1)))
    old_key = settings.DEPLOYMENT.keys.sealing[0]
    number, old = key_number(old_key), old_ciphertexts()
    told: dict[str, Any] = {"values": len(old), "kinds": len({each.kind for each in made["kept"]})}
    told["opened_before"] = len(opened_by(old_key))
    agreed = approved(made, scope_of("new"))
    connections.close_all()
    with load(folder, made):
        ran = command(folder, "keys", "new", "--approval", agreed)
        assert ran.returncode == 0, ran.stderr
        told["left_when_killed"] = []
        for kill in range(kills):
            killed = in_a_fork(lambda kill=kill: reseal_and_die(after=1 + 3 * (kill % 2)))  # type: ignore[misc]
            assert killed == -signal.SIGKILL
            told["left_when_killed"].append(_needs(number))
            connections.close_all()
        ran = command(folder, "keys", "reseal")
        assert ran.returncode == 0, ran.stderr
    told["left"] = _needs(number)
    told |= _take_away(folder, made, number)
    told["opened_by_old"] = opened_by(old_key)
    told["lost"] = lost(folder, made)
    told["unread"] = [each.kind for each in made["kept"] if each.mark[:3] not in each.read()]
    told["stale_hashes"] = _stale_hashes(made)
    connections.close_all()
    told |= _looked_through(folder, made, old)
    (folder / "story.json").write_text(json.dumps(told))


def _needs(number: str) -> int:
    from posada.web.operating.key_change import still_needing

    return sum(still_needing(number).values())


def _take_away(folder: Path, made: dict[str, Any], number: str) -> dict[str, Any]:
    """Too early by the command, then two hours later; the log of both persons."""
    from django.db import connections
    from django.utils import timezone

    from posada.office.access.actor import actor_of
    from posada.office.access.key_asking import scope_of
    from posada.office.access.models import Approval
    from posada.office.audit.chain import verify
    from posada.office.audit.models import Entry
    from posada.web.key_file import sealing_in
    from posada.web.operating import key_change

    agreed, out = approved(made, scope_of("retire", number)), folder / "retired.toml"
    connections.close_all()
    early = command(folder, "keys", "retire", "--approval", agreed, "--out", str(out))
    approval = Approval.objects.select_related("asked_by").get(pk=agreed)
    later = timezone.now() + timedelta(hours=2)
    needed = key_change.retire(actor_of(approval.asked_by), approval, out=out, at=later)
    entries = Entry.objects.filter(act__in=("keys.new", "keys.retire")).order_by("number")
    return {
        "early": [early.returncode, early.stderr],
        "needed": dict(needed),
        "log": [[each.act, str(each.actor), each.detail["agreed"], each.detail["key"]] for each in entries],
        "people": [str(each.pk) for each in made["people"]],
        "log_stands": verify().broken_at is None,
        "keys_left": len(sealing_in((folder / "keys.toml").read_text())),
    }


def _stale_hashes(made: dict[str, Any]) -> int:
    """Look-ups that a fresh sealing of the same text would not give: by the door that finds the same value again."""
    from posada.office.access import doors
    from posada.office.access.actor import actor_of
    from posada.office.access.models import SealedValue
    from posada.office.licensing.models import Home
    from tests.promises.sealed_everywhere import WHY

    stale, actor = 0, actor_of(made["worker"])
    for row in SealedValue.objects.filter(owner_kind="licensing.home", field="street"):
        home = Home.objects.get(pk=row.owner_id)
        text = doors.open_sealed(actor, home, "street", reason=WHY, unseen=True).text
        stale += row.owner_id not in doors.same_sealed("licensing.home", "street", text)
    return stale


def _looked_through(folder: Path, made: dict[str, Any], old: list[bytes]) -> dict[str, Any]:
    """The stolen disk: marks in any form, old ciphertexts, and a name that is honestly not sealed."""
    from posada.office.intake.models import Child
    from tests.promises.stolen_disk import found_bytes, image

    contents = image(folder)
    old, marks = old[:LOOKED_FOR], [each.mark for each in reversed(made["kept"])][:LOOKED_FOR]
    name = Child.objects.values_list("family_name", flat=True)[0]
    return {
        "files": len(contents),
        "bytes": sum(map(len, contents.values())),
        "canaries": len(marks),
        "hits": sorted({hit for each in contents.values() for hit in found_bytes(each, marks)}),
        "old_left": sum(any(piece in each for each in contents.values()) for piece in old),
        "name_found": any(name.encode() in each for each in contents.values()),
    }


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), kills=int(sys.argv[2]))))
