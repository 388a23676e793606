"""Which states go together: Louvain and Leiden, two-mode modularity, stability, comparison."""

from __future__ import annotations

import random
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from graph.errors import UnknownName
from graph.network.comparison import adjusted_mutual_information
from graph.network.relation import Incidence, Relation, refuse_empty

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import igraph
    from numpy.typing import NDArray

    from graph.network.relation import Values

    Groups = NDArray[np.int64]

METHODS = ("leiden", "louvain")
SEED = 1
TRIES = 10
RESAMPLES = 20
MOST_ROUNDS = 100
FORMULAS = {
    "modularity": "Q = sum over pairs in one community of (a_ij - k_i k_j / 2m) / 2m "
    "(Newman and Girvan 2004), maximised by Leiden (Traag et al. 2019) or Louvain "
    "(Blondel et al. 2008)",
    "two-mode": "Q = sum over ties in one community of (a_ij - k_i d_j / m) / m (Barber 2007)",
}
# The engine draws from one generator of the whole process.
_DRAWING = Lock()


@dataclass(frozen=True)
class Communities:
    """A partition: the community of each member (1 is the largest) and its modularity."""

    of: Mapping[str, int]
    modularity: float

    @property
    def number(self) -> int:
        """Answer how many communities there are."""
        return len(set(self.of.values()))


def communities(
    relation: Relation, method: str = "leiden", seed: int = SEED, above: float = 0.0
) -> Communities:
    """Answer the partition of a network into communities with the highest modularity found.

    Parameters
    ----------
    relation : Relation
        The weights of the ties; `Relation.of_graph` reads an undirected NetworkX graph.
    method : {"leiden", "louvain"}
        The algorithm. Both are heuristics that draw lots.
    seed : int
        Where the lots begin; the best of ten runs is answered, the same for the same seed.
    above : float
        Pairs are tied where their value is known and greater than this.

    Returns
    -------
    Communities
        Numbered by size, the largest first, and by name where sizes are equal. A member without
        ties is a community of its own.

    Raises
    ------
    UnknownName
        If there is no such method.
    NotComputable
        If nothing is tied to anything.

    Notes
    -----
    Modularity compares the weight inside communities with what the degrees alone would give. Its
    maximum is no proof of structure: see `stability` for how far a partition can be relied on.

    References
    ----------
    .. [1] M. E. J. Newman and M. Girvan, Finding and evaluating community structure in networks,
       Physical Review E 69 (2004), 026113.
    .. [2] V. A. Traag, L. Waltman and N. J. van Eck, From Louvain to Leiden, Scientific Reports 9
       (2019), 5233.
    .. [3] V. D. Blondel et al., Fast unfolding of communities in large networks, Journal of
       Statistical Mechanics (2008), P10008.

    Examples
    --------
    >>> import networkx as nx
    >>> two = nx.relabel_nodes(nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(3)), str)
    >>> communities(Relation.of_graph(two)).of["0"]
    1

    """
    if method not in METHODS:
        kind = "method"
        raise UnknownName(kind, method, METHODS)
    weights = relation.weights(above)
    refuse_empty(weights, "ties above the threshold")
    groups, modularity = _best(weights, method, seed, TRIES)
    return Communities(_numbered(relation.labels, groups), modularity)


def stability(
    communities_found: Communities,
    resample: Callable[[NDArray[np.int64]], Relation],
    things: int,
    seed: int = SEED,
    times: int = RESAMPLES,
) -> tuple[float, Mapping[str, float]]:
    """Answer how far communities stay the same when their things are drawn anew.

    Parameters
    ----------
    communities_found : Communities
        The partition of the network as it is.
    resample : callable
        Answers the network of things (treaties, roll calls) drawn with replacement, given as
        their numbers.
    things : int
        How many things there are.
    seed, times : int
        Where the lots begin, and how often things are drawn.

    Returns
    -------
    pair of float and dict
        The mean adjusted mutual information with the partition, 1 for always the same and 0 for
        chance; and for each member the mean share of its community that stays with it.

    """
    labels = sorted(communities_found.of)
    found = np.array([communities_found.of[label] for label in labels])
    together = found[:, None] == found[None, :]
    np.fill_diagonal(together, val=False)
    draws = np.random.default_rng(seed)
    agreement: list[float] = []
    kept = np.zeros(len(labels))
    for number in range(times):
        relation = resample(draws.integers(0, things, things))
        groups = _of_labels(labels, relation, seed + number)
        agreement.append(adjusted_mutual_information(found, groups))
        kept += ((groups[:, None] == groups[None, :]) & together).sum(axis=1)
    shares = kept / np.maximum(together.sum(axis=1), 1) / times
    alone = together.sum(axis=1) == 0
    shares[alone] = np.nan
    return float(np.mean(agreement)), dict(zip(labels, shares.tolist(), strict=True))


def _of_labels(labels: Sequence[str], relation: Relation, seed: int) -> Groups:
    """Answer the groups of a drawn network in the order of labels; who is missing is alone."""
    weights = relation.weights()
    groups = _best(weights, "leiden", seed, 1)[0] if weights.any() else np.arange(len(weights))
    of = dict(zip(relation.labels, groups.tolist(), strict=True))
    return np.array([of.get(label, -place) for place, label in enumerate(labels, start=1)])


def two_mode_communities(incidence: Incidence, seed: int = SEED) -> Communities:
    """Answer communities of rows and columns together, by Barber's two-mode modularity.

    Parameters
    ----------
    incidence : Incidence
        Rows and the columns to which they are tied. Their names must differ.
    seed : int
        Where the lots of the first partition begin.

    Returns
    -------
    Communities
        Of rows and columns in one numbering.

    Raises
    ------
    NotComputable
        If nothing is tied to anything.

    Notes
    -----
    The Leiden partition of the rows by shared columns is the start; from there columns and rows in
    turn go to the community that gains most (BRIM), which never lowers the modularity [1]_. This
    finds a local maximum.

    References
    ----------
    .. [1] M. J. Barber, Modularity and community detection in bipartite networks, Physical
       Review E 76 (2007), 066102.

    """
    refuse_empty(incidence.ties, "two modes")
    ties = incidence.ties.astype(np.float64)
    total = ties.sum()
    surplus = (ties - np.outer(ties.sum(axis=1), ties.sum(axis=0)) / total) / total
    shared = ties @ ties.T
    np.fill_diagonal(shared, 0.0)
    start = _best(shared, "leiden", seed, TRIES)[0] if shared.any() else np.arange(len(ties))
    rows, columns = _settled(surplus, _indicator(start))
    modularity = float(np.sum(surplus * (rows @ columns.T)))
    groups = np.concatenate((rows.argmax(axis=1), columns.argmax(axis=1)))
    return Communities(_numbered(incidence.rows + incidence.columns, groups), modularity)


def _settled(surplus: Values, rows: Values) -> tuple[Values, Values]:
    """Move columns and rows in turn until nothing is gained."""
    best = -np.inf
    columns = rows
    for _ in range(MOST_ROUNDS):
        columns = _indicator((surplus.T @ rows).argmax(axis=1), rows.shape[1])
        rows = _indicator((surplus @ columns).argmax(axis=1), rows.shape[1])
        gained = float(np.sum(surplus * (rows @ columns.T)))
        if gained <= best + np.finfo(float).eps:
            break
        best = gained
    return rows, columns


def _indicator(groups: Groups, number: int | None = None) -> Values:
    return np.eye(number or int(groups.max()) + 1)[groups]


def _best(weights: Values, method: str, seed: int, tries: int) -> tuple[Groups, float]:
    import igraph

    rows, columns = np.nonzero(np.triu(weights, 1))
    graph = igraph.Graph(n=len(weights), edges=np.column_stack((rows, columns)))
    tied = weights[rows, columns].tolist()
    with _DRAWING:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - no secret
        found = [_run(graph, method, tied) for _ in range(tries)]
    return max(found, key=lambda partition: partition[1])


def _run(graph: igraph.Graph, method: str, weights: list[float]) -> tuple[Groups, float]:
    if method == "leiden":
        found = cast("Any", graph.community_leiden("modularity", weights=weights, n_iterations=-1))
    else:
        found = cast("Any", graph.community_multilevel(weights=weights))
    return np.array(found.membership, dtype=np.int64), float(found.modularity)


def _numbered(labels: Sequence[str], groups: Groups) -> Mapping[str, int]:
    members: dict[int, list[str]] = {}
    for label, group in zip(labels, groups.tolist(), strict=True):
        members.setdefault(group, []).append(label)
    ordered = sorted(members.values(), key=lambda found: (-len(found), min(found)))
    return {
        label: number
        for number, found in enumerate(ordered, start=1)
        for label in sorted(found)
    }  # fmt: skip
