"""The settings of the web layer: how much a stranger may send, and how much is kept for them."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from graph.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Mapping

LOGS = ("off", "text", "json")
PREFIX = "DEPOSITARY_"


@dataclass(frozen=True)
class WebSettings:
    """Limits of the web layer; each field is read from DEPOSITARY_ and its name in capitals.

    `body_kb`: the longest body of a request, in kB of 1024 bytes. `head_kb`: the longest head
    without its first line. `arrival_seconds`: how long a request may take to arrive.
    `stall_seconds`: how long a client may read nothing of an answer. `connections`: how many
    connections are open at once in a process; more get 503. `answers_mb`: the memory for answers that are
    kept, in MB of 1024 kB; 0 keeps none. `log`: a line for each request on standard error, as `text` or `json`, or `off`.
    `metrics`: whether /metrics answers.
    """

    body_kb: int = 64
    head_kb: int = 32
    arrival_seconds: int = 10
    stall_seconds: int = 30
    connections: int = 1000
    answers_mb: int = 64
    log: str = "off"
    metrics: bool = True

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> WebSettings:
        """Read the settings; a value that cannot be used is an error that says what can."""
        given = {
            field.name: environment[name]
            for field in fields(cls)
            if environment.get(name := PREFIX + field.name.upper())
        }
        return cls(**{name: _read(name, text) for name, text in given.items()})  # type: ignore[arg-type]


def _read(name: str, text: str) -> int | str | bool:
    if name == "log":
        return _one_of(name, text, {known: known for known in LOGS})
    if name == "metrics":
        return _one_of(name, text, {"1": True, "0": False, "on": True, "off": False})
    if not text.isascii() or not text.isdigit() or (int(text) == 0 and name != "answers_mb"):
        message = f"{PREFIX}{name.upper()} is {text!r}; it has to be a whole number above 0."
        raise WrongUse(message)
    return int(text)


def _one_of(name: str, text: str, known: Mapping[str, str | bool]) -> str | bool:
    if text not in known:
        message = f"{PREFIX}{name.upper()} is {text!r}; it has to be one of {', '.join(known)}."
        raise WrongUse(message)
    return known[text]
