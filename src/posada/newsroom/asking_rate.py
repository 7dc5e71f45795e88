"""How often one address may ask for something.

Only a keyed hash of the address is held, in memory. Tests: tests/newsroom/test_asking_rate.py.
"""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from posada.newsroom.visitor_address import client_address

TEN_MINUTES = 600


def asks_too_often(request: HttpRequest, *, what: str, most: int) -> bool:
    """Count this request among those of its address for `what`; whether they are more than `most` in ten minutes."""
    seen = client_address(request)
    key = f"{what}:" + hashlib.sha256((settings.SECRET_KEY + seen).encode()).hexdigest()[:32]
    cache.add(key, 0, timeout=TEN_MINUTES)
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # it ended between the two
        return False
