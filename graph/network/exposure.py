"""What a state's circle does: neighbours, allies and fellow members, and who of them is bound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.network.snapshot import ALLIANCES, FORMER, PARTY, UNRESOLVED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.network.snapshot import Snapshot

NEIGHBOUR, ALLY, FELLOW = "borders", "allied", "fellowMember"
CIRCLES = (NEIGHBOUR, ALLY, FELLOW)
FORMULA = (
    "share of a circle = members of it of a standing / members of it whose standing is known; "
    "circles: land neighbours, allies (of one alliance), fellow members (of one organisation that "
    "is no alliance)"
)


@dataclass(frozen=True)
class Contact:
    """One state of another's circle: how they are related, through what, and how it stands."""

    state: str
    name: str
    relations: tuple[str, ...]
    through: tuple[str, ...]
    standing: str


@dataclass(frozen=True)
class Share:
    """How a circle stands under a treaty; shares are None where nothing is known of anyone."""

    size: int
    joined: float | None
    left: float | None
    outside: float | None
    unresolved: int


@dataclass(frozen=True)
class Exposure:
    """A state, its own standing under a treaty, and how each of its circles stands."""

    state: str
    name: str
    standing: str
    circles: Mapping[str, Share]


def contacts(snapshot: Snapshot, state: str, treaty: str) -> list[Contact]:
    """Answer a state's neighbours, allies and fellow members, each with its standing.

    Parameters
    ----------
    snapshot : Snapshot
        The network of the day.
    state, treaty : str
        The code of the state (`FIN`) and the slug of the treaty (`ottawa`).

    Returns
    -------
    list of Contact
        Sorted: neighbours first, then allies, then fellow members, by name in each. A state stands
        once, with every relation it has (`borders`, `allied`, `fellowMember`) and the
        organisations shared. Its standing is party, contractingState, signatory, formerParty,
        nonSignatory or unresolved.

    Raises
    ------
    UnknownName
        If there is no such state or treaty.

    Examples
    --------
    >>> from datetime import date
    >>> from graph.network.snapshot import Place, Snapshot
    >>> places = {code: Place(code, "europe", "europe") for code in ("AAA", "BBB")}
    >>> day = Snapshot(
    ...     date(2026, 1, 1),
    ...     places,
    ...     {},
    ...     {"t": {"BBB": "formerParty"}},
    ...     borders=frozenset({("AAA", "BBB")}),
    ... )
    >>> contacts(day, "AAA", "t")[0].standing
    'formerParty'

    """
    snapshot.place(state)
    snapshot.under(treaty)
    found = (_contact(snapshot, state, other, treaty) for other in snapshot.states)
    related = (contact for contact in found if contact.relations)
    return sorted(related, key=lambda c: (CIRCLES.index(c.relations[0]), c.name))


def _contact(snapshot: Snapshot, state: str, other: str, treaty: str) -> Contact:
    shared = _shared(snapshot, state, other)
    relations = (
        (NEIGHBOUR, other in snapshot.neighbours(state)),
        (ALLY, bool(shared & ALLIANCES)),
        (FELLOW, bool(shared - ALLIANCES)),
    )
    return Contact(
        other,
        snapshot.name(other),
        tuple(name for name, holds in relations if holds),
        tuple(sorted(shared)),
        snapshot.standing(other, treaty),
    )


def _shared(snapshot: Snapshot, state: str, other: str) -> frozenset[str]:
    if state == other:
        return frozenset()
    return snapshot.organisations(state) & snapshot.organisations(other)


def circles(snapshot: Snapshot, state: str) -> Mapping[str, frozenset[str]]:
    """Answer the states of each circle of a state: borders, allied, fellowMember."""
    own = snapshot.organisations(state)

    def together(names: frozenset[str]) -> frozenset[str]:
        return frozenset().union(*(snapshot.members[name] for name in names)) - {state}

    return {
        NEIGHBOUR: snapshot.neighbours(state),
        ALLY: together(own & ALLIANCES),
        FELLOW: together(own - ALLIANCES),
    }


def exposure(snapshot: Snapshot, treaty: str, state: str | None = None) -> list[Exposure]:
    """Answer for each state how its circles stand under a treaty on the day.

    Parameters
    ----------
    snapshot : Snapshot
        The network of the day.
    treaty : str
        The slug of the treaty.
    state : str, optional
        The code of one state; all states if not given.

    Returns
    -------
    list of Exposure
        By code. In each circle: how many states it has, and of those whose standing is known the
        share that is party (`joined`), that has left (`left`) and that is not party for whatever
        reason (`outside`, which includes those that left).

    Raises
    ------
    UnknownName
        If there is no such treaty or state.

    Notes
    -----
    This describes the day. That a state's circle leaves is no forecast that it will: see
    `graph.network.diffusion` for what past withdrawals say about that, which is little.

    """
    snapshot.under(treaty)
    if state is not None:
        snapshot.place(state)
    chosen = sorted(snapshot.states) if state is None else [state]
    return [
        Exposure(
            code,
            snapshot.name(code),
            snapshot.standing(code, treaty),
            {name: _share(snapshot, who, treaty) for name, who in circles(snapshot, code).items()},
        )
        for code in chosen
    ]


def _share(snapshot: Snapshot, who: frozenset[str], treaty: str) -> Share:
    standings = [snapshot.standing(state, treaty) for state in who]
    known = [standing for standing in standings if standing != UNRESOLVED]
    if not known:
        return Share(len(who), None, None, None, len(standings))
    joined, left = known.count(PARTY) / len(known), known.count(FORMER) / len(known)
    return Share(len(who), joined, left, 1 - joined, len(standings) - len(known))


def flat(found: Exposure) -> Iterator[tuple[str, float | int | None]]:
    """Answer the numbers of an exposure by name, such as `borders_left`."""
    for circle, share in found.circles.items():
        yield f"{circle}_size", share.size
        yield f"{circle}_joined", share.joined
        yield f"{circle}_left", share.left
        yield f"{circle}_outside", share.outside
