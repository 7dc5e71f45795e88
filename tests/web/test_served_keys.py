"""What is served says which keys it knows, by their public names; a key file it looks at by itself."""

import fcntl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from posada.web.deployment import Deployment, make_deployment, read_deployment
from posada.web.key_file import encoded
from posada.web.served_keys import LOCK, RUN, SAID, is_served, say_served, served_since


@pytest.fixture
def deployment(tmp_path: Path) -> Deployment:
    """An office whose keys lie in a file."""
    make_deployment(tmp_path / "office", demonstration=True, keys_beside=True)
    (tmp_path / "office" / RUN).mkdir()
    return read_deployment(tmp_path / "office", environment={})


@pytest.fixture
def serving(deployment: Deployment) -> Iterator[None]:
    """As while `posada serve` runs."""
    with (deployment.folder / RUN / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def of_environment(deployment: Deployment, key: bytes) -> Deployment:
    """The same with keys of the environment."""
    told = {"POSADA_SEALING_KEYS": encoded(key)}
    return replace(read_deployment(deployment.folder, environment=told), key_file=None)


def test_what_is_not_served_reads_nothing(deployment: Deployment) -> None:
    assert not is_served(deployment.folder)
    assert served_since(deployment) == 0


@pytest.mark.usefixtures("serving")
def test_a_key_file_is_known_by_its_path_and_an_older_program_says_nothing(deployment: Deployment) -> None:
    assert is_served(deployment.folder)
    assert served_since(deployment) is None, "it has said nothing"
    say_served(deployment)
    assert served_since(deployment) == 0
    assert encoded(deployment.keys.sealing[0]) not in (deployment.folder / RUN / SAID).read_text()


@pytest.mark.usefixtures("serving")
def test_a_key_of_the_environment_is_known_only_since_the_start(deployment: Deployment) -> None:
    one, two = of_environment(deployment, b"1" * 32), of_environment(deployment, b"2" * 32)
    say_served(one)
    assert served_since(one) == (deployment.folder / RUN / SAID).stat().st_mtime
    assert served_since(two) is None
    assert served_since(deployment) is None, "what is served knows another list than the file's"
