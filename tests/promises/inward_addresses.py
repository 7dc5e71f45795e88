"""Addresses that lead inward, however they are spelled, and a watch over every connection that this process begins.

Comes in: a port on which somebody listens. Goes out: URLs; and what was looked up and connected to. What is not this
machine is never reached: the watch stops it before the first packet.
"""

import ipaddress
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any

KNOWN = "fcm.googleapis.com"
"""A host to which messages may be sent; in these tests its name is answered by a stub."""
HOSTS = (
    *("127.0.0.1", "localhost", "LOCALHOST", "localhost.", "127.1", "127.0.1", "127.255.255.254"),
    *("0.0.0.0", "0", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "017700000001", "0177.0.0.1"),
    *("127.000.000.001", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
    *("[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::ffff:a00:1]", "[fe80::1%25lo]"),
    *("[fd00::1]", "[ff02::1]", "10.0.0.5", "172.16.0.1", "172.31.255.254", "192.168.1.1", "100.64.0.1"),
    *("198.18.0.1", "192.0.0.8", "169.254.169.254", "[fd00:ec2::254]", "metadata.google.internal"),
    *(
        "0xa9fea9fe",
        "2852039166",
        "169.254.43518",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "127．0．0．1",
        "１２７.0.0.1",
    ),
    *("ⓛocalhost", "localho\u017ft", "%6c%6f%63alhost", "localtest.example", "127.0.0.1.nip.example"),
    *("intranet", "printer.local", "office.internal", "a" * 64 + ".com", f"{KNOWN}."),
    *(f"{KNOWN}.evil.example", f"evil{KNOWN}", f"x.{KNOWN}", KNOWN.upper(), "ⓕcm.googleapis.com"),
    *(f"{KNOWN}@127.0.0.1", f"user:pass@{KNOWN}", f":@{KNOWN}", f"127.0.0.1%2f@{KNOWN}"),
    *(f"{KNOWN}\\@127.0.0.1", f"{KNOWN}%00.evil.example", f"{KNOWN}#@127.0.0.1"),
    *(f"127.0.0.1#@{KNOWN}", f"127.0.0.1?@{KNOWN}", f"{KNOWN}%23@127.0.0.1", f"{KNOWN} 127.0.0.1"),
    *(f"{KNOWN}\t", f"{KNOWN}\r\nHost: localhost", "..push.apple.com", ".push.apple.com"),
    *("127.0.0.1/.push.apple.com", "x_y.push.apple.com", "[::1].push.apple.com"),
)
WAYS = (
    *("https://{host}:{port}/ok/a", "http://{host}:{port}/ok/a", "https://{host}/a"),
    *("HTTP://{host}:{port}", "//{host}:{port}/", "https:{host}:{port}/a", "https:///{host}:{port}/a"),
    *("https:\\\\{host}:{port}\\a", "ftp://{host}:{port}/", "ws://{host}:{port}/"),
    *("gopher://{host}:{port}/_x", "file://{host}/etc/passwd", "https://{host}:22/", "https://{host}:0/"),
    *("https://{host}:65536/", "https://{host}:443:{port}/", "https://{host}:{port}\\@" + KNOWN + "/"),
    *("dict://{host}:{port}/", "unix://{host}/run/x.sock", "data:text/plain,{host}"),
    *("javascript:fetch('{host}')", "https://{host}:٤٤٣/", "  https://{host}:{port}/a", "{host}:{port}"),
)


def inward_addresses(count: int, *, port: int) -> list[str]:
    """So many different ones: each host at least once, each way evenly."""
    pairs = sorted(
        product(range(len(HOSTS)), range(len(WAYS))), key=lambda each: ((each[1] - each[0]) % len(WAYS), each)
    )
    found = [WAYS[way].format(host=HOSTS[host], port=port) for host, way in pairs]
    return list(dict.fromkeys(found))[:count]


def is_this_machine(address: Any) -> bool:
    """Whether a connection to it stays here."""
    try:
        return ipaddress.ip_address(str(address).partition("%")[0]).is_loopback
    except ValueError:
        return False


@dataclass
class Calls:
    """What this process tried. `reached`: addresses that a connection was begun to; `asked`: names looked up."""

    reached: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


_calls: list[Calls] = []
_has_hook = False


def _hook(event: str, words: tuple[Any, ...]) -> None:
    if not _calls:
        return
    if event in ("socket.connect", "socket.sendto"):
        address = words[1]
        if isinstance(address, tuple):
            _calls[0].reached.append(f"{address[0]}:{address[1]}")
            if not is_this_machine(address[0]):
                raise ConnectionRefusedError(111, "nothing leaves this machine in a test")
        else:
            _calls[0].reached.append(f"unix:{address!r}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        _calls[0].asked.append(str(words[0]))


@contextmanager
def calls_watched() -> Iterator[Calls]:
    """By Python's own auditing, which no library of this process goes round."""
    global _has_hook
    if not _has_hook:
        sys.addaudithook(_hook)
        _has_hook = True
    _calls.append(Calls())
    try:
        yield _calls[0]
    finally:
        _calls.clear()


@dataclass
class Listener:
    """Somebody who listens on this machine, at both of its families where it has them."""

    port: int
    connections: int = 0


@contextmanager
def listening() -> Iterator[Listener]:
    """Counts who connects, and says nothing."""
    family, host = (socket.AF_INET6, "::") if socket.has_dualstack_ipv6() else (socket.AF_INET, "0.0.0.0")
    with socket.create_server((host, 0), family=family, dualstack_ipv6=family == socket.AF_INET6) as server:
        listener, ending = Listener(server.getsockname()[1]), threading.Event()

        def count() -> None:
            while True:
                connected, _ = server.accept()
                connected.close()
                if ending.is_set():
                    return
                listener.connections += 1

        thread = threading.Thread(target=count)
        thread.start()
        try:
            yield listener
        finally:
            ending.set()
            socket.create_connection(("127.0.0.1", listener.port)).close()
            thread.join()
