"""How many push messages a second go out: 100,000 browsers, each with its keys, at a push service of this machine.

    bench/push.py [--browsers 100000] [--peer-browsers 2000] [--record FILE]

The service is a process of its own that reads each message and answers 201; one in a thousand subscriptions is gone,
one in ten thousand never answers. Every message is sealed anew, as RFC 8291 asks. Peer in the same run, at the same
service, with fewer browsers and none that hangs: pywebpush, one message after another, and from 16 threads.
"""

import argparse
import asyncio
import json
import multiprocessing
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from os import urandom
from pathlib import Path

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from machine import circumstances
from pywebpush import WebPushException, webpush
from requests import Session
from results import Row, append

from posada.push.endpoints import allowed_services
from posada.push.keys import PushKeys, new_keys, text_of
from posada.push.notice import Notice
from posada.push.sending import Pace, Target, send

GONE_EACH, HANGS_EACH, THREADS = 1_000, 10_000, 16
NOTICE = Notice("breaking", "A state asked for help", "/newsroom/a-state-asked/", "story-1")
PAYLOAD = NOTICE.packed(topics=("breaking",))


def serve(port: "multiprocessing.Queue[int]") -> None:
    """The push service: reads what it gets."""

    async def taken(request: web.BaseRequest) -> web.StreamResponse:
        await request.read()
        if request.path.startswith("/hang"):
            await asyncio.sleep(3600)
        return web.Response(status=410 if request.path.startswith("/gone") else 201)

    async def run() -> None:
        runner = web.ServerRunner(web.Server(taken))
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
        await site.start()
        port.put(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(run())


def browsers(address: str, count: int, *, with_hanging: bool) -> list[Target]:
    """So many subscriptions, each with its own keys."""
    found = []
    for at in range(count):
        kind = "gone" if at % GONE_EACH == 1 else "ok"
        if with_hanging and at % HANGS_EACH == 2:
            kind = "hang"
        public = generate_private_key(SECP256R1()).public_key()
        point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        found.append(Target(at, f"{address}/{kind}/{at}", text_of(point), text_of(urandom(16)), PAYLOAD))
    return found


def ours(targets: list[Target], address: str, keys: PushKeys) -> Counter[str]:
    """Through `posada.push`."""
    allowed = allowed_services(here=[address])
    return Counter(str(each.outcome) for each in send(targets, keys=keys, allowed=allowed, pace=Pace()))


def theirs(targets: list[Target], address: str, keys: PushKeys, *, threads: int) -> Counter[str]:
    """Through pywebpush, each thread with a session that keeps its connection."""
    sessions = [Session() for _ in range(threads)]

    def one(at: int) -> Counter[str]:
        counted: Counter[str] = Counter()
        for target in targets[at::threads]:
            info = {"endpoint": target.endpoint, "keys": {"p256dh": target.p256dh, "auth": target.auth}}
            try:
                webpush(
                    info,
                    data=target.payload,
                    vapid_private_key=keys.text,
                    vapid_claims={"sub": keys.contact},
                    requests_session=sessions[at],
                    ttl=3600,
                )
                counted["sent"] += 1
            except WebPushException as error:
                gone = error.response is not None and error.response.status_code == 410
                counted["gone" if gone else "failed"] += 1
        return counted

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(one, range(threads)), Counter())


def measured(method: str, count: int, act: Callable[[], Counter[str]]) -> Row:
    """One way of sending."""
    own, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    outcomes = act()
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    processor = after.ru_utime + after.ru_stime - own.ru_utime - own.ru_stime
    row: Row = {"part": "push", "method": method, "browsers": count, "seconds": round(seconds, 2)}
    row |= {"processor_seconds": round(processor, 2), "a_second": round(count / seconds)}
    return row | {"outcomes": dict(sorted(outcomes.items())), "at": circumstances()}


def main() -> int:
    """Measure, print, and add to the rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--browsers", type=int, default=100_000)
    parser.add_argument("--peer-browsers", type=int, default=2_000)
    parser.add_argument("--record", type=Path)
    args = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    service = context.Process(target=serve, args=(told,), daemon=True)
    service.start()
    address = f"http://127.0.0.1:{told.get(timeout=30)}"
    keys = new_keys(contact="mailto:press@example.org", demonstration=True)
    try:
        many = browsers(address, args.browsers, with_hanging=True)
        few = browsers(address, args.peer_browsers, with_hanging=False)
        rows = [
            measured("posada", len(many), lambda: ours(many, address, keys)),
            measured("posada, few", len(few), lambda: ours(few, address, keys)),
            measured("pywebpush", len(few), lambda: theirs(few, address, keys, threads=1)),
            measured("pywebpush, threads", len(few), lambda: theirs(few, address, keys, threads=THREADS)),
        ]
    finally:
        service.terminate()
        service.join()
    for row in rows:
        print(json.dumps({name: value for name, value in row.items() if name != "at"}), flush=True)
        if args.record:
            append(args.record, row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
