"""Logistic regression with Firth's penalty, and standard errors clustered by state."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from graph.errors import NotComputable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph.network.relation import Truth, Values

    Places = NDArray[np.int64]

TOLERANCE = 1e-6
MOST_STEPS = 100


def firth(rows: Values, happened: Truth, states: Places) -> tuple[Values, Values]:
    """Estimate with Firth's penalty: refit with weights 1 + h and responses (y + h/2) / (1 + h).

    h are the leverages; at the fixed point the score of the refit is Firth's modified score. Rows
    with the same covariates are fitted as one with their number.
    """
    patterns, which, counts = _patterns(rows)
    events = np.bincount(which, weights=happened, minlength=len(counts))
    leverages = np.full(len(patterns), rows.shape[1] / len(rows))
    estimates = np.zeros(rows.shape[1])
    for _ in range(MOST_STEPS):
        before = estimates
        responses = (events / counts + leverages / 2) / (1 + leverages)
        estimates = _refitted(
            patterns, responses, np.asarray(counts * (1 + leverages), dtype=np.float64)
        )
        chances = 1 / (1 + np.exp(-(patterns @ estimates)))
        weights = chances * (1 - chances)
        inverse = np.asarray(
            np.linalg.pinv(patterns.T @ (patterns * (counts * weights)[:, None])), dtype=np.float64
        )
        leverages = weights * np.einsum("ij,jk,ik->i", patterns, inverse, patterns)
        if np.abs(estimates - before).max() < TOLERANCE:
            return estimates, _clustered(rows, happened - chances[which], inverse, states)
    message = f"The hazard model did not converge in {MOST_STEPS} steps. "
    message += "Choose another exposure or a later day."
    raise NotComputable(message)


def _patterns(rows: Values) -> tuple[Values, Places, Places]:
    """Answer the different rows, which of them each row is, and how often each occurs.

    Columns are numbered one by one, which is many times as fast as to sort whole rows.
    """
    which: Places = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        values, places = np.unique(column, return_inverse=True)
        which = np.unique(which * len(values) + places, return_inverse=True)[1]
    _, first, counts = np.unique(which, return_index=True, return_counts=True)
    return rows[first], which, counts


def _refitted(rows: Values, responses: Values, weights: Values) -> Values:
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    with warnings.catch_warnings():
        # It warns of separation, which is what the penalty is for.
        warnings.simplefilter("ignore")
        model = GLM(responses, rows, family=Binomial(), freq_weights=weights)
        return np.asarray(model.fit().params, dtype=np.float64)


def _clustered(rows: Values, residuals: Values, inverse: Values, states: Places) -> Values:
    """Answer standard errors that allow for the years of one state to go together (sandwich)."""
    groups = np.unique(states, return_inverse=True)[1]
    scores = np.zeros((groups.max() + 1, rows.shape[1]))
    np.add.at(scores, groups, rows * residuals[:, None])
    return np.asarray(np.sqrt(np.diag(inverse @ scores.T @ scores @ inverse)), dtype=np.float64)
