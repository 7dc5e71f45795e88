"""Promise 43, as people see it: pages of an office that is really served, while its key is changed by the commands.

Two administrators ask and agree on their pages; a licensing worker opens sealed fields over HTTP all the while. It is
a part of the long form (`POSADA_KILLS`): the same change with processes of its own runs each time, in the other file.
"""

import os
import re
import shutil
import threading
from pathlib import Path

import pytest

from posada.web.key_file import encoded, sealing_in
from tests.served_office import Office, Visitor, make_demonstration, posada, served

IS_LONG = "POSADA_KILLS" in os.environ
FIELDS = ("phone", "street", "contact-name")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration of its own, on SQLite."""
    return make_demonstration(tmp_path_factory.mktemp("served") / "demo")


def agreed(one: Visitor, other: Visitor, what: str) -> str:
    """Ask on the page of keys and agree on the page of approvals. Returns the id for the command line."""
    assert one.post("/sealing-keys/", what=what, reason="once a year").status == 200
    asked = re.findall(r'action="(/approvals/[0-9a-f-]{36}/)"', other.get("/approvals/").text)[-1]
    token = other.token("/approvals/")
    assert other.send(asked, token=token, answer="approve").status == 200
    return re.findall(r"--approval ([0-9a-f-]{36})", one.get("/sealing-keys/").text)[0]


class Reader(threading.Thread):
    """Somebody who opens so many sealed fields, and then looks at homes, until told to stop."""

    def __init__(self, office: Office, *, most: int) -> None:
        super().__init__(daemon=True)
        self.visitor, self.stop = office.visitor("licensing"), threading.Event()
        self.homes = re.findall(r"/homes/([0-9a-f-]{36})/", self.visitor.get("/homes/").text)
        self.token = self.visitor.token(f"/homes/{self.homes[0]}/")
        self.most, self.reads, self.failed = most, 0, list[str]()

    def run(self) -> None:
        while not self.stop.is_set():
            home, field = self.homes[self.reads % len(self.homes)], FIELDS[self.reads % len(FIELDS)]
            if self.reads < self.most:
                address = f"/sealed/home/{home}/{field}/"
                answer = self.visitor.send(address, token=self.token, reason="to call about tonight")
            else:
                address = f"/homes/{home}/"
                answer = self.visitor.get(address)
            self.failed += [] if answer.status == 200 else [f"{answer.status} {address}"]
            self.reads += 1
            self.stop.wait(0.1)


def changed(folder: Path) -> tuple[Reader, bytes]:
    """Change the key of a served office while somebody reads."""
    (old,) = sealing_in((folder / "keys.toml").read_text())
    with served(folder) as office:
        reader = Reader(office, most=40)  # more than fifty in an hour take a second person
        reader.start()
        one, other = office.visitor("administrator"), office.visitor("administrator2")
        for words in (("new", "--approval", agreed(one, other, "new")), ("reseal",)):
            ran = posada("keys", *words, "--data", folder)
            assert ran.returncode == 0, ran.stderr
        listed = posada("keys", "list", "--data", folder).stdout.splitlines()
        assert (len(listed), listed[1].split()[-1]) == (2, "nothing"), listed
        assert office.visitor("intake").get("/").status == 200, "a second factor opens under the new key"
        reader.stop.set()
        reader.join()
        assert not any("Traceback" in line or "Error" in line for line in office.said), office.said
    return reader, old


if IS_LONG:

    def test_nobody_notices_in_the_pages(folder: Path) -> None:
        reader, old = changed(folder)
        print(
            f"\n{reader.reads} requests for sealed fields while the key was changed, {len(reader.failed)} failed"
        )
        assert reader.failed == []
        assert reader.reads > 10
        newest, still = sealing_in((folder / "keys.toml").read_text())
        assert (still, newest != old) == (old, True)
        alone = shutil.copytree(folder, folder.parent / "alone")
        text = (alone / "keys.toml").read_text()
        (alone / "keys.toml").write_text(text.replace(f', "{encoded(old)}"', ""))
        with served(alone) as office:
            after = Reader(office, most=8)
            after.start()
            after.join(4)
            after.stop.set()
            after.join()
        assert (after.failed, after.reads > 0) == ([], True), "and without the old key"
