"""The section on push messages compares rows of one run."""

from push_table import push_section


def test_the_table_says_how_many_a_second_and_how_many_times_the_peer() -> None:
    kept = {
        "part": "push",
        "browsers": 1000,
        "seconds": 2.0,
        "processor_seconds": 1.0,
        "outcomes": {"sent": 1000},
    }
    rows = [
        {**kept, "method": "posada", "a_second": 500},
        {**kept, "method": "posada, few", "a_second": 800},
        {**kept, "method": "pywebpush", "a_second": 100},
        {"part": "docket", "method": "posada"},
    ]
    text = "\n".join(push_section(rows))
    assert "| Posada | 1,000 | 2.0 | 1.0 | 500 | 1,000 sent |" in text
    assert "8.0 times the messages a second of pywebpush, one after another" in text
    assert list(push_section([])) == []
