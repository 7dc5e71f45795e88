"""The public site says whether it lives and is ready, without a cookie, and nothing of its inside."""

from pathlib import Path

from tests.newsroom.newsroom_site import make_site, served_site


def test_the_public_site_is_ready_when_its_worker_lives(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "newsroom")
    with served_site(folder) as site:
        alive, lame = site.get("/health"), site.get("/ready")
        (folder / "run").mkdir(exist_ok=True)
        (folder / "run" / "worker.alive").touch()
        ready = site.get("/ready")
    assert [(each.status, each.text) for each in (alive, lame, ready)] == [
        (200, "alive\n"),
        (503, "not ready\n"),
        (200, "ready\n"),
    ]
    for each in (alive, lame, ready):
        names = {name.lower() for name in each.headers}
        assert "set-cookie" not in names
        assert {"content-security-policy", "x-content-type-options", "referrer-policy"} <= names
