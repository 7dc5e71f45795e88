"""Whether an office on this machine lives, asked of a real server by the name that it answers to."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from posada.web.asked_health import main

NAME = "office.example.org"


class Office(BaseHTTPRequestHandler):
    """Answers to its own name only, as the office does."""

    def do_GET(self) -> None:
        self.send_response(200 if (self.path, self.headers["Host"]) == ("/health", NAME) else 400)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), Office) as server:
        running = threading.Thread(target=server.serve_forever)
        running.start()
        yield server.server_port
        server.shutdown()
        running.join()


def test_it_is_asked_by_its_first_name(port: int) -> None:
    assert main([str(port)], environment={"POSADA_HOSTS": f"{NAME}, other.example.org"}) == 0
    assert main([str(port), "0"], environment={}) == 1


def test_nobody_there_is_no_life(capsys: pytest.CaptureFixture[str]) -> None:
    with HTTPServer(("127.0.0.1", 0), Office) as gone:
        nobody = gone.server_port
    assert main([str(nobody)], environment={"POSADA_HOSTS": NAME}) == 1
    assert f"port {nobody}" in capsys.readouterr().err
