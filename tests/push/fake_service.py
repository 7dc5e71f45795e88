"""A push service for tests, as strict as the strictest: it proves the sender's token, and opens what it gets.

The path of an endpoint says how it behaves: /ok/…, /gone/…, /missing/…, /busy/N/… (429 for the first N times),
/broken/… (500), /hang/… (never answers), /redirect/…, /full/… (429 for half a day).
"""

import asyncio
import base64
import json
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import http_ece
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

DAY = 24 * 3600


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Browser:
    """A subscription with the private half that only a browser has."""

    private: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def p256dh(self) -> str:
        """Its public key."""
        return _text(self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    @property
    def auth(self) -> str:
        """Its secret."""
        return _text(self.secret)

    def opened(self, body: bytes) -> dict[str, str]:
        """What another library reads in a body."""
        plain = http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret, version="aes128gcm")
        told: dict[str, str] = json.loads(plain)
        return told


@dataclass
class Service:
    """The service while it runs: `taken` are the bodies by path, `asked` counts requests, `refused` says why not."""

    address: str
    public_key: str = ""
    taken: dict[str, list[bytes]] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    at: dict[str, float] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def why_refused(self, request: web.Request) -> str:
        """What the strictest service objects to; "" for nothing."""
        scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
        given = dict(part.strip().split("=", 1) for part in rest.split(","))
        if scheme != "vapid" or set(given) != {"t", "k"}:
            return "no token"
        if self.public_key and given["k"] != self.public_key:
            return "another key than was subscribed with"
        signed, _, signature = given["t"].rpartition(".")
        head, claims = (json.loads(_bytes(part)) for part in signed.split("."))
        raw = _bytes(signature)
        key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _bytes(given["k"]))
        proof = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        key.verify(proof, signed.encode(), ECDSA(SHA256()))
        if head != {"typ": "JWT", "alg": "ES256"} or claims["aud"] != self.address:
            return "for another service"
        if not time.time() < claims["exp"] <= time.time() + DAY:
            return "ends too late or has ended"
        if not claims["sub"].startswith(("mailto:", "https://")) or "localhost" in claims["sub"]:
            return "no contact"
        if request.headers.get("Content-Encoding") != "aes128gcm" or not request.headers["TTL"].isdigit():
            return "no such coding"
        return ""

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Answer as the path says."""
        body = await request.read()
        self.asked[request.path] += 1
        if reason := self.why_refused(request):
            self.refused.append(reason)
            return web.Response(status=403, text=reason)
        if len(body) > 4096:
            return web.Response(status=413)
        manner, *rest = request.path.strip("/").split("/")
        if manner == "hang":
            await asyncio.sleep(3600)
        if manner == "busy" and self.asked[request.path] <= int(rest[0]):
            return web.Response(status=429, headers={"Retry-After": "0"})
        if manner == "redirect":
            return web.Response(status=307, headers={"Location": self.address + "/ok/redirected"})
        wrong = {"gone": 410, "missing": 404, "broken": 500}.get(manner)
        if wrong:
            return web.Response(status=wrong)
        if manner == "full":
            return web.Response(status=429, headers={"Retry-After": "43200"})
        self.taken.setdefault(request.path, []).append(body)
        self.headers[request.path] = dict(request.headers)
        self.at[request.path] = time.monotonic()
        return web.Response(status=201, headers={"Location": "/receipt"})


@contextmanager
def fake_service() -> Iterator[Service]:
    """Serve on a free port of this machine, in a thread."""
    service, started = Service(""), threading.Event()
    told: list[Callable[[], object]] = []

    async def run() -> None:
        loop, ending = asyncio.get_running_loop(), asyncio.Event()
        told.append(lambda: loop.call_soon_threadsafe(ending.set))
        application = web.Application()
        application.router.add_post("/{path:.*}", service.take)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        service.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        started.set()
        await ending.wait()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    started.wait(10)
    yield service
    told[0]()
    thread.join(10)
