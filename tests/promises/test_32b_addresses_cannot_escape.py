"""Promise 32, at served processes: no address of a static file, of a clip or of a download leads out of its folder,
and none gets a header into the answer. 100 addresses at each of the two sites; in the long run, `POSADA_NAMES=1000`.

Canaries lie beside what is served: in the data folder, which holds the keys, and above it.
"""

import http.client
import os
import urllib.parse
from pathlib import Path

from tests.newsroom.conftest import site as site
from tests.newsroom.newsroom_site import Site
from tests.promises.hostile_names import INJECTED, MARK, hostile_names
from tests.served_office import Office

COUNT = int(os.environ.get("POSADA_NAMES", "100"))
DOORS = ("/static/", "/static/posada/", "/", "/media/", "/documents/")


def written(name: str, number: int) -> str:
    """A name as part of an address: coded once or twice, or as it stands where a request can hold it."""
    ways = (
        urllib.parse.quote(name, safe=""),
        urllib.parse.quote(urllib.parse.quote(name, safe=""), safe=""),
        urllib.parse.quote(name, safe="/\\.:;%?#&=~"),
    )
    return ways[number % len(ways)]


def secrets_of(folder: Path) -> list[bytes]:
    """Lines that stand in files which no address may give out."""
    found = [MARK.encode()]
    for path in folder.glob("*.toml"):
        found += [line.encode() for line in path.read_text().splitlines() if len(line) > 30]
    return found


def ask_all(address: str, names: list[str], doors: tuple[str, ...], secret: list[bytes]) -> dict[int, int]:
    """Ask for every name at every door in turn; how often each status came."""
    host = address.removeprefix("http://")
    statuses: dict[int, int] = {}
    connection = http.client.HTTPConnection(host, timeout=120)
    for number, name in enumerate(names):
        path = doors[number % len(doors)] + written(name, number)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        statuses[answer.status] = statuses.get(answer.status, 0) + 1
        assert not [each for each in secret if each in body], path
        assert answer.status < 500, (answer.status, path)
        told = [key for key, _ in answer.getheaders() if key.lower() == INJECTED.lower()]
        assert told == [], path
        assert b"root:" not in body and b"PATH=" not in body, path
        if answer.getheader("Connection") == "close":
            connection.close()
    connection.close()
    return statuses


def test_nothing_beside_the_public_site_is_given_out(site: Site) -> None:
    (site.folder / "canary.pdf").write_text(MARK)
    (site.folder.parent / "canary.pdf").write_text(MARK)
    clip = site.run("from posada.newsroom.models import Clip; print(Clip.objects.first().pk)").strip()
    names = hostile_names(COUNT, canary=site.folder / "canary.pdf")
    statuses = ask_all(
        site.address, names, (*DOORS, f"/clips/{clip}/", "/newsroom/"), secrets_of(site.folder)
    )
    print(f"{len(names)} requests to the public site: {statuses}, 0 gave out what lies outside")
    assert sum(statuses.values()) == len(names)


def test_nothing_beside_the_office_is_given_out(office: Office) -> None:
    canary = office.data / "canary.pdf"
    canary.write_text(MARK)
    try:
        names = hostile_names(COUNT, canary=canary)
        statuses = ask_all(office.address, names, (*DOORS, "/shared/", "/calendar/"), secrets_of(office.data))
    finally:
        canary.unlink()
    print(f"{len(names)} requests to the office: {statuses}, 0 gave out what lies outside")
    assert sum(statuses.values()) == len(names)
