"""Where states stand on the one line that explains their votes best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

from graph.errors import NotComputable, UnknownName
from graph.network.relation import by_label
from graph.network.roll_calls import ABSTAIN, NO, YES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from graph.network.relation import Truth, Values
    from graph.network.roll_calls import RollCalls

    Singles = NDArray[np.float32]
    Signs = NDArray[np.int8]

FORMULA = (
    "P(yes) = 1 / (1 + exp(-(a_j + b_j x_i))), x_i and b_j standard normal, a_j normal with "
    "variance 25 (two-parameter logistic model); most probable values by EM (Polson et al. 2013)"
)
# A minority below 2.5% is the usual bound of roll-call analysis.
LEAST_MINORITY = 0.025
LEAST_VOTES = 10
INTERCEPT_PRECISION = 1 / 25
TOLERANCE = 5e-4
MOST_STEPS = 1500
STEPS_EACH = 3
SMALL = 1e-6


@dataclass(frozen=True)
class IdealPoints:
    """The position of each state (mean 0, variance 1), and how the model fits the votes.

    `error` is the spread of a position given the roll calls' parameters, so it is too small.
    `correct` is the share of votes that the model predicts, `majority` that of always predicting
    the more frequent vote of the roll call.
    """

    positions: Mapping[str, float]
    errors: Mapping[str, float]
    calls: int
    votes: int
    steps: int
    correct: float
    majority: float


def ideal_points(calls: RollCalls, right: str | None = None) -> IdealPoints:
    """Answer a position of each state on one dimension, from its votes.

    Parameters
    ----------
    calls : RollCalls
        The votes: yes against no or abstention. Absence is left out. Roll calls with a minority
        below 2.5% tell nothing of positions and are left out, as are states with fewer than ten
        votes in the others.
    right : str, optional
        The state whose position is positive. Without it the side with fewer states is.

    Returns
    -------
    IdealPoints
        Positions with mean 0 and variance 1 over states.

    Raises
    ------
    NotComputable
        If no roll call divides the states, or the estimation does not converge.
    UnknownName
        If `right` has no position.

    Notes
    -----
    The model is the item-response model of roll-call analysis [1]_ in its logistic form; the EM
    steps use the Pólya-Gamma weights tanh(t/2)/(2t), under which each step is a weighted
    regression [2]_. Taking abstention with no as "not yes" is usual for the General Assembly
    [3]_. A position says whom a state votes with, not what it thinks, and it is relative to the
    roll calls: positions from different sets of them are not on one scale. Where yes is nearly
    unanimous the line rests on few votes.

    References
    ----------
    .. [1] J. Clinton, S. Jackman and D. Rivers, The statistical analysis of roll call data,
       American Political Science Review 98 (2004), 355-370.
    .. [2] N. G. Polson, J. G. Scott and J. Windle, Bayesian inference for logistic models using
       Pólya-Gamma latent variables, JASA 108 (2013), 1339-1349.
    .. [3] E. Voeten, Clashes in the Assembly, International Organization 54 (2000), 185-215.

    """
    kept, votes = _telling(calls)
    states = np.array(calls.states)[kept].tolist()
    if right is not None and right not in states:
        kind = "state with enough votes in divided roll calls"
        raise UnknownName(kind, right, states)
    seen = np.asarray(votes >= 0, dtype=np.float64)
    side = np.asarray((votes - 0.5) * seen, dtype=np.float64)
    with threadpool_limits(1, "blas"):
        positions, items, steps = _estimated(side, seen)
    positions, items = _oriented(positions, items, states, right)
    spread = _spread(positions, items, seen)
    predicted = items[:, 0] + np.outer(positions, items[:, 1]) > 0
    yes = (votes == 1).sum(axis=0)
    return IdealPoints(
        by_label(states, positions),
        by_label(states, spread),
        votes.shape[1],
        int(seen.sum()),
        steps,
        float((predicted == (votes == 1))[votes >= 0].mean()),
        float(np.maximum(yes, seen.sum(axis=0) - yes).sum() / seen.sum()),
    )


def _telling(calls: RollCalls) -> tuple[Truth, Signs]:
    """Answer which states are kept and their votes: 1 yes, 0 not yes, -1 none."""
    votes = np.full(calls.votes.shape, -1, dtype=np.int8)
    votes[calls.votes == YES] = 1
    votes[(calls.votes == NO) | (calls.votes == ABSTAIN)] = 0
    yes, cast = (votes == 1).sum(axis=0), (votes >= 0).sum(axis=0)
    minority = np.minimum(yes, cast - yes) / np.maximum(cast, 1)
    votes = votes[:, (minority >= LEAST_MINORITY) & (minority > 0)]
    kept = (votes >= 0).sum(axis=1) >= min(LEAST_VOTES, max(votes.shape[1], 1))
    if not votes.shape[1] or kept.sum() < 2:  # noqa: PLR2004 - a line needs two points
        message = "No roll call divides the states enough to place them on a line. "
        message += "Choose more roll calls."
        raise NotComputable(message)
    return kept, votes[kept]


def _estimated(side: Values, seen: Values) -> tuple[Values, Values, int]:
    """Answer positions, and intercept and slope of each roll call, by EM; and the steps taken.

    The steps are drawn out by SQUAREM (Varadhan and Roland 2008): from two EM steps it guesses
    where they lead, and a third step from there makes good what the guess has missed. Single
    precision halves the time and is far finer than the tolerance.
    """
    step = _Step(side.astype(np.float32), seen.astype(np.float32))
    at = step(np.concatenate((_start(side, seen), np.zeros(2 * side.shape[1]))))
    for number in range(1, MOST_STEPS, STEPS_EACH):
        one = step(at)
        two = step(one)
        first, second = one - at, two - 2 * one + at
        length = max(1.0, _norm(first) / max(_norm(second), SMALL))
        then = step(at + 2 * length * first + length**2 * second)
        moved = np.abs(step.positions(then) - step.positions(at)).max()
        at = then
        if moved < TOLERANCE:
            items = at[len(side) :].reshape(-1, 2)
            return (*_standardised(at[: len(side)], items), number + STEPS_EACH)
    message = f"The ideal points did not converge in {MOST_STEPS} steps. Choose other roll calls."
    raise NotComputable(message)


@dataclass(frozen=True, eq=False)
class _Step:
    """One EM step, from positions and items in one vector to the next such vector.

    Items move, then positions, under the same weights: neither can lower the bound of the
    likelihood that the weights give.
    """

    side: Singles
    voted: Singles

    def __call__(self, at: Values) -> Values:
        states = len(self.side)
        positions, items = at[:states], at[states:].reshape(-1, 2)
        weights = _weights(positions, items, self.voted)
        items = _items(positions, self.side, weights)
        return np.concatenate((_positions(items, self.side, weights), items.ravel()))

    def positions(self, at: Values) -> Values:
        """Answer the positions of a vector with mean 0 and variance 1."""
        found = at[: len(self.side)]
        return np.asarray((found - found.mean()) / max(found.std(), SMALL))


def _norm(vector: Values) -> float:
    return float(np.linalg.norm(vector))


def _start(side: Values, seen: Values) -> Values:
    """Begin with the first principal axis of the votes, each beside the mean of its roll call."""
    mean = side.sum(axis=0) / seen.sum(axis=0)
    apart = (side - mean) * seen
    first = np.linalg.eigh(apart @ apart.T)[1][:, -1]
    return np.asarray((first - first.mean()) / max(first.std(), SMALL))


def _weights(positions: Values, items: Values, voted: Singles) -> Singles:
    """Answer the expected Pólya-Gamma weights of all votes."""
    terms = np.stack((np.ones_like(positions), positions), axis=1).astype(np.float32)
    line = np.abs(terms @ items.T.astype(np.float32))
    np.maximum(line, np.float32(SMALL), out=line)
    found = np.tanh(line / 2)
    found /= 2 * line
    found *= voted
    return np.asarray(found)


def _items(positions: Values, side: Singles, weights: Singles) -> Values:
    """Answer intercept and slope of each roll call: a two by two system for each."""
    terms = np.stack((np.ones_like(positions), positions, positions**2)).astype(np.float32)
    a, b, c = (terms @ weights).astype(np.float64)
    y, xy = (terms[:2] @ side).astype(np.float64)
    a, c = a + INTERCEPT_PRECISION, c + 1
    gap = a * c - b**2
    return np.column_stack(((c * y - b * xy) / gap, (a * xy - b * y) / gap))


def _positions(items: Values, side: Singles, weights: Singles) -> Values:
    slope = items[:, 1]
    terms = np.stack((items[:, 0] * slope, slope**2), axis=1).astype(np.float32)
    pull = (side @ slope.astype(np.float32)).astype(np.float64)
    drag, weight = (weights @ terms).astype(np.float64).T
    return np.asarray((pull - drag) / (weight + 1))


def _standardised(positions: Values, items: Values) -> tuple[Values, Values]:
    """Fix the scale: mean 0 and variance 1; the items move so that the model stays the same."""
    mean, scale = positions.mean(), max(positions.std(), SMALL)
    moved = np.column_stack((items[:, 0] + items[:, 1] * mean, items[:, 1] * scale))
    return (positions - mean) / scale, moved


def _oriented(
    positions: Values, items: Values, states: list[str], right: str | None
) -> tuple[Values, Values]:
    if right is not None:
        turned = positions[states.index(right)] < 0
    else:
        turned = (positions > 0).sum() > (positions < 0).sum()
    sign = -1.0 if turned else 1.0
    return positions * sign, items * np.array([1.0, sign])


def _spread(positions: Values, items: Values, seen: Values) -> Values:
    chances = 1 / (1 + np.exp(-(items[:, 0] + np.outer(positions, items[:, 1]))))
    information = (chances * (1 - chances) * seen) @ items[:, 1] ** 2
    return np.asarray(1 / np.sqrt(information + 1))
