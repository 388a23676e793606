"""The two shapes in which networks are measured: one-mode relations and two-mode incidences.

NetworkX is the surface: every shape comes from and goes to its graphs. The measures themselves run
on the matrices, which are hundreds of times as fast (docs/decisions/0060).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from graph.errors import NotComputable, UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Truth = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Relation:
    """A symmetric relation between the members of one set; NaN stands for what is unknown."""

    labels: tuple[str, ...]
    values: Values

    @classmethod
    def of_graph(cls, graph: nx.Graph[str], weight: str = "weight") -> Relation:
        """Read an undirected graph; an edge without the weight counts as 1."""
        labels = tuple(sorted(graph))
        values: Values = nx.to_numpy_array(graph, nodelist=list(labels), weight=weight)
        return cls(labels, values)

    def graph(self, above: float = 0.0) -> nx.Graph[str]:
        """Answer the graph of all pairs whose value is known and greater than `above`."""
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self.labels)
        rows, columns = np.nonzero(np.triu(self.weights(above), 1))
        graph.add_weighted_edges_from(
            (self.labels[i], self.labels[j], round(float(self.values[i, j]), 9))
            for i, j in zip(rows, columns, strict=True)
        )
        return graph

    def ties(self, above: float = 0.0) -> int:
        """Answer how many pairs have a value above one."""
        return int((np.triu(self.weights(above), 1) > 0).sum())

    def alone(self, above: float = 0.0) -> tuple[str, ...]:
        """Answer the members that are tied to nobody above a value."""
        tied = (self.weights(above) > 0).sum(axis=1) > 0
        return tuple(
            label for label, here in zip(self.labels, tied.tolist(), strict=True) if not here
        )

    def components(self, above: float = 0.0) -> int:
        """Answer in how many pieces the network of all pairs above a value falls."""
        reached = self.weights(above) > 0
        np.fill_diagonal(reached, val=True)
        # Each squaring doubles the length of the paths that are followed.
        while (further := (reached.astype(np.float32) @ reached > 0)).sum() > reached.sum():
            reached = further
        return len(np.unique(reached, axis=0))

    def weights(self, above: float = 0.0) -> Values:
        """Answer the values as weights: 0 on the diagonal, where unknown and up to `above`."""
        known = np.nan_to_num(self.values, nan=0.0)
        kept = np.where(known > above, known, 0.0)
        np.fill_diagonal(kept, 0.0)
        return kept

    def between(self, one: str, other: str) -> float:
        """Answer the value of one pair, NaN where it is unknown."""
        return float(self.values[self.place(one), self.place(other)])

    def place(self, label: str) -> int:
        """Answer the row of a member."""
        try:
            return self.labels.index(label)
        except ValueError:
            kind = "member of this network"
            raise UnknownName(kind, label, self.labels) from None


@dataclass(frozen=True, eq=False)
class Incidence:
    """Which members of one set (rows) have a tie to which things of another (columns)."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    ties: Truth

    @classmethod
    def of_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Incidence:
        """Read pairs of a row and a column, in any order and any number of times."""
        known = sorted(set(pairs))
        rows = tuple(sorted({row for row, _ in known}))
        columns = tuple(sorted({column for _, column in known}))
        row_place = {label: place for place, label in enumerate(rows)}
        column_place = {label: place for place, label in enumerate(columns)}
        ties = np.zeros((len(rows), len(columns)), dtype=np.bool_)
        for row, column in known:
            ties[row_place[row], column_place[column]] = True
        return cls(rows, columns, ties)

    def transposed(self) -> Incidence:
        """Answer the same ties seen from the things."""
        return Incidence(self.columns, self.rows, np.ascontiguousarray(self.ties.T))

    def graph(self) -> nx.Graph[str]:
        """Answer the bipartite graph; attribute `bipartite` is 0 for rows and 1 for columns."""
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self.rows, bipartite=0)
        graph.add_nodes_from(self.columns, bipartite=1)
        graph.add_edges_from(
            (self.rows[i], self.columns[j]) for i, j in np.argwhere(self.ties).tolist()
        )
        return graph


def refuse_empty(weights: Values | Truth, what: str) -> None:
    """Refuse to measure a network in which nothing is tied to anything."""
    if not weights.any():
        message = f"The network of {what} is empty: nothing in it is tied to anything. "
        message += "Choose another day or another relation."
        raise NotComputable(message)


def by_label(labels: Iterable[str], values: Values) -> Mapping[str, float]:
    """Answer one number for each member."""
    return dict(zip(labels, values.tolist(), strict=True))
