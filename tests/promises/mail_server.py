"""A mail server on this machine that can hang, talk rubbish, refuse or be away: for promise 28."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class MailServer(socketserver.ThreadingTCPServer):
    """`mood`: well, hanging, rubbish, refusing, or dying in the middle of a message. `taken`: what it accepted."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mood, self.taken = "well", list[bytes]()
        self.ends = threading.Event()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        mood = self.server.mood
        if mood == "hanging":
            self.server.ends.wait(60)
            return
        if mood == "rubbish":
            self._say("<html>hello</html>")
            return
        self._say("220 here" if mood != "refusing" else "554 not now")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self._say("354 go on")
                text = b""
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    text += part
                if mood == "dying":
                    return
                self.server.taken.append(text)
            if word == b"QUIT":
                self._say("221 good bye")
                return
            self._say("250 yes")

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@contextmanager
def mail_server(settings: Any) -> Iterator[MailServer]:
    """The office sends by this server for the time of the block."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = "", False, 1
        yield server
        server.ends.set()
        server.shutdown()
