"""From votes to runs of the same vote; from claims on practice to what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from graph.claims import weightiest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from graph.context_model import PracticeSaid
    from graph.model import Claim

CONFLICTING = {"alleged", "indicated", "documented", "listed"}


@dataclass(frozen=True)
class Cast:
    """One vote of one state in the order of days."""

    day: str
    resolution: str
    stance: str


@dataclass(frozen=True)
class Run:
    """Votes of one state that are the same one after the other."""

    stance: str
    first: Cast
    last: Cast
    votes: int


@dataclass(frozen=True)
class PracticeFound:
    """A practice as all sources together leave it."""

    iri: str
    status: str
    possible_from: date | None
    possible_until: date | None
    deciding: Claim


def runs(casts: Iterable[Cast]) -> list[Run]:
    """Answer the stretches over which a state voted the same, in the order of days."""
    ordered = sorted(casts, key=lambda cast: (cast.day, cast.resolution))
    grouped = (list(same) for _, same in groupby(ordered, key=lambda cast: cast.stance))
    return [Run(same[0].stance, same[0], same[-1], len(same)) for same in grouped]


def practice_found(said: Sequence[PracticeSaid], claims: Sequence[Claim]) -> PracticeFound | None:
    """Answer how a practice is known; disputed where one side denies what another says."""
    by_claim = {found.claim: found for found in said}
    heard = [claim for claim in claims if claim.iri in by_claim]
    if not heard:
        return None
    known = [by_claim[claim.iri] for claim in heard]
    first = weightiest(heard)
    statuses = {found.status for found in known}
    disputed = "denied" in statuses and statuses & CONFLICTING
    status = "disputed" if disputed else by_claim[first.iri].status
    spans = [found.as_of for found in known if found.as_of]
    start = min((s.earliest for s in spans if s.earliest), default=None)
    open_ended = any(s.latest is None for s in spans)
    end = None if open_ended else max((s.latest for s in spans if s.latest), default=None)
    return PracticeFound(known[0].practice, status, start, end, first)
