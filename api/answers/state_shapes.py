"""The shapes of the answers on states: how they stand, and who sees it differently.

Days are ISO days or None where unknown. States are named by ISO 3166 alpha-3 codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.answers.act_shapes import Act, Happening
    from api.answers.shapes import Named, SourceRef, Tail


@dataclass(frozen=True)
class Standpoint:
    """How a standing looks to one side where the sides differ."""

    according_to: str
    who: list[str]
    standing: str
    in_operation: bool
    sources: list[SourceRef]


@dataclass(frozen=True)
class Standing:
    """How a state stands under a treaty on a day, and why.

    `standing` is None where the sources do not decide; then `possible` lists what they allow.
    `reason` says why they do not, or which later act the standing rests on.
    Standing and qualifiers hold from `since` up to and not including `until`; the standing alone
    has held since `standing_since`.
    """

    state: Named
    treaty: Named
    on: str
    known: str | None
    standing: str | None
    possible: list[str]
    qualifiers: list[str]
    since: str | None
    until: str | None
    standing_since: str | None
    reason: str | None
    acts: list[Act]
    domestic_steps: list[Happening]
    expressions: list[Happening]
    views: list[Standpoint]
    tail: Tail


@dataclass(frozen=True)
class StateRow:
    """One state of the list."""

    id: str
    name: str
    iso2: str | None
    region: str
    subregion: str


@dataclass(frozen=True)
class States:
    """The states of the record."""

    states: list[StateRow]
    tail: Tail


@dataclass(frozen=True)
class TreatyStanding:
    """How a state stands under one treaty."""

    treaty: Named
    standing: str | None
    possible: list[str]
    qualifiers: list[str]
    since: str | None
    until: str | None
    standing_since: str | None
    reason: str | None


@dataclass(frozen=True)
class StateTreaties:
    """How a state stands under each treaty of the record on a day."""

    state: Named
    on: str
    known: str | None
    treaties: list[TreatyStanding]
    tail: Tail
