"""What a stranger's query may cost; every promise of the service about it is a setting here."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from graph.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Mapping

MEGABYTE = 1024 * 1024
# Said where the system is not Linux.
NOT_ENFORCED_ELSEWHERE = (
    "On this system the kernel bounds neither the memory of a query reliably (RLIMIT_AS) nor ends "
    "it when its client leaves (SIGIO); time, answers and descriptors are bounded. Use Linux for "
    "an open service."
)


def _setting(default: float, says: str) -> float:
    return field(default=default, metadata={"says": says})


@dataclass(frozen=True)
class Limits:
    """The limits; each is set by DEPOSITARY_QUERY_ and its name, as DEPOSITARY_QUERY_SECONDS.

    Short queries run in the first line. What is not done after `turn_seconds` of processor time
    moves to the middle one, and after `middle_seconds` to the heavy one.
    """

    seconds: float = _setting(10, "wall time of a query, its waiting included")
    memory_mb: float = _setting(256, "memory of a query beyond that of the data")
    short_memory_mb: float = _setting(32, "the same, before it counts as heavy")
    answer_mb: float = _setting(16, "size of an answer")
    rows: float = _setting(100_000, "rows or triples of an answer")
    text_kb: float = _setting(64, "length of the text of a query")
    turn_seconds: float = _setting(0.01, "processor time in the first line")
    middle_seconds: float = _setting(0.4, "processor time before a query is heavy")
    running: float = _setting(float((os.cpu_count() or 1) + 1), "queries at once in the first line")
    middle_running: float = _setting(4, "queries at once in the middle line")
    heavy_running: float = _setting(2, "heavy queries at once")
    waiting: float = _setting(64, "queries that wait in each line")
    wait_seconds: float = _setting(8, "how long a query waits in the first and the middle line")
    heavy_wait_seconds: float = _setting(2, "how long a heavy query waits")
    per_client: float = _setting(5, "heavy queries of one client, running and waiting")
    recycle: float = _setting(10_000, "queries that a worker answers before it is replaced")
    known_days: float = _setting(2, "days of knowledge held ready at once")
    data_mb: float = _setting(4096, "memory in which data other than a record have to be read")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Limits:
        """Read the limits; a value that is no positive number is an error."""
        given: dict[str, float] = {}
        for limit in fields(cls):
            name = f"DEPOSITARY_QUERY_{limit.name.upper()}"
            if text := environment.get(name):
                given[limit.name] = _positive(name, text)
        return cls(**given)


def bytes_of(megabytes: float) -> int:
    """Answer a size in bytes."""
    return int(megabytes * MEGABYTE)


def _positive(name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 0 < value < float("inf"):
        message = f"{name} is {text!r}; it has to be a number above 0."
        raise WrongUse(message)
    return value
