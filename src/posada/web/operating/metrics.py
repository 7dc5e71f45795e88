"""Numbers of a site for a monitor, as Prometheus reads them; off until the operator sets a token.

Comes in: every request, and how long it took. Goes out: `/metrics`, to who has the token; for everybody else that
address is as unknown as any other, by every method. A number carries the name of a route and a class of status, never
an address, an id or a person. All web processes of a site count into one folder of its data.
Docs: docs/how-to/watch-the-office.md. Tests: tests/web/operating/test_metrics.py.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.module_loading import import_string

from posada.web.operating.health import LEAST_TOKEN, is_watcher

METRICS = "/metrics"
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""By this name the library looks for the folder into which several processes count."""
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it stands at this moment, by a word of a fixed list where there are several."""

    name: str
    says: str
    values: tuple[tuple[str, float], ...]


def one(name: str, says: str, value: float | None) -> Reading:
    """A reading of a single number; None: it is not known, and then nothing is told."""
    return Reading(name, says, () if value is None else (("", value),))


class MetricsMiddleware:
    """Counts requests by route, and tells the numbers to the watcher."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if len(settings.METRICS_TOKEN) < LEAST_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.seconds = _seconds()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if request.path == METRICS and request.method in {"GET", "HEAD"} and is_watcher(request):
            return _told()
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = (match.view_name or "unnamed") if match else "none"
        took = time.perf_counter() - began
        self.seconds.labels(route, f"{response.status_code // 100}xx").observe(took)
        return response


@cache
def _seconds() -> Any:
    """The histogram into which this process counts."""
    folder = Path(settings.METRICS_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ[FOLDER] = str(folder)  # before the library is read: it looks once
    from prometheus_client import CollectorRegistry, Histogram

    says = "Requests and their seconds, by the name of the route."
    alone = CollectorRegistry()
    return Histogram("posada_request_seconds", says, ["route", "status"], buckets=BOUNDS, registry=alone)


def _told() -> HttpResponse:
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(settings.METRICS_FOLDER))
    registry.register(_Readings(import_string(settings.METRICS_READINGS)))
    answer = HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    add_never_cache_headers(answer)
    return answer


class _Readings:
    """Readings in the library's own form."""

    def __init__(self, readings: Callable[[], Iterable[Reading]]) -> None:
        self.readings = readings

    def describe(self) -> list[Any]:
        """Nothing is promised beforehand, so that nothing is asked twice."""
        return []

    def collect(self) -> Iterator[Any]:
        """Ask at this moment."""
        from prometheus_client.core import GaugeMetricFamily

        for each in self.readings():
            is_one = all(not word for word, _ in each.values)
            family = GaugeMetricFamily(each.name, each.says, labels=[] if is_one else ["state"])
            for word, value in each.values:
                family.add_metric([] if is_one else [word], value)
            if each.values:
                yield family
