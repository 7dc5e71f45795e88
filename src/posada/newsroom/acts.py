"""Does one of several acts for a command of `posada`, in a process that has the newsroom's environment only.

Comes in: the acts by name, each with how many words it takes, and the words. Goes out: JSON on standard output; what
was refused is a line on the other stream. Tests: tests/newsroom/test_acts.py.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

DONE, REFUSED = 0, 3
Acts = Mapping[str, tuple[Callable[..., Any], int]]


class NotDone(Exception):
    """Nothing was done; the message says why."""


def act_on(words: Sequence[str], acts: Acts, *, refusals: tuple[type[Exception], ...] = ()) -> int:
    """Do the act that the first word names. `refusals`: what else it raises to say no. Returns DONE or REFUSED."""
    import django
    from django.db import DatabaseError

    from posada.newsroom.deployment import NewsroomUnusable

    act, count = acts.get(words[0] if words else "", (None, 0))
    if act is None or len(words) != count + 1:
        print(" | ".join(acts), file=sys.stderr)
        return REFUSED
    try:
        django.setup()
        print(json.dumps(act(*words[1:])))
    except (NotDone, NewsroomUnusable, *refusals) as error:
        print(error, file=sys.stderr)
        return REFUSED
    except DatabaseError as error:
        print(f"The newsroom's database cannot be used ({type(error).__name__}).", file=sys.stderr)
        return REFUSED
    return DONE
