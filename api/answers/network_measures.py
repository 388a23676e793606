"""The measures of networks: each from a view and its parameters to rows, summary and network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from api.answers.network_shapes import Finding
from api.answers.networks import snapshot
from graph.errors import UnknownName
from graph.network import agreement as voting
from graph.network import projection as sharing
from graph.network.centrality import centrality, two_mode_centrality
from graph.network.community import communities, stability, two_mode_communities
from graph.network.comparison import adjusted_mutual_information
from graph.network.core_periphery import core_periphery
from graph.network.relation import Incidence, Relation
from graph.network.snapshot import ALLIANCES
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from api.answers.network_shapes import Cell, TableRow
    from api.answers.view import View
    from graph.network.relation import Values
    from graph.network.roll_calls import RollCalls
    from graph.network.snapshot import Snapshot

DECIMALS = 6
TREATIES, VOTES, TWO_MODE = "treaties", "votes", "two-mode"
RELATIONS = (TREATIES, VOTES)
# From which value two states count as tied, where the caller names none.
ABOVE = {"jaccard": 0.5, "cosine": 0.5, "share": 0.75, "lijphart": 0.75}


@dataclass(frozen=True, eq=False)
class Asked:
    """What a measure is asked of: the view, the parameters, and roll calls of the user's own."""

    view: View
    given: Mapping[str, Any]
    earlier: Callable[[View, date], View]
    votes: RollCalls | None = None

    @cached_property
    def snapshot(self) -> Snapshot:
        """Answer the network of the day."""
        return snapshot(self.view, self.given.get("topic"))

    @cached_property
    def calls(self) -> RollCalls:
        """Answer the roll calls that are looked at: the user's own or those of the record."""
        found = self.votes or self.snapshot.roll_calls
        return found.between(self.given.get("since"), self.given.get("until"))

    @property
    def treaty(self) -> str:
        """Answer the slug of the treaty that is asked about."""
        return slug(self.view.names.treaty(self.given["treaty"]))

    def state(self, name: str = "state") -> str | None:
        """Answer the code of the state that is asked about, None where none is."""
        given = self.given.get(name)
        if given is None or self.votes:
            return str(given).upper() if given else None
        return slug(self.view.names.state(given)).upper()

    def name(self, thing: str) -> str:
        """Answer the name of a thing of the network."""
        return thing if self.votes else self.snapshot.name(thing)


def ties(asked: Asked) -> Finding:
    """Answer every tie of the day: states, treaties, organisations and policies by kind."""
    given = asked.given["kinds"]
    kinds = None if given is None else [kind.strip() for kind in given.split(",")]
    graph = asked.snapshot.multigraph(kinds)
    rows: list[TableRow] = [
        {"one": one, "kind": data["kind"], "other": other, "under": data.get("treaty"),
         "weight": data.get("weight")}
        for one, other, data in graph.edges(data=True)
    ]  # fmt: skip
    found = {kind: sum(row["kind"] == kind for row in rows) for kind in {r["kind"] for r in rows}}
    summary: dict[str, Cell] = {"nodes": graph.number_of_nodes(), "ties": len(rows)}
    summary |= {str(kind): found[kind] for kind in sorted(found, key=str)}
    notices = [
        f"how {len(states)} states stand under {treaty} cannot be told: {', '.join(sorted(states))}"
        for treaty, states in sorted(asked.snapshot.unresolved.items())
    ]
    return Finding(rows, ("one", "kind", "other", "under"), summary, notices, graph)


def projection(asked: Asked) -> Finding:
    """Answer how alike each two states are by shared treaties, or treaties by shared parties."""
    relation = sharing.projection(_incidence(asked), asked.given["weight"])
    return _pairs(asked, relation)


def agreement(asked: Asked) -> Finding:
    """Answer how often each two states vote alike."""
    calls = asked.calls
    relation = voting.agreement(calls, asked.given["index"], asked.given["least"])
    found = _pairs(asked, relation, voting.common_calls(calls))
    return Finding(found.rows, found.key, {**found.summary, **_span(calls)}, graph=found.graph)


def _incidence(asked: Asked) -> Incidence:
    mode = one_of("mode", asked.given["mode"], ("states", TREATIES))
    found = asked.snapshot.parties()
    return found if mode == "states" else found.transposed()


def _span(calls: RollCalls) -> dict[str, Cell]:
    return {"rollCalls": len(calls.calls), "from": min(calls.days), "until": max(calls.days)}


def _pairs(asked: Asked, relation: Relation, common: Values | None = None) -> Finding:
    labels, values = relation.labels, relation.values
    above = asked.given["above"]
    kept = np.argwhere(np.triu(values > (0.0 if above is None else above), 1)).tolist()
    rows: list[TableRow] = [
        {"one": labels[i], "other": labels[j], "value": number(values[i, j])}
        | ({} if common is None else {"common": int(common[i, j])})
        for i, j in kept
    ]
    rows.sort(key=lambda row: -float(row["value"] or 0))
    upper = values[np.triu_indices(len(labels), 1)]
    known = upper[np.isfinite(upper)]
    summary: dict[str, Cell] = {
        "members": len(labels),
        "pairs": len(rows),
        "mean": number(known.mean()) if known.size else None,
        "unknown": int(upper.size - known.size),
    }
    return Finding(rows, ("one", "other"), summary, graph=relation.graph(above or 0.0))


def central(asked: Asked) -> Finding:
    """Answer degree, strength, betweenness and eigenvector centrality of each member."""
    if asked.given["relation"] == TWO_MODE:
        found = two_mode_centrality(asked.snapshot.parties())
        rows = [row for side in found for row in _columns(asked, side)]
        return Finding(rows, ("id",), graph=asked.snapshot.parties().graph())
    relation, above = one_mode(asked)
    rows = list(_columns(asked, centrality(relation, above)))
    return Finding(rows, ("id",), _parts(relation, above), graph=relation.graph(above))


def _columns(asked: Asked, found: Mapping[str, Mapping[str, float]]) -> Iterator[TableRow]:
    names = next(iter(found.values()))
    for member in names:
        numbers = {column: number(values[member]) for column, values in found.items()}
        yield {"id": member, "name": asked.name(member), **numbers}


def core(asked: Asked) -> Finding:
    """Answer which members are the core and which the periphery."""
    relation, above = one_mode(asked)
    found = core_periphery(relation, above)
    rows: list[TableRow] = [
        {"id": member, "name": asked.name(member), "part": "core" if member in found.core
         else "periphery", "ties": ties}
        for member, ties in found.degree.items()
    ]  # fmt: skip
    summary = {"core": len(found.core), "fit": number(found.fit), **_parts(relation, above)}
    return Finding(rows, ("id",), summary, graph=relation.graph(above))


def community(asked: Asked) -> Finding:
    """Answer which members go together, how stable that is, and what it coincides with."""
    seed = asked.given["seed"]
    if asked.given["relation"] == TWO_MODE:
        incidence = asked.snapshot.parties()
        both = two_mode_communities(incidence, seed)
        rows: list[TableRow] = [
            {"id": m, "name": asked.name(m), "community": n} for m, n in both.of.items()
        ]
        of_both = {"communities": both.number, "modularity": number(both.modularity)}
        return Finding(rows, ("id",), of_both, graph=incidence.graph())
    relation, above = one_mode(asked)
    found = communities(relation, asked.given["method"], seed, above)
    resample, things = _resampling(asked, above)
    stays, kept = stability(found, resample, things, seed)
    rows = [
        {"id": m, "name": asked.name(m), "community": n, "stays": number(kept[m])}
        for m, n in found.of.items()
    ]
    summary: dict[str, Cell] = {
        "communities": found.number,
        "modularity": number(found.modularity),
        "stability": number(stays),
        **({} if asked.votes else _coincides(asked.snapshot, found.of)),
        **_parts(relation, above),
    }
    return Finding(rows, ("id",), summary, graph=relation.graph(above))


def _coincides(shown: Snapshot, groups: Mapping[str, int]) -> dict[str, Cell]:
    """Answer the adjusted mutual information with regions, subregions and alliances."""
    states = sorted(set(groups) & set(shown.states))
    own = np.array([groups[state] for state in states])
    outside = [name for name in ALLIANCES if name in shown.members]
    given = {
        "region": [shown.states[state].region for state in states],
        "subregion": [shown.states[state].subregion for state in states],
        "alliance": [" ".join(n for n in outside if s in shown.members[n]) for s in states],
    }
    return {
        f"ami_{name}": number(
            adjusted_mutual_information(own, np.unique(values, return_inverse=True)[1])
        )
        for name, values in given.items()
    }


def one_mode(asked: Asked) -> tuple[Relation, float]:
    """Answer the one-mode network that is asked for, and from which value pairs are tied."""
    relation = one_of("relation", asked.given["relation"], RELATIONS)
    weight, index = asked.given["weight"], asked.given["index"]
    above = asked.given["above"]
    if relation == TREATIES and asked.votes is None:
        default = ABOVE.get(weight, 0.0)
        found = sharing.projection(asked.snapshot.parties(), weight)
    else:
        default = ABOVE.get(index, 0.0)
        found = voting.agreement(asked.calls, index, asked.given["least"])
    return found, default if above is None else above


def _resampling(asked: Asked, above: float) -> tuple[Callable[[NDArray[np.int64]], Relation], int]:
    """Answer how to draw the network anew from its treaties or roll calls, and their number."""
    weight, index = asked.given["weight"], asked.given["index"]
    if asked.given["relation"] == TREATIES and asked.votes is None:
        whole = asked.snapshot.parties()

        def by_treaties(drawn: NDArray[np.int64]) -> Relation:
            labels = tuple(map(str, range(len(drawn))))
            some = Incidence(whole.rows, labels, whole.ties[:, drawn])
            return _above(sharing.projection(some, weight), above)

        return by_treaties, len(whole.columns)
    calls = asked.calls

    def by_votes(drawn: NDArray[np.int64]) -> Relation:
        return _above(voting.agreement(calls.drawn(drawn), index, asked.given["least"]), above)

    return by_votes, len(calls.calls)


def _above(relation: Relation, above: float) -> Relation:
    return Relation(relation.labels, relation.weights(above))


def _parts(relation: Relation, above: float) -> dict[str, Cell]:
    """Answer in how many pieces a network falls, since that bounds what a measure can say."""
    return {
        "tiedAbove": above,
        "ties": relation.ties(above),
        "components": relation.components(above),
        "withoutTies": len(relation.alone(above)),
    }


def number(value: float | None) -> float | None:
    """Answer a number as it is shown: to six decimals, None where it is unknown."""
    return None if value is None or not isfinite(value) else round(float(value), DECIMALS)


def one_of(name: str, value: str, known: Iterable[str]) -> str:
    """Answer a value that is one of a few; the error for another names them."""
    choices = tuple(known)
    if value not in choices:
        raise UnknownName(name, value, choices)
    return value
