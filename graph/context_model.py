"""What surrounds treaties, as plain values: roll calls, practice, memberships and borders."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.dates import Span

STANCES = ("for", "against", "abstain", "absent")


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
class PracticeSaid:
    """What one source says of one practice."""

    claim: str
    practice: str
    status: str
    as_of: Span | None


@dataclass(frozen=True)
class MembershipSaid:
    """What one source says of the days of one membership."""

    claim: str
    membership: str
    begins: Span | None
    ends: Span | None


@dataclass(frozen=True)
class Border:
    """A land border and the data sets that list it."""

    sides: tuple[str, str]
    sources: frozenset[str]


@dataclass(frozen=True)
class ContextRecord:
    """The context as the record states it."""

    roll_calls: tuple[RollCall, ...] = ()
    practices: tuple[PracticeSaid, ...] = ()
    memberships: tuple[MembershipSaid, ...] = ()
    borders: tuple[Border, ...] = ()


def tally(stances: Iterable[str]) -> Tally:
    """Answer how many votes there are of each kind.

    >>> tally(["for", "for", "absent"])
    Tally(votes_for=2, against=0, abstaining=0, absent=1)
    """
    found = Counter(stances)
    return Tally(*(found[stance] for stance in STANCES))
