"""The figures of the service in the format of Prometheus."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from api.web.sharing import SHARED_FOLDER

if TYPE_CHECKING:
    from api.web.answers import KeptAnswers

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"))


class Key(NamedTuple):
    """What a request is counted under."""

    method: str
    route: str | None
    status: int
    cache: str | None


class Metrics:
    """Counts requests by method, route and status, never by what was asked.

    Where several processes answer, PROMETHEUS_MULTIPROC_DIR names the folder through which
    prometheus_client adds up their figures.
    """

    def __init__(self, answers: KeptAnswers, version: str) -> None:
        """Begin at nothing; `answers` tells how full the memory for answers is."""
        self.registry = CollectorRegistry()
        self._figures: dict[Key, tuple[Counter, Counter, Histogram]] = {}
        self.requests = Counter(
            "depositary_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "depositary_request_seconds",
            "Time from the arrival of a request to the end of its answer.",
            ("route",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.kept = Counter(
            "depositary_cache_requests",
            "Requests by what the memory for answers did: hit, revalidated (304), miss, bypass.",
            ("outcome",),
            registry=self.registry,
        )
        if SHARED_FOLDER not in os.environ:
            self._add_own(answers)
        info = Gauge(
            "depositary_info",
            "1, with the version of the program.",
            ("version",),
            registry=self.registry,
            multiprocess_mode="max",
        )
        info.labels(version).set(1)

        self.running = 0

    def _add_own(self, answers: KeptAnswers) -> None:
        """Add what only one process can tell of itself."""
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        size = Gauge("depositary_cache_bytes", "Bytes of kept answers.", registry=self.registry)
        size.set_function(lambda: answers.bytes)
        number = Gauge("depositary_cache_answers", "Kept answers.", registry=self.registry)
        number.set_function(lambda: len(answers))
        running = Gauge(
            "depositary_requests_in_progress",
            "Requests that are being answered.",
            registry=self.registry,
        )
        running.set_function(lambda: self.running)

    def count(self, key: Key, seconds: float) -> None:
        """Count one request; what it is counted under is looked up once."""
        found = self._figures.get(key)
        if found is None:
            found = self._figures[key] = self._figures_of(key)
        requests, kept, histogram = found
        requests.inc()
        kept.inc()
        histogram.observe(seconds)

    def _figures_of(self, key: Key) -> tuple[Counter, Counter, Histogram]:
        method = key.method if key.method in METHODS else "other"
        route = key.route or "none"
        return (
            self.requests.labels(method, route, str(key.status)),
            self.kept.labels(key.cache or "bypass"),
            self.seconds.labels(route),
        )

    def text(self) -> bytes:
        """Answer the figures as text."""
        if SHARED_FOLDER not in os.environ:
            return generate_latest(self.registry)
        from prometheus_client.multiprocess import MultiProcessCollector

        shared = CollectorRegistry()
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        return generate_latest(shared)
