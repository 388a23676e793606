"""From who is party to what, to which states are alike: projections of a two-mode network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph.errors import UnknownName
from graph.network.relation import Incidence, Relation, refuse_empty

if TYPE_CHECKING:
    from graph.network.relation import Values, Whole

FORMULAS = {
    "count": "|A and B|: things that both have a tie to",
    "jaccard": "|A and B| / |A or B| (Jaccard 1901)",
    "cosine": "|A and B| / sqrt(|A| |B|) (Salton's cosine)",
    "backbone": "1 where P(X >= |A and B|) < level / number of pairs, X hypergeometric "
    "(Tumminello et al. 2011)",
}
LEVEL = 0.05


def projection(incidence: Incidence, weight: str = "jaccard", level: float = LEVEL) -> Relation:
    """Answer how alike the rows of a two-mode network are by the things they share.

    Parameters
    ----------
    incidence : Incidence
        Rows (states, say) and the columns (treaties, say) to which they have a tie.
    weight : {"count", "jaccard", "cosine", "backbone"}
        How shared things are weighed; see Notes.
    level : float
        Only for the backbone: the error level before Bonferroni's correction.

    Returns
    -------
    Relation
        A symmetric matrix over the rows. The diagonal is a row's likeness to itself. A pair of
        which neither has any tie has the value 0.

    Raises
    ------
    UnknownName
        If there is no such weight.
    NotComputable
        If there are no ties at all.

    Notes
    -----
    With A and B the sets of things to which two rows are tied, count is the size of what they
    share; Jaccard's index divides it by the size of what either has; Salton's cosine by the
    geometric mean of both sizes. The backbone keeps a pair whose shared number is so high that,
    with both sizes fixed and things drawn at random, it or a higher one had a chance below the
    level divided by the number of pairs. With few columns hardly any pair can reach it, which is
    an answer, not a fault.

    References
    ----------
    .. [1] P. Jaccard, Bull. Soc. Vaud. Sci. Nat. 37 (1901), 547-579.
    .. [2] G. Salton and M. McGill, Introduction to Modern Information Retrieval (1983).
    .. [3] M. Tumminello et al., Statistically validated networks in bipartite complex systems,
       PLoS ONE 6(3) (2011), e17994.

    Examples
    --------
    >>> ties = Incidence.of_pairs([("A", "x"), ("A", "y"), ("B", "y"), ("B", "z")])
    >>> round(projection(ties, "jaccard").between("A", "B"), 3)
    0.333

    """
    if weight not in FORMULAS:
        kind = "weight"
        raise UnknownName(kind, weight, FORMULAS)
    refuse_empty(incidence.ties, "shared ties")
    if weight == "backbone":
        return backbone(incidence, level)
    shared, sizes = _shared(incidence)
    if weight == "count":
        return Relation(incidence.rows, shared)
    if weight == "jaccard":
        return Relation(incidence.rows, _share(shared, sizes[:, None] + sizes - shared))
    return Relation(incidence.rows, _share(shared, np.sqrt(np.outer(sizes, sizes))))


def backbone(incidence: Incidence, level: float = LEVEL) -> Relation:
    """Answer which pairs of rows share more than chance allows: 1 or 0; see `projection`."""
    shared, sizes = _shared(incidence)
    tail = chance_of_sharing(shared, sizes, len(incidence.columns))
    pairs = max(len(sizes) * (len(sizes) - 1) // 2, 1)
    kept = (tail < level / pairs).astype(np.float64)
    np.fill_diagonal(kept, 1.0)
    return Relation(incidence.rows, kept)


def chance_of_sharing(shared: Values, sizes: Values, total: int) -> Values:
    """Answer for each pair the hypergeometric chance to share as much as it does, or more."""
    logs = log_factorials(total)
    one, other = np.broadcast_arrays(sizes[:, None], sizes[None, :])
    one, other = one.astype(np.int64), other.astype(np.int64)
    tail = np.zeros(shared.shape)
    for number in range(total + 1):
        possible = (number <= np.minimum(one, other)) & (one + other - number <= total)
        chance = np.zeros(shared.shape)
        a, b = one[possible], other[possible]
        chance[possible] = np.exp(
            _log_choose(logs, a, number)
            + _log_choose(logs, total - a, b - number)
            - _log_choose(logs, np.full_like(b, total), b)
        )
        tail += np.where(number >= shared, chance, 0.0)
    return np.minimum(tail, 1.0)


def log_factorials(highest: int) -> Values:
    """Answer ln 0!, ln 1!, … up to the highest."""
    return np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, highest + 1)))))


def _log_choose(logs: Values, whole: Whole, part: Whole | int) -> Values:
    return np.asarray(logs[whole] - logs[part] - logs[whole - part])


def _shared(incidence: Incidence) -> tuple[Values, Values]:
    ties = incidence.ties.astype(np.float64)
    return ties @ ties.T, ties.sum(axis=1)


def _share(part: Values, whole: Values) -> Values:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
