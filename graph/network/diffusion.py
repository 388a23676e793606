"""Does leaving spread? The hazard of joining and of leaving, given what one's circle does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.errors import NotComputable, UnknownName
from graph.network.exposure import CIRCLES
from graph.network.firth import firth
from graph.network.history import SIGNED_OR_NOT
from graph.network.snapshot import PARTY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from graph.network.history import History
    from graph.network.relation import Truth, Values

    Places = NDArray[np.int64]

LEAVE, JOIN = "leave", "join"
# What of a circle may matter: for each event the names of the exposures that can be asked for.
EXPOSURES: Mapping[str, tuple[str, ...]] = {
    LEAVE: ("left", "leftAny", "outside"),
    JOIN: ("joined",),
}
FORMULA = (
    "logit P(event in the year) = b0 + b1 (neighbours) + b2 (allies) + b3 (fellow members) "
    "[+ b4 ln(1 + years since the treaty opened), for joining], shares at the beginning of the "
    "year; estimated with Firth's penalty, standard errors clustered by state"
)
CONSTANT, YEARS = "constant", "ln(1 + years open)"
YEARS_BACK = 60
DAYS_IN_YEAR = 365.25
SHARE_STEP = 0.1
Z95 = 1.959963984540054


@dataclass(frozen=True, eq=False)
class Panel:
    """One row for each state, treaty and year at risk: covariates, and whether it happened.

    `states` is the place of the row's state in the history.
    """

    names: tuple[str, ...]
    covariates: Values
    happened: Truth
    states: Places


@dataclass(frozen=True)
class Term:
    """One coefficient: log odds with standard error, and the odds ratio with its 95% interval.

    The odds ratio is that of a difference of `per`: 0.1, ten percentage points more of the circle,
    for a share, and 1 for all else. The numbers are None where the covariate does not vary.
    """

    name: str
    coefficient: float | None
    error: float | None
    odds_ratio: float | None
    low: float | None
    high: float | None

    @property
    def per(self) -> float:
        """Answer for which difference of the covariate the odds ratio is."""
        return SHARE_STEP if self.name in CIRCLES else 1.0


@dataclass(frozen=True)
class Hazard:
    """A fitted discrete-time model of one event."""

    event: str
    exposure: str
    terms: tuple[Term, ...]
    rows: int
    events: int

    def chances(self, covariates: Values) -> Values:
        """Answer the chance of the event in a year for rows of covariates, constant first."""
        weights = np.array([term.coefficient or 0.0 for term in self.terms])
        return np.asarray(1 / (1 + np.exp(-(covariates @ weights))), dtype=np.float64)


def hazard(history: History, until: date, event: str = LEAVE, exposure: str = "left") -> Hazard:
    """Fit how the yearly chance of an event goes with what the state's circle did before.

    Parameters
    ----------
    history : History
        The past, which holds nothing that was not public by then if leakage is to be avoided.
    until : date
        The first day that is not looked at. Years are counted back from it.
    event : {"leave", "join"}
        The deposit of a withdrawal by a party, or of a consent by a state that may join.
    exposure : {"left", "leftAny", "outside", "joined"}
        Which share of each circle: has left this treaty; has left any treaty of the record; is not
        party; for joining: is party.

    Returns
    -------
    Hazard
        Coefficients with odds ratios and 95% intervals.

    Raises
    ------
    UnknownName
        If there is no such event or exposure.
    NotComputable
        If the event never happened, or the estimation does not converge.

    Notes
    -----
    A logistic model of the event in each year at risk is a discrete-time hazard model [1]_.
    Withdrawals are rare and covariates separate them from the rest, which has no maximum of the
    likelihood; Firth's penalty [2]_ [3]_ keeps estimates finite. It is applied by refitting
    statsmodels' binomial GLM with the pseudo-data of the penalty until nothing moves. Intervals
    are Wald's with standard errors clustered by state; with few events they are rough, and
    states' common shocks are left out, so they are too narrow rather than too wide. A circle
    that is empty has the share 0.

    References
    ----------
    .. [1] P. D. Allison, Discrete-time methods for the analysis of event histories, Sociological
       Methodology 13 (1982), 61-98.
    .. [2] D. Firth, Bias reduction of maximum likelihood estimates, Biometrika 80 (1993), 27-38.
    .. [3] G. Heinze and M. Schemper, A solution to the problem of separation in logistic
       regression, Statistics in Medicine 21 (2002), 2409-2419.

    """
    return fit(panel(history, until, event, exposure), event, exposure)


def panel(history: History, until: date, event: str, exposure: str) -> Panel:
    """Answer the years at risk of an event before a day, each with the shares at its beginning."""
    if exposure not in EXPOSURES.get(event, ()):
        kind = f"exposure for {event!r}" if event in EXPOSURES else "event"
        known = EXPOSURES.get(event, tuple(EXPOSURES))
        raise UnknownName(kind, exposure if event in EXPOSURES else event, known)
    parts = [
        part
        for years in range(YEARS_BACK, 0, -1)
        for part in _year(history, until, years, event, exposure)
    ]
    if not parts:
        message = f"Nobody was ever at risk to {event} before {until}."
        raise NotComputable(message)
    return Panel(
        names_of(event),
        np.concatenate([part.covariates for part in parts]),
        np.concatenate([part.happened for part in parts]),
        np.concatenate([part.states for part in parts]),
    )


def names_of(event: str) -> tuple[str, ...]:
    """Answer the names of the covariates, the constant first."""
    return (CONSTANT, *CIRCLES, *((YEARS,) if event == JOIN else ()))


def _year(history: History, until: date, years: int, event: str, exposure: str) -> Iterator[Panel]:
    start, end = years_before(until, years), years_before(until, years - 1)
    circles = history.circles_on(start)
    for treaty in history.treaties:
        rows = at_risk(history, treaty, start, event)
        if not rows.any():
            continue
        happened = who_acts(history, treaty, start, end, event)
        found = covariates(history, circles, treaty, start, event, exposure)
        yield Panel(names_of(event), found[rows], happened[rows], np.flatnonzero(rows))


def years_before(day: date, years: int) -> date:
    """Answer the same day of an earlier year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def at_risk(history: History, treaty: str, day: date, event: str) -> Truth:
    """Answer which states could do it: parties that are not leaving, or states that may join."""
    if event == LEAVE:
        parties = history.standing_on(treaty, day, (PARTY,))
        return parties & ~history.leaving_on(day, treaty)
    return history.standing_on(treaty, day, SIGNED_OR_NOT)


def who_acts(history: History, treaty: str, start: date, end: date, event: str) -> Truth:
    """Answer who deposits from the first day on and before the second."""
    acts = (history.left if event == LEAVE else history.joined).get(treaty, ())
    return history.row(state for state, day in acts if start <= day < end)


def covariates(  # noqa: PLR0913, PLR0917 - the circles are the same for all treaties of a year
    history: History,
    circles: Mapping[str, Values],
    treaty: str,
    day: date,
    event: str,
    exposure: str,
) -> Values:
    """Answer the covariates of every state on a day, the constant first."""
    acted, known = _acted(history, treaty, day, exposure)
    shares = [_share(circles[circle], acted, known) for circle in CIRCLES]
    columns = [np.ones(len(history.states)), *shares]
    if event == JOIN:
        opened = history.opened.get(treaty, day)
        years = max((day - opened).days / DAYS_IN_YEAR, 0.0)
        columns.append(np.full(len(history.states), np.log1p(years)))
    return np.column_stack(columns)


def _acted(history: History, treaty: str, day: date, exposure: str) -> tuple[Truth, Truth]:
    """Answer who has done what exposes others, and of whom that is known at all."""
    if exposure in {"joined", "outside"}:
        party, known = history.standing_on(treaty, day, (PARTY,)), history.standing_on(treaty, day)
        return (party if exposure == "joined" else known & ~party), known
    left = history.leaving_on(day, treaty if exposure == "left" else None)
    return left, np.ones(len(history.states), dtype=np.bool_)


def _share(circle: Values, acted: Truth, known: Truth) -> Values:
    size, share = circle @ known, circle @ (acted & known)
    return np.asarray(share / np.maximum(size, 1), dtype=np.float64)


def fit(found: Panel, event: str, exposure: str) -> Hazard:
    """Fit the model to a panel; see `hazard`."""
    events = int(found.happened.sum())
    if events in {0, len(found.happened)}:
        message = f"No hazard can be fitted: {events} of {len(found.happened)} rows at risk "
        message += f"saw the event {event!r}. Choose a later day or another event."
        raise NotComputable(message)
    spread = found.covariates.std(axis=0) > 0
    varies = spread | np.array([name == CONSTANT for name in found.names])
    estimates, errors = firth(found.covariates[:, varies], found.happened, found.states)
    place = iter(range(len(estimates)))
    terms = [
        _term(name, float(estimates[n := next(place)]), float(errors[n]))
        if here
        else Term(name, None, None, None, None, None)
        for name, here in zip(found.names, varies.tolist(), strict=True)
    ]
    return Hazard(event, exposure, tuple(terms), len(found.happened), events)


def _term(name: str, estimate: float, error: float) -> Term:
    step = Term(name, estimate, error, None, None, None).per
    ends = (estimate, estimate - Z95 * error, estimate + Z95 * error)
    return Term(name, estimate, error, *(float(np.exp(x * step)) for x in ends))
