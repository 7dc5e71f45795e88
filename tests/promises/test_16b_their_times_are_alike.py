"""Promise 16: another's record and no record at all take the same time, as far as a caller can measure it.

200 pairs of requests, of as many roles, pages and methods; in each pair both kinds are asked in turn, many times, and
their medians compared. The long run alone (`POSADA_TIMES=1`): absent, not skipped, in the suite. The processor's time
of the request is compared, in which the questions to SQLite are counted too: the wall clock of a machine that does
other work beside tells about that work. The wall clock's medians are printed.
"""

import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from posada.office.access.roles import Role
from tests.office.access import cells
from tests.promises.test_16_not_yours_looks_like_not_there import ROWS, WITH_OBJECT

PAIRS, TIMES, CLOSE = 200, 15, 0.10
AGAIN = (60, 200)
"""How often a page is asked again whose medians differ by more: of few tries a median wanders."""


@dataclass
class Pair:
    """One caller, one page, one method: how long it took for another's record (`own` of somebody) and for none."""

    name: str
    client: Any
    method: str
    addresses: dict[str, str]
    post: Any

    def asked(self, times: int) -> tuple[float, float, dict[str, float]]:
        """(medians of processor's time: another's, none; wall clock's medians), the two asked in turn."""
        own: dict[str, list[float]] = {kind: [] for kind in self.addresses}
        wall: dict[str, list[float]] = {kind: [] for kind in self.addresses}
        for number in range(times + 1):
            for kind in sorted(self.addresses, reverse=bool(number % 2)):
                began, processor = time.perf_counter(), time.process_time()
                answer = getattr(self.client, self.method)(self.addresses[kind], self.post)
                spent = time.process_time() - processor
                assert answer.status_code == 404
                if number:  # what is done once, is done
                    own[kind].append(spent)
                    wall[kind].append(time.perf_counter() - began)
        walls = {kind: statistics.median(each) for kind, each in wall.items()}
        return statistics.median(own["own"]), statistics.median(own["none"]), walls


def pairs() -> Iterator[Pair]:
    """Every role, page and method at which another's record could be told from none."""
    for route in WITH_OBJECT:
        row = ROWS[route.name]
        for role in Role:
            if not row.opens_to_role(role) or row.tie_of(role) != "named":
                continue
            made = cells.made_for(row)
            cells.suit(made, role)
            client = cells.signed_in(cells.somebody(role, "other's", row, made))
            client.get("/accounts/logout/")
            addresses = {kind: cells.address_of(route, row, made, relation=kind) for kind in ("own", "none")}
            for method in row.methods:
                post = row.post if method == "POST" else None
                yield Pair(f"{route.name} {role} {method}", client, method.lower(), addresses, post)


if os.environ.get("POSADA_TIMES"):

    @pytest.mark.django_db
    def test_another_s_record_and_none_take_the_same_time() -> None:
        found, walls, repeated = [], [], 0
        for pair in pairs():
            first, other, wall = pair.asked(TIMES)
            for times in AGAIN:
                if abs(first / other - 1) > CLOSE:
                    repeated += 1
                    first, other, wall = pair.asked(times)
            assert abs(first / other - 1) <= CLOSE, (
                f"{pair.name}: {1000 * first:.2f} and {1000 * other:.2f} ms"
            )
            found.append((first, other))
            walls.append(wall["own"] / wall["none"])
            if len(found) == PAIRS:
                break
        whole = statistics.median(a for a, _ in found) / statistics.median(b for _, b in found)
        widest = max(abs(a / b - 1) for a, b in found)
        print(
            f"\n{len(found)} pairs: median time of another's record to none {whole:.3f} : 1, "
            f"widest {100 * widest:.1f} % apart, by the wall clock {statistics.median(walls):.3f} : 1; "
            f"{repeated} asked again"
        )
        assert abs(whole - 1) <= CLOSE
        assert len(found) == PAIRS > 0
