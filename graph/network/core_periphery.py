"""Core and periphery: a dense middle, and those that are tied to it and not to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.network.relation import refuse_empty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.network.relation import Relation, Truth, Values, Whole

FORMULA = (
    "core = the states of highest degree that minimise "
    "(pairs untied in the core) + (pairs tied in the periphery) (Lip 2011); "
    "fit = correlation with the ideal pattern (Borgatti and Everett 2000)"
)


@dataclass(frozen=True)
class CorePeriphery:
    """Who is in the core, how well the pattern fits, and how each member stands in it."""

    core: frozenset[str]
    fit: float | None
    degree: Mapping[str, int]


def core_periphery(relation: Relation, above: float = 0.0) -> CorePeriphery:
    """Answer the split of a network into a core and a periphery that fits best.

    Parameters
    ----------
    relation : Relation
        The ties; `Relation.of_graph` reads an undirected NetworkX graph.
    above : float
        Pairs are tied where their value is known and greater than this.

    Returns
    -------
    CorePeriphery
        The core, the correlation of the network with the ideal pattern, and the degrees.

    Raises
    ------
    NotComputable
        If nothing is tied to anything.

    Notes
    -----
    In the ideal pattern all of the core are tied to each other and none of the periphery are;
    what lies between is left free. The number of pairs that do not fit is least for a core made of
    the members of highest degree [1]_, so all sizes of it are tried and the answer is exact. Among
    equals the smallest core is taken, and members of equal degree at its edge by their name, so
    that the answer is one. `fit` is the correlation over the pairs within the core and within the
    periphery [2]_; it is None where all of these pairs are alike, as in a complete graph.

    References
    ----------
    .. [1] S. Z. W. Lip, A fast algorithm for the discrete core/periphery bipartitioning problem,
       arXiv:1102.5511 (2011).
    .. [2] S. P. Borgatti and M. G. Everett, Models of core/periphery structures, Social Networks
       21 (2000), 375-395.

    Examples
    --------
    >>> import networkx as nx
    >>> from graph.network.relation import Relation
    >>> star = Relation.of_graph(nx.Graph([("hub", "a"), ("hub", "b"), ("hub", "c")]))
    >>> sorted(core_periphery(star).core)
    ['hub']

    """
    tied = (relation.weights(above) > 0).astype(np.float64)
    refuse_empty(tied, "ties above the threshold")
    degree = tied.sum(axis=1).astype(np.int64)
    order = sorted(range(len(degree)), key=lambda place: (-degree[place], relation.labels[place]))
    size = _best_size(degree[order])
    members = np.zeros(len(degree), dtype=np.bool_)
    members[order[:size]] = True
    return CorePeriphery(
        frozenset(relation.labels[place] for place in order[:size]),
        _fit(tied, members),
        dict(zip(relation.labels, degree.tolist(), strict=True)),
    )


def _best_size(degree: Whole) -> int:
    """Answer the size of the core with the fewest pairs that do not fit.

    With k members, ties in the periphery plus gaps in the core are a constant plus
    k (k - 1) / 2 minus the sum of the k highest degrees.
    """
    sizes = np.arange(1, len(degree) + 1)
    return int(sizes[np.argmin(sizes * (sizes - 1) / 2 - np.cumsum(degree))])


def _fit(tied: Values, members: Truth) -> float | None:
    within = np.triu(members[:, None] == members[None, :], 1)
    ideal = np.broadcast_to(members[:, None], tied.shape)[within].astype(np.float64)
    found = tied[within]
    if not found.size or ideal.std() == 0 or found.std() == 0:
        return None
    return float(np.corrcoef(ideal, found)[0, 1])
