"""From votes to tallies and runs of the same vote; from claims on practice to what is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from graph.claims import weightiest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from graph.dates import Span
    from graph.model import Claim

STANCES = ("for", "against", "abstain", "absent")
CONFLICTING = {"alleged", "indicated", "documented", "listed"}


@dataclass(frozen=True)
class Tally:
    """How many members voted in each way; None where a source does not say."""

    votes_for: int | None = None
    against: int | None = None
    abstaining: int | None = None
    absent: int | None = None

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """Answer the four numbers in the order for, against, abstain, absent."""
        return self.votes_for, self.against, self.abstaining, self.absent

    def differs_from(self, other: Tally) -> bool:
        """Answer whether a number that both give is not the same."""
        pairs = zip(self.numbers, other.numbers, strict=True)
        return any(a != b for a, b in pairs if a is not None and b is not None)

    def __str__(self) -> str:
        """Give the numbers as assemblies do: 139-1-20, and the absent."""
        shown = ["?" if number is None else str(number) for number in self.numbers]
        return f"{'-'.join(shown[:3])} ({shown[3]} absent)"


@dataclass(frozen=True)
class RollCall:
    """One roll call: the votes that the record holds, and the totals that sources state."""

    iri: str
    complete: bool
    counted: Tally
    stated: Mapping[str, Tally]


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
class PracticeSaid:
    """What one source says of one practice."""

    claim: str
    practice: str
    status: str
    as_of: Span | None


@dataclass(frozen=True)
class PracticeFound:
    """A practice as all sources together leave it."""

    iri: str
    status: str
    possible_from: date | None
    possible_until: date | None
    deciding: Claim


def tally(stances: Iterable[str]) -> Tally:
    """Answer how many votes there are of each kind.

    >>> tally(["for", "for", "absent"])
    Tally(votes_for=2, against=0, abstaining=0, absent=1)
    """
    found = Counter(stances)
    return Tally(*(found[stance] for stance in STANCES))


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
