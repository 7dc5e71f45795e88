"""Neither site's processes are given anything of the other."""

from pathlib import Path

from posada.web.apart import newsroom_of, of_newsroom, of_office

BOTH = {
    "PATH": "/bin",
    "POSADA_DATA": "/office",
    "POSADA_DATABASE_URL": "postgresql:///office",
    "POSADA_KEY_FILE": "/keys",
    "POSADA_AUDIT_KEY": "secret",
    "POSADA_MAIL_URL": "smtp://x",
    "POSADA_TIME_ZONE": "America/New_York",
    "POSADA_NEWSROOM_DATABASE_URL": "postgresql:///newsroom",
    "POSADA_NEWSROOM_HOSTS": "news.example.org",
}


def test_the_newsroom_is_given_nothing_of_the_office() -> None:
    given = of_newsroom(BOTH, folder=Path("/n"))
    assert {name for name in given if name.startswith("POSADA_")} == {
        "POSADA_TIME_ZONE",
        "POSADA_NEWSROOM_DATABASE_URL",
        "POSADA_NEWSROOM_HOSTS",
        "POSADA_NEWSROOM_DATA",
    }
    assert "/office" not in str(given)


def test_the_office_is_given_nothing_of_the_newsroom() -> None:
    given = of_office(BOTH)
    assert given["POSADA_DATA"] == "/office"
    assert not [name for name in given if "NEWSROOM" in name]


def test_an_office_without_a_newsroom_has_none(tmp_path: Path) -> None:
    assert newsroom_of(tmp_path) is None
    (tmp_path / "newsroom").mkdir()
    (tmp_path / "newsroom" / "newsroom.toml").touch()
    assert newsroom_of(tmp_path) == tmp_path / "newsroom"
