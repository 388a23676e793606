"""What a service tells of itself in its figures for Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client.parser import text_string_to_metric_families

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def figure(client: TestClient, name: str, **labels: str) -> float:
    """Answer the sum of the samples of a name that have the labels."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    samples = [sample for family in families for sample in family.samples if sample.name == name]
    return sum(s.value for s in samples if labels.items() <= s.labels.items())


def outcomes(client: TestClient) -> dict[str, float]:
    """Answer how often the memory for answers did what."""
    kinds = ("hit", "miss", "revalidated")
    return {kind: figure(client, "depositary_cache_requests_total", outcome=kind) for kind in kinds}
