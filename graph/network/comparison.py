"""How much two partitions of the same members tell of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph.network.projection import log_factorials

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph.network.relation import Values

    Groups = NDArray[np.int64]

FORMULA = "(MI - E[MI]) / (mean of both entropies - E[MI]) (Vinh, Epps and Bailey 2010)"


def adjusted_mutual_information(one: Groups, other: Groups) -> float:
    """Answer how much two partitions of the same members tell of each other, beyond chance.

    Parameters
    ----------
    one, other : array of int
        The group of each member.

    Returns
    -------
    float
        1 for the same partition, about 0 for unrelated ones; it can be slightly negative. Two
        partitions that are both all-in-one or both all-alone count as the same.

    Notes
    -----
    With the arithmetic mean of both entropies, and the expectation over all partitions with the
    same sizes of groups [1]_.

    References
    ----------
    .. [1] N. X. Vinh, J. Epps and J. Bailey, Information theoretic measures for clusterings
       comparison, Journal of Machine Learning Research 11 (2010), 2837-2854.

    Examples
    --------
    >>> adjusted_mutual_information(np.array([1, 1, 2, 2]), np.array([2, 2, 1, 1]))
    1.0

    """
    table = _crossed(one, other)
    if len(table) == table.shape[1] and len(table) in {1, len(one)}:
        return 1.0
    sizes, others = table.sum(axis=1), table.sum(axis=0)
    expected = _expected_information(sizes, others)
    mean = (_entropy(sizes) + _entropy(others)) / 2
    if abs(mean - expected) < np.finfo(float).eps:
        return 0.0
    return float((_information(table) - expected) / (mean - expected))


def _crossed(one: Groups, other: Groups) -> Values:
    rows = np.unique(one, return_inverse=True)[1]
    columns = np.unique(other, return_inverse=True)[1]
    table = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(table, (rows, columns), 1)
    return table


def _entropy(sizes: Values) -> float:
    share = sizes / sizes.sum()
    return float(-np.sum(share * np.log(share)))


def _information(table: Values) -> float:
    total = table.sum()
    chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    met = table > 0
    return float(np.sum(table[met] / total * np.log(table[met] / chance[met])))


def _expected_information(sizes: Values, others: Values) -> float:
    """Answer what two partitions with groups of these sizes tell of each other by chance.

    Groups of equal size contribute alike, so each pair of sizes is looked at once.
    """
    total = int(sizes.sum())
    logs = log_factorials(total)
    found = 0.0
    for a, some in _counted(sizes):
        for b, more in _counted(others):
            n = np.arange(max(1, a + b - total), min(a, b) + 1)
            chance = np.exp(
                logs[a] + logs[b] + logs[total - a] + logs[total - b]
                - logs[total] - logs[n] - logs[a - n] - logs[b - n] - logs[total - a - b + n]
            )  # fmt: skip
            met = float(np.sum(n / total * np.log(total * n / (a * b)) * chance))
            found += some * more * met
    return found


def _counted(sizes: Values) -> list[tuple[int, int]]:
    different, times = np.unique(sizes.astype(np.int64), return_counts=True)
    return list(zip(different.tolist(), times.tolist(), strict=True))
