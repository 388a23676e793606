"""The measures that can be asked for: what computes each, its parameters, its method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.answers import network_conduct as doing
from api.answers import network_measures as tied
from api.answers.network_shapes import MeasureOffered, Measures, Method
from graph.network import agreement as voting
from graph.network import (
    backtest,
    centrality,
    community,
    comparison,
    consistency,
    core_periphery,
    diffusion,
    exposure,
    ideal_points,
)
from graph.network import projection as sharing
from graph.network.export import FORMATS as GRAPHS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.answers.network_shapes import Cell, Finding

TABLES = ("json", "csv")


@dataclass(frozen=True)
class Measure:
    """A measure: what computes it, its parameters with their defaults, and its method."""

    answer: Callable[[tied.Asked], Finding]
    method: Method
    parameters: Mapping[str, Cell]
    graph: bool = False
    own_votes: bool = False
    comparable: bool = True


# Parameters that say nothing about a relation.
IDLE: Mapping[str, frozenset[str]] = {
    "treaties": frozenset({"index", "least"}),
    "votes": frozenset({"weight"}),
    "two-mode": frozenset({"weight", "index", "least", "method"}),
}
NETWORK = {"relation": "treaties", "weight": "jaccard", "index": "kappa", "above": None}
CALLS = {"topic": None, "since": None, "until": None}
SEEDED = {"least": 10, "seed": community.SEED}


def _method(formula: str, note: str, code: str) -> Method:
    return Method(formula, note, f"graph.network.{code}")


def _formulas(known: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {formula}" for name, formula in known.items())


MEASURES: Mapping[str, Measure] = {
    "snapshot": Measure(
        tied.ties,
        _method(
            "the typed multigraph of the day",
            "Only what is certain is a tie; standings that cannot be told are of a kind of their "
            "own. Allied are members of one alliance with a duty to help; votedWith is from 95% "
            "of equal votes on.",
            "snapshot",
        ),
        {"kinds": None},
        graph=True,
    ),
    "projection": Measure(
        tied.projection,
        _method(
            _formulas(sharing.FORMULAS),
            "Only certain parties count. Pairs that share nothing have no row.",
            "projection",
        ),
        {"mode": "states", "weight": "jaccard", "above": None},
        graph=True,
    ),
    "agreement": Measure(
        tied.agreement,
        _method(
            _formulas(voting.FORMULAS),
            "Absence is no vote. Pairs with fewer common roll calls than `least` are unknown.",
            "agreement",
        ),
        {"index": "share", "above": None, "least": 10, **CALLS},
        graph=True,
        own_votes=True,
    ),
    "centrality": Measure(
        tied.central,
        _method(
            _formulas(centrality.FORMULAS),
            "Between states that share treaties, or agree in votes, above a value; two-mode "
            "measures states and treaties together.",
            "centrality",
        ),
        {**NETWORK, "least": 10, **CALLS},
        graph=True,
        own_votes=True,
    ),
    "core-periphery": Measure(
        tied.core,
        _method(core_periphery.FORMULA, "Exact for this criterion.", "core_periphery"),
        {**NETWORK, "least": 10, **CALLS},
        graph=True,
        own_votes=True,
    ),
    "community": Measure(
        tied.community,
        _method(
            f"{_formulas(community.FORMULAS)}; ami: {comparison.FORMULA}",
            "`stays` is the share of its community that stays with a state when treaties or roll "
            "calls are drawn anew; `stability` the mean adjusted mutual information over the "
            "draws. A community is a finding about the measure, not a bloc that anyone has joined.",
            "community",
        ),
        {**NETWORK, "method": "leiden", **SEEDED, **CALLS},
        graph=True,
        own_votes=True,
    ),
    "bordering": Measure(
        doing.bordering,
        _method(
            "members on the day with a land border that every data set of borders lists",
            "The same rows as the query members_bordering.rq.",
            "snapshot",
        ),
        {"organisation": "nato", "next_to": "RUS,BLR", "treaty": "ottawa"},
    ),
    "exposure": Measure(
        doing.exposure,
        _method(exposure.FORMULA, doing.NO_FORECAST, "exposure"),
        {"treaty": "ottawa", "state": None},
    ),
    "hazard": Measure(
        doing.hazard,
        _method(
            diffusion.FORMULA,
            "Association in the past, not cause: states that leave together may answer the same "
            "threat. Fitted on the years before the day of `on`. odds_ratio, with its 95% interval "
            "low to high, is that of a difference of `per` in the term: of 0.1, ten percentage "
            "points, for a share, and of 1 for all else; coefficient and error are per 1.",
            "diffusion",
        ),
        {"event": "join", "exposure": "joined"},
        comparable=False,
    ),
    "backtest": Measure(
        doing.backtest,
        _method(
            backtest.FORMULA,
            "Basis public: only what sources had said before the day; acts: every act before the "
            "day, whoever told of it when. The baseline is chosen by people who know who left. "
            "Read docs/analysis.md.",
            "backtest",
        ),
        {"treaty": "ottawa", "next_to": "RUS,BLR", "basis": "public"},
        comparable=False,
    ),
    "ideal-points": Measure(
        doing.ideal_points,
        _method(
            ideal_points.FORMULA,
            "Positions are relative to the roll calls. On the record's own, nearly all of which "
            "most states vote for, the line rests on few votes.",
            "ideal_points",
        ),
        {"right": None, **CALLS},
        own_votes=True,
    ),
    "consistency": Measure(
        doing.consistency,
        _method(
            consistency.FORMULA,
            "That no gap is flagged says that the record knows of none. A year in brackets is the "
            "last one of which a source speaks.",
            "consistency",
        ),
        {"treaty": "ottawa", "state": None, "topic": "mineBanTreaty"},
    ),
}


def measures() -> Measures:
    """Answer the measures that there are, with their parameters and formulas."""
    return Measures([
        MeasureOffered(
            name,
            (one.answer.__doc__ or "").strip().removeprefix("Answer ").rstrip("."),
            {**one.parameters, **({"compare": None} if one.comparable else {})},
            one.method,
            [*TABLES, *(GRAPHS if one.graph else ())],
        )
        for name, one in MEASURES.items()
    ])  # fmt: skip
