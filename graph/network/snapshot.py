"""The network of one day: which states are tied to what, and by which relation."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from graph.errors import UnknownName
from graph.network.agreement import agreement, common_calls
from graph.network.relation import Incidence, Relation
from graph.network.roll_calls import RollCalls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

PARTY, CONTRACTING, SIGNATORY, FORMER = "party", "contractingState", "signatory", "formerParty"
UNRESOLVED = "unresolved"
TREATY_TIES = {
    PARTY: "partyTo",
    CONTRACTING: "consentedTo",
    SIGNATORY: "signed",
    FORMER: "left",
    UNRESOLVED: "unresolvedUnder",
}
MEMBER, BORDERS, ALLIED = "memberOf", "borders", "allied"
VOTED, OBJECTED, HOLDS = "votedWith", "objectedTo", "holds"
KINDS = (*TREATY_TIES.values(), MEMBER, BORDERS, ALLIED, VOTED, OBJECTED, HOLDS)
# Organisations whose founding treaty binds each member to help another that is attacked: North
# Atlantic Treaty art. 5, Collective Security Treaty art. 4, Brussels Treaty as amended art. V,
# Warsaw Treaty art. 4.
ALLIANCES = frozenset({"nato", "csto", "weu", "warsaw-pact"})
ALIKE = 0.95
LEAST_COMMON_VOTES = 10


@dataclass(frozen=True)
class Place:
    """A state's name and where it lies: region and subregion of the United Nations' M49."""

    name: str
    region: str
    subregion: str


@dataclass(frozen=True)
class Objection:
    """One state objects to what another did under a treaty."""

    state: str
    other: str
    treaty: str


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What holds between states, treaties, organisations and policies on one day.

    States go by their upper-case code, everything else by its slug. `standings` holds what is
    certain; `unresolved` names the states whose standing that day the sources do not tell.
    """

    day: date
    states: Mapping[str, Place]
    names: Mapping[str, str]
    standings: Mapping[str, Mapping[str, str]]
    unresolved: Mapping[str, frozenset[str]] = field(default_factory=dict)
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    borders: frozenset[tuple[str, str]] = frozenset()
    objections: frozenset[Objection] = frozenset()
    policies: frozenset[tuple[str, str]] = frozenset()
    roll_calls: RollCalls = field(default_factory=lambda: RollCalls.of_rows(()))

    def multigraph(
        self, kinds: Iterable[str] | None = None, alike: float = ALIKE
    ) -> nx.MultiDiGraph[str]:
        """Answer the typed multigraph of the day.

        Parameters
        ----------
        kinds : iterable of str, optional
            Which kinds of ties to show; all but votedWith, which is dense, if not given.
        alike : float
            From which share of equal votes two states count as having voted together.

        Returns
        -------
        networkx.MultiDiGraph
            Nodes have `kind` (state, treaty, organisation, policy) and `label`; edges have their
            kind as key and as attribute `kind`, votedWith a `weight`, objectedTo a `treaty`. The
            symmetric ties (borders, allied, votedWith) stand once, from the first name in the
            alphabet to the other.

        Raises
        ------
        UnknownName
            If there is no such kind of tie.

        """
        wanted = set(KINDS) - {VOTED} if kinds is None else set(kinds)
        for name in wanted - set(KINDS):
            kind = "kind of tie"
            raise UnknownName(kind, name, KINDS)
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(day=self.day.isoformat())
        for code, place in sorted(self.states.items()):
            graph.add_node(code, kind="state", label=place.name, region=place.region)
        for one, other, kind, more in self._ties(wanted, alike):
            for thing in (one, other):
                if thing not in graph:
                    graph.add_node(thing, kind=self._kind(thing), label=self.name(thing))
            key = f"{kind} {more['treaty']}" if "treaty" in more else kind
            graph.add_edge(one, other, key=key, kind=kind, **more)
        return graph

    def name(self, thing: str) -> str:
        """Answer the name of a state, treaty, organisation or policy, or its code."""
        return self.states[thing].name if thing in self.states else self.names.get(thing, thing)

    def place(self, state: str) -> Place:
        """Answer where a state lies; the error for an unknown one names those that are near."""
        if state not in self.states:
            kind = "state"
            raise UnknownName(kind, state, self.states)
        return self.states[state]

    def standing(self, state: str, treaty: str) -> str:
        """Answer how a state stands under a treaty, `unresolved` where that cannot be told."""
        if state in self.unresolved.get(treaty, ()):
            return UNRESOLVED
        return self.under(treaty).get(state, "nonSignatory")

    def under(self, treaty: str) -> Mapping[str, str]:
        """Answer the certain standings of all states under a treaty."""
        if treaty not in self.standings:
            kind = "treaty"
            raise UnknownName(kind, treaty, self.standings)
        return self.standings[treaty]

    def parties(self) -> Incidence:
        """Answer which states are certainly party to which treaties."""
        return Incidence.of_pairs(
            (state, treaty)
            for treaty, standings in self.standings.items()
            for state, standing in standings.items()
            if standing == PARTY
        )

    def neighbours(self, state: str) -> frozenset[str]:
        """Answer the states with which a state has a land border."""
        return frozenset(b if a == state else a for a, b in self.borders if state in {a, b})

    def organisations(self, state: str) -> frozenset[str]:
        """Answer the organisations to which a state certainly belongs."""
        return frozenset(name for name, members in self.members.items() if state in members)

    def bordering(self, organisation: str, others: Iterable[str]) -> list[tuple[str, str]]:
        """Answer the members of an organisation with a land border to one of some states.

        Parameters
        ----------
        organisation : str
            The slug of the organisation.
        others : iterable of str
            The codes of the states on the other side.

        Returns
        -------
        list of pair of str
            Member and neighbour, sorted.

        Raises
        ------
        UnknownName
            If there is no such organisation or state.

        """
        if organisation not in self.members:
            kind = "organisation with members on this day"
            raise UnknownName(kind, organisation, self.members)
        wanted = {code for code in others if self.place(code)}
        members = self.members[organisation]
        return sorted((m, n) for m in members for n in self.neighbours(m) & wanted)

    def _kind(self, thing: str) -> str:
        if thing in self.standings:
            return "treaty"
        return "organisation" if thing in self.members else "policy"

    def _ties(
        self, wanted: set[str], alike: float
    ) -> Iterator[tuple[str, str, str, dict[str, str | float]]]:
        """Answer every tie once, in an order that does not depend on the rows it came from."""
        plain = [*self._treaty_ties(), *self._state_ties()]
        yield from ((a, b, kind, {}) for a, b, kind in sorted(plain) if kind in wanted)
        if OBJECTED in wanted:
            for o in sorted(self.objections, key=lambda o: (o.state, o.other, o.treaty)):
                yield o.state, o.other, OBJECTED, {"treaty": o.treaty}
        if VOTED in wanted and self.roll_calls.calls:
            graph = self.agreement(least=LEAST_COMMON_VOTES).graph(above=alike)
            for one, other, data in graph.edges(data=True):
                yield one, other, VOTED, {"weight": data["weight"]}

    def _treaty_ties(self) -> Iterator[tuple[str, str, str]]:
        for treaty, standings in self.standings.items():
            for state, standing in standings.items():
                if standing in TREATY_TIES:
                    yield state, treaty, TREATY_TIES[standing]
        for treaty, states in self.unresolved.items():
            yield from ((state, treaty, TREATY_TIES[UNRESOLVED]) for state in states)

    def _state_ties(self) -> Iterator[tuple[str, str, str]]:
        for organisation, members in self.members.items():
            yield from ((state, organisation, MEMBER) for state in members)
        yield from ((state, policy, HOLDS) for state, policy in self.policies)
        yield from ((*sorted(sides), BORDERS) for sides in self.borders)  # type: ignore[misc]
        yield from ((one, other, ALLIED) for one, other in self.allied())

    def allied(self) -> frozenset[tuple[str, str]]:
        """Answer each two states that belong to one alliance."""
        return frozenset(
            pair
            for name in ALLIANCES & self.members.keys()
            for pair in combinations(sorted(self.members[name]), 2)
        )

    def agreement(self, measure: str = "share", least: int = LEAST_COMMON_VOTES) -> Relation:
        """Answer how much states agree in the roll calls of the record up to the day."""
        return agreement(self.roll_calls, measure, least)

    def common_votes(self, one: str, other: str) -> int:
        """Answer in how many roll calls two states both voted."""
        places = [self.roll_calls.states.index(s) for s in (one, other)]
        return int(np.asarray(common_calls(self.roll_calls))[places[0], places[1]])
