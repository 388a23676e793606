"""What surrounds treaties: roll calls, practice, memberships and borders, weighed and derived."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.claims import resolve
from graph.positions import practice_found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.context_model import (
        Border,
        ContextRecord,
        MembershipSaid,
        PracticeSaid,
        RollCall,
    )
    from graph.model import Claim, Resolution
    from graph.positions import PracticeFound


@dataclass(frozen=True)
class MembershipFound:
    """A membership with the accepted spans of its first day and of the first day after it."""

    iri: str
    begins: Resolution | None
    ends: Resolution | None


@dataclass(frozen=True)
class DerivedContext:
    """What follows from the context, or from that part of it that was known on a day."""

    roll_calls: tuple[RollCall, ...] = ()
    practices: tuple[PracticeFound, ...] = ()
    memberships: tuple[MembershipFound, ...] = ()
    neighbours: tuple[tuple[str, str], ...] = field(default=())


def derive_context(
    record: ContextRecord, claims: Mapping[str, tuple[Claim, ...]]
) -> DerivedContext:
    """Answer what follows from the context by the claims that are heard."""
    return DerivedContext(
        tuple(r for r in record.roll_calls if claims.get(r.iri)),
        tuple(_practices(record.practices, claims)),
        tuple(_memberships(record.memberships, claims)),
        tuple(agreed_neighbours(record.borders)),
    )


def agreed_neighbours(borders: Sequence[Border]) -> list[tuple[str, str]]:
    """Answer the two sides of each border that every data set of borders lists."""
    every = frozenset(source for border in borders for source in border.sources)
    return sorted(border.sides for border in borders if border.sources == every)


def _practices(
    said: Sequence[PracticeSaid], claims: Mapping[str, tuple[Claim, ...]]
) -> Iterator[PracticeFound]:
    by_practice: dict[str, list[PracticeSaid]] = defaultdict(list)
    for one in said:
        by_practice[one.practice].append(one)
    for practice, ones in sorted(by_practice.items()):
        if found := practice_found(ones, claims.get(practice, ())):
            yield found


def _memberships(
    said: Sequence[MembershipSaid], claims: Mapping[str, tuple[Claim, ...]]
) -> Iterator[MembershipFound]:
    by_membership: dict[str, dict[str, MembershipSaid]] = defaultdict(dict)
    for one in said:
        by_membership[one.membership][one.claim] = one
    for membership, ones in sorted(by_membership.items()):
        heard = [(c, ones[c.iri]) for c in claims.get(membership, ()) if c.iri in ones]
        if heard:
            begins = resolve((c, one.begins) for c, one in heard if one.begins)
            ends = resolve((c, one.ends) for c, one in heard if one.ends)
            yield MembershipFound(membership, begins, ends)
