"""An act is done with its words; what cannot be done is one line."""

import json

from tests.newsroom.newsroom_site import Site

ASKED: dict[str, tuple[list[str], int, str]] = {
    "done": (["tell", "this"], 0, '{"told": "this"}'),
    "refused": (["tell", "no"], 3, "It is not there."),
    "refused otherwise": (["tell", "other"], 3, "'another refusal'"),
    "too few words": (["tell"], 3, "tell"),
    "no words": ([], 3, "tell"),
    "unknown": (["delete", "all"], 3, "tell"),
}
ASK = """
import contextlib, io, json
from posada.newsroom.acts import NotDone, act_on

def told(word):
    if word == "no":
        raise NotDone("It is not there.")
    if word == "other":
        raise KeyError("another refusal")
    return {"told": word}

found = {}
for name, words in WORDS.items():
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = act_on(words, {"tell": (told, 1)}, refusals=(KeyError,))
    found[name] = [status, said.getvalue().strip()]
print(json.dumps(found))
"""


def test_what_comes_of_an_act(site: Site) -> None:
    words = {name: words for name, (words, *_) in ASKED.items()}
    found = json.loads(site.run(f"WORDS = {words!r}\n{ASK}"))
    assert found == {name: [status, said] for name, (_, status, said) in ASKED.items()}
