"""The shapes of the answers on sources: what each says, and whether it is accepted.

Days are ISO days or None where unknown. States are named by ISO 3166 alpha-3 codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.answers.act_shapes import ClaimSaid
    from api.answers.examined_shapes import Examined
    from api.answers.shapes import SourceRef, Tail


@dataclass(frozen=True)
class ClaimRow:
    """What one source says of one event, with the event named."""

    about: str
    claim: ClaimSaid
    examined: Examined | None = None


@dataclass(frozen=True)
class Claims:
    """What sources say, by event or by source."""

    about: str | None
    source: str | None
    known: str | None
    claims: list[ClaimRow]
    tail: Tail


@dataclass(frozen=True)
class SourceSaid:
    """One source and everything that the record takes from it."""

    source: SourceRef
    references: list[str]
    note: str | None
    publishes_as_it_goes: bool
    claims: list[ClaimRow]
    tail: Tail


@dataclass(frozen=True)
class Sources:
    """The sources of the record, the highest authority first."""

    sources: list[SourceRef]
    tail: Tail
