"""Asks an office that runs on this machine whether it lives: for containers and systemd, with nothing to install.

Comes in: a port (8000), and seconds to wait for it (0). Goes out: status 0 if it lives, else 1 and a sentence. It is
asked by the first name of POSADA_HOSTS, since the office answers to no other. Django is not started.
Runs as `python -m posada.web.asked_health [PORT [SECONDS]]`.
Docs: docs/how-to/watch-the-office.md. Tests: tests/web/test_asked_health.py.
"""

import http.client
import os
import sys
import time
from collections.abc import Mapping, Sequence

SECONDS_FOR_ANSWER, SECONDS_BETWEEN = 4.0, 0.5


def lives(port: int, *, host: str) -> bool:
    """Whether `/health` answers on this machine."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS_FOR_ANSWER)
    try:
        asked.request("GET", "/health", headers={"Host": host})
        return asked.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def main(words: Sequence[str], *, environment: Mapping[str, str]) -> int:
    """The status for whoever asked."""
    port, seconds = (int(each) for each in (*words, *("8000", "0")[len(words) :]))
    host = environment.get("POSADA_HOSTS", "").split(",")[0].strip() or "localhost"
    until = time.monotonic() + seconds
    while not lives(port, host=host):
        if time.monotonic() >= until:
            print(f"The office does not answer on port {port}. See its log.", file=sys.stderr)
            return 1
        time.sleep(SECONDS_BETWEEN)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], environment=os.environ))
