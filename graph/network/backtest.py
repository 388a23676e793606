"""Would the past have told who leaves? A model fitted before a day, judged by the year after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.errors import NotComputable
from graph.network.diffusion import (
    EXPOSURES,
    LEAVE,
    at_risk,
    covariates,
    hazard,
    who_acts,
    years_before,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from graph.network.diffusion import Hazard
    from graph.network.history import History
    from graph.network.relation import Truth, Values

HORIZON_YEARS = 1
FORMULA = (
    "fitted on the years before the day; parties ranked by the chance to leave in the year from "
    "the day on; equal chances share the mean of their ranks; AUC = share of pairs of one that "
    "left and one that stayed in which the former ranks higher, ties half"
)


@dataclass(frozen=True)
class Case:
    """One state that did leave: its rank (1 is the likeliest), and how many share it."""

    state: str
    rank: float
    tied: int
    chance: float | None


@dataclass(frozen=True)
class Judgement:
    """How one way to rank the parties did."""

    ranking: str
    cases: tuple[Case, ...]
    parties: int
    auc: float
    expected: float | None
    note: str = ""


def backtest(
    before: History, after: History, treaty: str, day: date, others: Iterable[str]
) -> tuple[list[Judgement], list[Hazard]]:
    """Rank the parties of a treaty by what was known, and see where those that left stood.

    Parameters
    ----------
    before : History
        What may be known before the day: of it, only what lies before the day is used to fit and
        to rank.
    after : History
        What is known now: used only to see who deposited a withdrawal within a year from the day.
    treaty : str
        The treaty.
    day : date
        The day of the ranking.
    others : iterable of str
        The baseline: parties with a land border to one of these states, before those without.

    Returns
    -------
    pair of list of Judgement and list of Hazard
        The baseline, then one for each exposure of `hazard`, then chance; and the fitted models.

    Raises
    ------
    NotComputable
        If nobody left in the year, or no model can be fitted.

    Notes
    -----
    Nothing after the day enters a model. Two things are still known from hindsight, and no
    computation takes them out: that this treaty and this day are looked at, and that the baseline
    names the neighbours it names.

    """
    rows = at_risk(before, treaty, day, LEAVE)
    left = who_acts(after, treaty, day, years_before(day, -HORIZON_YEARS), LEAVE)
    happened = before.row(np.array(after.states)[left].tolist()) & rows
    if not happened.any() or happened[rows].all():
        message = f"Of the {int(rows.sum())} states known on {day} to be party to {treaty}, "
        message += f"{int(happened.sum())} are known to have left within a year: a ranking cannot "
        message += "be judged. Choose another day or treaty, or basis=acts, which takes what was "
        message += "done by that day for known."
        raise NotComputable(message)
    judged = [_judged("baseline", before, rows, happened, _baseline(before, others))]
    models: list[Hazard] = []
    for exposure in EXPOSURES[LEAVE]:
        model = hazard(before, day, LEAVE, exposure)
        circles = before.circles_on(day)
        found = covariates(before, circles, treaty, day, LEAVE, exposure)
        judged.append(_judged(exposure, before, rows, happened, model.chances(found), model))
        models.append(model)
    judged.append(_judged("chance", before, rows, happened, np.zeros(len(before.states))))
    return judged, models


def _baseline(history: History, others: Iterable[str]) -> Values:
    wanted = set(others)
    near = {one for pair in history.borders for one in pair if wanted & (set(pair) - {one})}
    return history.row(near).astype(np.float64)


def _judged(  # noqa: PLR0913, PLR0917 - the last one is None where nothing was fitted
    name: str,
    history: History,
    rows: Truth,
    happened: Truth,
    scores: Values,
    model: Hazard | None = None,
) -> Judgement:
    ranks = ranked(scores[rows])
    places = {s: n for n, s in enumerate(np.array(history.states)[rows].tolist())}
    cases = [
        Case(
            state,
            float(ranks[places[state]]),
            int((ranks == ranks[places[state]]).sum()),
            float(scores[rows][places[state]]) if model else None,
        )
        for state in np.array(history.states)[happened].tolist()
    ]
    return Judgement(
        name,
        tuple(sorted(cases, key=lambda case: (case.rank, case.state))),
        int(rows.sum()),
        auc(scores[rows], happened[rows]),
        float(scores[rows].sum()) if model else None,
    )


def ranked(scores: Values) -> Values:
    """Answer ranks, 1 for the highest score; equal scores share the mean of their ranks."""
    higher = (scores[None, :] > scores[:, None]).sum(axis=1)
    same = (scores[None, :] == scores[:, None]).sum(axis=1)
    return np.asarray(higher + (same + 1) / 2, dtype=np.float64)


def auc(scores: Values, happened: Truth) -> float:
    """Answer the area under the ROC curve: 1 for a perfect ranking, one half for none.

    Examples
    --------
    >>> auc(np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, True, False, False]))
    0.875

    """
    of, rest = scores[happened][:, None], scores[~happened][None, :]
    return float(((of > rest) + (of == rest) / 2).mean())


def by_state(judged: Iterable[Judgement]) -> Mapping[str, Mapping[str, Case]]:
    """Answer the cases by state, then by ranking."""
    found: dict[str, dict[str, Case]] = {}
    for judgement in judged:
        for case in judgement.cases:
            found.setdefault(case.state, {})[judgement.ranking] = case
    return found
