"""How often states vote alike, raw and beside what chance would give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph.errors import NotComputable, UnknownName
from graph.network.relation import Relation
from graph.network.roll_calls import ABSTAIN, NO, YES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from graph.network.relation import Values
    from graph.network.roll_calls import RollCalls

    Singles = NDArray[np.float32]

FORMULAS = {
    "share": "equal votes / roll calls in which both voted",
    "lijphart": "(equal votes + half of those in which one abstained and the other did not) / "
    "roll calls in which both voted (Lijphart 1963)",
    "kappa": "(share - chance) / (1 - chance), chance from the votes of each of both (Cohen 1960)",
    "pi": "1 - sum (x - y)^2 / (sum (x - m)^2 + sum (y - m)^2), m the mean of both, "
    "yes 1, abstain 2, no 3 (Scott 1955, Häge 2011)",
}
ALMOST_NOTHING = 1e-12


def agreement(calls: RollCalls, measure: str = "share", least: int = 1) -> Relation:
    """Answer how much each two states agree in the roll calls in which both voted.

    Parameters
    ----------
    calls : RollCalls
        The votes. Absence is no vote, and neither is not being a member.
    measure : {"share", "lijphart", "kappa", "pi"}
        See Notes.
    least : int
        The least number of common roll calls; with fewer the agreement is unknown.

    Returns
    -------
    Relation
        Symmetric; NaN where a pair has too few common roll calls, and for kappa and pi where
        chance alone makes agreement complete (both always cast one and the same vote).

    Raises
    ------
    UnknownName
        If there is no such measure.
    NotComputable
        If there are no votes.

    Notes
    -----
    `share` and `lijphart` lie in [0, 1]; `kappa` and `pi` in [-1, 1], with 0 for what chance
    gives. Kappa takes the three votes as categories and chance from each state's own habits; pi
    takes them as steps of one scale, with squared distances, and chance from the habits of both
    pooled. Where nearly all votes are yes, raw agreement is high whoever is compared; the
    chance-corrected ones tell such pairs apart.

    References
    ----------
    .. [1] A. Lijphart, The analysis of bloc voting in the General Assembly, American Political
       Science Review 57 (1963), 902-917.
    .. [2] J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
       Measurement 20 (1960), 37-46.
    .. [3] W. A. Scott, Reliability of content analysis, Public Opinion Quarterly 19 (1955),
       321-325.
    .. [4] F. M. Häge, Choice or circumstance? Adjusting measures of foreign policy similarity for
       chance agreement, Political Analysis 19 (2011), 287-305.

    Examples
    --------
    >>> from graph.network.roll_calls import RollCalls
    >>> rows = [
    ...     ("r1", "2000-01-01", "A", "yes"),
    ...     ("r1", "2000-01-01", "B", "yes"),
    ...     ("r2", "2000-01-02", "A", "yes"),
    ...     ("r2", "2000-01-02", "B", "abstain"),
    ... ]
    >>> agreement(RollCalls.of_rows(rows), "lijphart").between("A", "B")
    0.75

    """
    if measure not in MEASURES:
        kind = "measure of agreement"
        raise UnknownName(kind, measure, MEASURES)
    if not calls.votes.any():
        message = "There are no votes to compare. Choose other days or another topic."
        raise NotComputable(message)
    common = common_calls(calls)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = MEASURES[measure](calls, common)
    return Relation(calls.states, np.where(common >= max(least, 1), values, np.nan))


def common_calls(calls: RollCalls) -> Values:
    """Answer for each two states in how many roll calls both voted yes, no or abstain."""
    voted = _voted(calls)
    return np.asarray(voted @ voted.T, dtype=np.float64)


def _voted(calls: RollCalls) -> Singles:
    """Answer a matrix of 1 where a state voted yes, no or abstain."""
    return np.asarray((calls.votes != 0) & (calls.votes <= NO), dtype=np.float32)


def _equal(calls: RollCalls) -> Values:
    found = sum(cast @ cast.T for cast in (calls.cast(v) for v in (YES, ABSTAIN, NO)))
    return np.asarray(found, dtype=np.float64)


def _share(calls: RollCalls, common: Values) -> Values:
    return _equal(calls) / common


def _lijphart(calls: RollCalls, common: Values) -> Values:
    decided, abstained = calls.cast(YES) + calls.cast(NO), calls.cast(ABSTAIN)
    half = np.asarray(decided @ abstained.T, dtype=np.float64)
    return (_equal(calls) + (half + half.T) / 2) / common


def _kappa(calls: RollCalls, common: Values) -> Values:
    casts = [calls.cast(vote) for vote in (YES, ABSTAIN, NO)]
    voted = _voted(calls)
    # How often one state voted so in the roll calls in which the other voted too.
    habits = [np.asarray(cast @ voted.T, dtype=np.float64) / common for cast in casts]
    chance = sum(habit * habit.T for habit in habits)
    return _beyond(_equal(calls) / common, np.asarray(chance))


def _beyond(share: Values, chance: Values) -> Values:
    return np.where(1 - chance > ALMOST_NOTHING, (share - chance) / (1 - chance), np.nan)


def _pi(calls: RollCalls, common: Values) -> Values:
    scale = np.where(calls.votes <= NO, calls.votes, 0).astype(np.float32)
    voted = _voted(calls)
    sums = np.asarray(scale @ voted.T, dtype=np.float64)
    squares = np.asarray(scale**2 @ voted.T, dtype=np.float64)
    apart = squares + squares.T - 2 * np.asarray(scale @ scale.T, dtype=np.float64)
    mean = (sums + sums.T) / (2 * common)
    spread = squares + squares.T - 2 * mean * (sums + sums.T) + 2 * common * mean**2
    return np.where(spread > ALMOST_NOTHING, 1 - apart / spread, np.nan)


MEASURES: dict[str, Callable[[RollCalls, Values], Values]] = {
    "share": _share,
    "lijphart": _lijphart,
    "kappa": _kappa,
    "pi": _pi,
}
