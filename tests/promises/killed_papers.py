"""Kill an office while papers come, are shared and are erased; look for files without a row, rows without a file.

`python -m tests.promises.killed_papers FOLDER KILLS SEED` makes an office in FOLDER (on the database that
POSADA_DATABASE_URL names, else SQLite) and kills it KILLS times: by SIGKILL at a random one of its questions to the
database and its calls for files, so that the moments between the two are met. After each kill rows and folders are
compared here, by no function of the office; then the worker goes on with what it was erasing, the office is told that
an hour has gone by (files are made older), and what `posada documents repair` does is done. Prints counts as JSON.
"""

import importlib
import itertools
import json
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.promises.killed_office import in_a_fork, set_up

STEPS = {"bring": 40, "erase": 400, "share": 120, "bring_too_late": 20}
"""Questions and calls for files of an act, generously; a life may end after it, in the next one."""
LOADED = (
    *(
        "posada.office.packets.shares",
        "posada.office.retention.erasing",
        "posada.office.packets.archives_adrift",
    ),
    *("tests.office.docket.cases", "tests.office.packets.filings", "pyzipper"),
)
FILE_CALLS = {"open", "os.rename", "os.remove"}
HOURS_AGO = 7_200  # seconds
NAMES_OF_A_LIFE = 10_000
PLANTED = 10  # of each kind


class Papers:
    """Acts on papers, each told outside when it is done."""

    def __init__(self, folder: Path, seed: int) -> None:
        from posada.office.access.actor import actor_of
        from posada.office.access.models import User
        from posada.office.intake.models import Child

        told = json.loads((folder / "furnished.json").read_text())
        self.lawyer = actor_of(User.objects.get(pk=told["lawyer"]))
        self.director = actor_of(User.objects.get(pk=told["director"]))
        self.child = Child.objects.get(pk=told["child"])
        self.chance = random.Random(seed)
        self.done = os.open(folder / "done", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def live(self, begin: int) -> None:
        """One act after the other, for ever."""
        names = list(STEPS)
        while True:
            name = names[begin % len(names)]
            getattr(self, name)()
            os.write(self.done, f"{name}\n".encode())
            begin = self.chance.randrange(len(names))

    def bring(self, size: int = 0) -> Any:
        """A paper comes in, of up to some hundred kilobytes."""
        from tests.office.packets.filings import paper

        return paper(self.lawyer, self.child, _pdf(size or self.chance.randrange(1, 300_000)))

    def bring_too_late(self) -> None:
        """A paper whose row is refused, so that its file is taken away again."""
        from posada.office.casefile.documents import NewDocument, add_document
        from posada.office.intake.models import Child
        from posada.office.refusals import Refusal

        gone = Child(pk=uuid4(), group=self.child.group)
        try:
            add_document(self.lawyer, NewDocument(_pdf(1_000), "other", "A paper", child=gone))
        except Refusal:
            return

    def erase(self) -> None:
        """A sibling group goes, with its papers, first its rows and then its files."""
        from django.db import transaction

        from posada.office.retention import erasing
        from tests.office.docket.cases import attorney_of
        from tests.office.packets.filings import paper
        from tests.office.people import group_of

        group = group_of()
        _, actor = attorney_of(group)
        for _ in range(3):
            paper(actor, group.children.first(), _pdf(20_000))
        with transaction.atomic():
            erasing.erase(self.director, "group", group)
        erasing.finish()

    def share(self) -> None:
        """The child's case is shared with its counsel, and the link is taken back."""
        from posada.office.counsel.models import Engagement
        from posada.office.packets import shares

        engagement = Engagement.objects.filter(group=self.child.group).first()
        asked = {"engagement": engagement, "purpose": "hearing", "days": 3}
        made = shares.share_case(self.lawyer, self.child, asked)
        shares.prepare(made.pk)
        made.refresh_from_db()
        shares.revoke(self.lawyer, made, version=made.version)


def _pdf(size: int) -> bytes:
    from tests.office.casefile.papers import PDF

    return PDF.replace(b"trailer", b"% " + os.urandom(size // 2).hex().encode() + b"\ntrailer")


def adrift() -> dict[str, list[str]]:
    """What does not belong together now, by the rows and the folders alone."""
    from posada.office.casefile.models import Document
    from posada.office.packets.models import Share

    found = {}
    papers, archives = _rooms()
    for room, rows in ((papers, Document.objects.all()), (archives, Share.objects.exclude(stored_name=""))):
        named = set(rows.values_list("stored_name", flat=True))
        lying = {path.name for path in room.iterdir()} if room.is_dir() else set()
        found[f"files in {room.name}"], found[f"rows of {room.name}"] = (
            sorted(lying - named),
            sorted(named - lying),
        )
    return found


def _rooms() -> tuple[Path, Path]:
    from django.conf import settings

    return Path(settings.MEDIA_ROOT), Path(settings.DEPLOYMENT.folder) / "shared"


def look_and_mend(out: Path) -> None:
    """What a crash has left; and what is left of it once the worker and the command have done their work."""
    from posada.office.casefile.documents import repair_documents
    from posada.office.packets.archives_adrift import repair_archives
    from posada.office.retention import erasing

    before = adrift()
    erasing.finish()
    _an_hour_goes_by()
    repair_documents()
    repair_archives()
    out.write_text(json.dumps({"before": before, "after": adrift()}))


def _an_hour_goes_by() -> None:
    for path in (path for room in _rooms() if room.is_dir() for path in room.iterdir()):
        before = path.stat().st_mtime - HOURS_AGO
        os.utime(path, (before, before))


def planted(folder: Path, out: Path) -> None:
    """Files without a row and rows without a file, put there by hand: how many of them the office finds."""
    from posada.office.casefile import vault
    from posada.office.casefile.documents import documents_adrift, repair_documents
    from posada.office.counsel.models import Engagement
    from posada.office.packets import shares
    from posada.office.packets.archives_adrift import archives_adrift, repair_archives

    acts, (papers, archives) = Papers(folder, 1), _rooms()
    archives.mkdir(exist_ok=True)
    files = {f"{os.urandom(32).hex()}{ending}" for ending in ("", ".part") for _ in range(PLANTED)}
    locked = {f"{os.urandom(32).hex()}{ending}" for ending in ("", ".part") for _ in range(PLANTED)}
    for room, names in ((papers, files), (archives, locked)):
        for name in names:
            (room / name).write_bytes(b"of nobody")
    gone, shared = {acts.bring(1_000) for _ in range(PLANTED)}, set()
    for _ in range(PLANTED):
        engagement = Engagement.objects.filter(group=acts.child.group).first()
        asked = {"engagement": engagement, "purpose": "hearing", "days": 3}
        made = shares.share_case(acts.lawyer, acts.child, asked)
        shares.prepare(made.pk)
        made.refresh_from_db()
        shared.add(made)
    for name in [vault.path_of(each.stored_name) for each in gone] + [
        archives / each.stored_name for each in shared
    ]:
        name.unlink()
    _an_hour_goes_by()
    found, of_shares = documents_adrift(), archives_adrift()
    right = (
        set(found.files) == files
        and set(found.rows) == {each.pk for each in gone}
        and set(of_shares.files) == locked
        and set(of_shares.rows) == {each.pk for each in shared}
    )
    repair_documents(), repair_archives()
    left = [name for name, names in adrift().items() if name.startswith("files") for _ in names]
    count = len(files) + len(locked) + len(gone) + len(shared)
    out.write_text(json.dumps({"planted": count, "all_found": right, "left": left}))


def live_and_die(folder: Path, *, number: int, seed: int, step: int) -> None:
    """One life, ended by SIGKILL at a step."""
    from tests.office import people

    child = os.fork()
    if child == 0:
        try:
            people._numbers = itertools.count(
                (number + 1) * NAMES_OF_A_LIFE
            )  # no two lives give the same name
            papers = Papers(folder, seed * 10_000 + number)
            with _killed_at(step, beneath=str(folder / "office")):
                papers.live(number)
        except BaseException as error:
            import traceback

            with (folder / "faults").open("a") as file:
                traceback.print_exception(error, file=file)
        finally:
            os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == -signal.SIGKILL, f"it ended by itself: {(folder / 'faults').read_text()}"


@contextmanager
def _killed_at(step: int, *, beneath: str) -> Iterator[None]:
    """This process dies before its n-th question to the database or call for a file of the office."""
    from django.db import connection

    steps = iter(range(1, step))

    def one_more() -> None:
        if next(steps, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    def asked(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        one_more()
        return execute(sql, parameters, many, context)

    def called(event: str, given: tuple[Any, ...]) -> None:
        if event in FILE_CALLS and str(given[0]).startswith(beneath):
            one_more()

    sys.addaudithook(called)
    with connection.execute_wrapper(asked):
        yield


def _told(out: Path) -> Iterator[tuple[str, str, int]]:
    for when, found in json.loads(out.read_text()).items():
        for kind, names in found.items():
            yield when, kind, len(names)


def run(folder: Path, *, kills: int, seed: int) -> dict[str, Any]:
    """Returns counts of kills, of acts, and of what was adrift before and after it was mended."""
    set_up(folder)
    for name in LOADED:
        importlib.import_module(name)  # once, before any life begins

    chance, out = random.Random(seed), folder / "looked.json"
    (folder / "done").touch()
    counts: dict[str, Counter[str]] = {"before": Counter(), "after": Counter()}
    for number in range(kills):
        step = chance.randint(1, list(STEPS.values())[number % len(STEPS)])
        live_and_die(folder, number=number, seed=seed, step=step)
        assert in_a_fork(lambda: look_and_mend(out)) == 0
        for when, kind, count in _told(out):
            counts[when][kind] += count
    assert in_a_fork(lambda: planted(folder, out)) == 0
    acts = Counter((folder / "done").read_text().split())
    return {"kills": kills, "acts": dict(acts), **counts, "planted": json.loads(out.read_text())}


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), kills=int(sys.argv[2]), seed=int(sys.argv[3]))))
