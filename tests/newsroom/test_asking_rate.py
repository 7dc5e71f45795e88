"""An address may ask so often and no oftener; another address, and another thing, are counted apart."""

import json

from tests.newsroom.newsroom_site import Site

ASK = """
import json
from django.core.cache import cache
from django.test import RequestFactory
from posada.newsroom.asking_rate import asks_too_often

def of(address):
    return RequestFactory().get("/", REMOTE_ADDR=address)

first = [asks_too_often(of("192.0.2.1"), what="x", most=3) for _ in range(5)]
print(json.dumps([
    first,
    asks_too_often(of("192.0.2.2"), what="x", most=3),
    asks_too_often(of("192.0.2.1"), what="y", most=3),
    any("192.0.2" in str(key) for key in getattr(cache, "_cache", {})),
]))
"""


def test_each_address_is_counted_for_each_thing(site: Site) -> None:
    assert json.loads(site.run(ASK)) == [[False, False, False, True, True], False, False, False]
