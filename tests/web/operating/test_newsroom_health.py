"""The public site says whether it lives and is ready, without a cookie, and its numbers to its watcher alone."""

from pathlib import Path

from tests.newsroom.newsroom_site import make_site, served_site

TOKEN = "a watcher's token, long enough"


def test_the_public_site_is_ready_when_its_worker_lives(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "newsroom")
    with served_site(folder, POSADA_NEWSROOM_METRICS_TOKEN=TOKEN) as site:
        alive, lame = site.get("/health"), site.get("/ready")
        (folder / "run").mkdir(exist_ok=True)
        (folder / "run" / "worker.alive").touch()
        ready = site.get("/ready")
        numbers = site.get("/metrics", Authorization=f"Bearer {TOKEN}")
        stranger = site.get("/metrics")
    assert [(each.status, each.text) for each in (alive, lame, ready)] == [
        (200, "alive\n"),
        (503, "not ready\n"),
        (200, "ready\n"),
    ]
    assert stranger.status == 404
    assert "posada_push_waiting" in numbers.text
    assert 'posada_request_seconds_count{route="ready",status="5xx"} 1.0' in numbers.text
    for each in (alive, lame, ready):
        names = {name.lower() for name in each.headers}
        assert "set-cookie" not in names
        assert {"content-security-policy", "x-content-type-options", "referrer-policy"} <= names
