"""Who is in the middle: degree, strength, betweenness and eigenvector centrality."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph.network.relation import Incidence, Relation, by_label, refuse_empty

if TYPE_CHECKING:
    from collections.abc import Mapping

    import igraph

    from graph.network.relation import Truth, Values

FORMULAS = {
    "degree": "number of others it is tied to / (n - 1)",
    "strength": "sum of the weights of its ties",
    "betweenness": "share of shortest paths between others that pass through it, weights left "
    "aside / ((n - 1)(n - 2) / 2) (Freeman 1977)",
    "eigenvector": "x = A x / lambda, of length 1 (Bonacich 1972)",
}
SAME_EIGENVALUE = 1e-9
Centralities = dict[str, "Mapping[str, float]"]


def centrality(relation: Relation, above: float = 0.0) -> Centralities:
    """Answer four centralities of every member of a one-mode network.

    Parameters
    ----------
    relation : Relation
        The weights of the ties; `Relation.of_graph` reads an undirected NetworkX graph.
    above : float
        Pairs are tied where their value is known and greater than this.

    Returns
    -------
    dict of str to dict
        For degree, strength, betweenness and eigenvector, a number for each member.

    Raises
    ------
    NotComputable
        If nothing is tied to anything.

    Notes
    -----
    Degree and betweenness are normalised as NetworkX does. The eigenvector belongs to the greatest
    eigenvalue and has length 1; it is the projection of equal weights on the space of that
    eigenvalue, so it is the same whatever the order of the members. In a disconnected network it
    is 0 outside the components with that eigenvalue: their members alone are counted central.

    References
    ----------
    .. [1] L. C. Freeman, A set of measures of centrality based on betweenness, Sociometry 40
       (1977), 35-41.
    .. [2] P. Bonacich, Factoring and weighting approaches to status scores, Journal of
       Mathematical Sociology 2 (1972), 113-120.

    Examples
    --------
    >>> import networkx as nx
    >>> star = Relation.of_graph(nx.Graph([("hub", "a"), ("hub", "b"), ("hub", "c")]))
    >>> centrality(star)["betweenness"]["hub"]
    1.0

    """
    weights = relation.weights(above)
    refuse_empty(weights, "ties above the threshold")
    tied = weights > 0
    others = max(len(relation.labels) - 1, 1)
    pairs = max((others * (others - 1)) / 2, 1)
    found = {
        "degree": tied.sum(axis=1) / others,
        "strength": weights.sum(axis=1),
        "betweenness": _paths_through(_graph(tied)) / pairs,
        "eigenvector": leading(weights),
    }
    return {name: by_label(relation.labels, values) for name, values in found.items()}


def two_mode_centrality(incidence: Incidence) -> tuple[Centralities, Centralities]:
    """Answer centralities of the rows and of the columns of a two-mode network.

    Parameters
    ----------
    incidence : Incidence
        Rows (states) and the columns (treaties) to which they are tied.

    Returns
    -------
    pair of dict
        For rows and for columns: degree, betweenness and eigenvector of each member.

    Raises
    ------
    NotComputable
        If nothing is tied to anything.

    Notes
    -----
    A member can be tied to the other set only, so degree is divided by the size of the other set
    and betweenness by the highest value that a network of two sets of these sizes allows [1]_ [2]_.
    The eigenvector of the whole bipartite network is given for each set apart, each of length 1:
    the left and right singular vectors of the incidence.

    References
    ----------
    .. [1] S. P. Borgatti and M. G. Everett, Network analysis of 2-mode data, Social Networks 19
       (1997), 243-269.
    .. [2] S. P. Borgatti and D. S. Halgin, Analyzing affiliation networks, in The SAGE Handbook
       of Social Network Analysis (2011), 417-433.

    Examples
    --------
    >>> states, treaties = two_mode_centrality(Incidence.of_pairs([("A", "x"), ("B", "x")]))
    >>> treaties["degree"]["x"], states["degree"]["A"]
    (1.0, 1.0)

    """
    refuse_empty(incidence.ties, "two modes")
    ties = incidence.ties.astype(np.float64)
    split, size = len(incidence.rows), sum(ties.shape)
    whole = np.zeros((size, size))
    whole[:split, split:] = ties
    through = _paths_through(_graph((whole + whole.T) > 0))
    return (
        _of_one_mode(incidence.rows, ties, through[:split]),
        _of_one_mode(incidence.columns, ties.T, through[split:]),
    )


def _of_one_mode(labels: tuple[str, ...], ties: Values, through: Values) -> Centralities:
    found = {
        "degree": ties.mean(axis=1),
        "betweenness": through / max(_most_paths(*ties.shape), 1.0),
        "eigenvector": leading(ties @ ties.T),
    }
    return {name: by_label(labels, values) for name, values in found.items()}


def _most_paths(own: int, other: int) -> float:
    """Answer the highest betweenness of a member of a mode of `own` beside one of `other`."""
    whole, rest = divmod(own - 1, other)
    return (
        other**2 * (whole + 1) ** 2
        + other * (whole + 1) * (2 * rest - whole - 1)
        - rest * (2 * whole - rest + 3)
    ) / 2


def leading(weights: Values) -> Values:
    """Answer the vector of the greatest eigenvalue of a symmetric matrix without negatives."""
    values, vectors = np.linalg.eigh(weights)
    top = vectors[:, values >= values[-1] * (1 - SAME_EIGENVALUE)]
    found = np.abs(top @ top.sum(axis=0))
    found[found < SAME_EIGENVALUE] = 0.0
    return np.asarray(found / np.linalg.norm(found), dtype=np.float64)


def _paths_through(graph: igraph.Graph) -> Values:
    return np.array(graph.betweenness(directed=False), dtype=np.float64)


def _graph(tied: Truth) -> igraph.Graph:
    import igraph

    edges = np.argwhere(np.triu(tied, 1))
    return igraph.Graph(n=len(tied), edges=edges.tolist())
