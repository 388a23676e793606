"""The measures of conduct: who is exposed to whom, who followed, who votes and does what."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.answers.network_measures import number, one_of
from api.answers.network_shapes import Finding
from api.answers.networks import conduct, history
from graph.errors import WrongUse
from graph.network.backtest import backtest as judged_by
from graph.network.backtest import by_state
from graph.network.consistency import consistency as consistency_of
from graph.network.diffusion import hazard as hazard_of
from graph.network.exposure import exposure as exposure_of
from graph.network.exposure import flat
from graph.network.ideal_points import ideal_points as points_of
from graph.network.snapshot import PARTY
from ontology.namespaces import iri

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from api.answers.network_measures import Asked
    from api.answers.network_shapes import Cell, TableRow
    from graph.network.backtest import Judgement
    from graph.network.diffusion import Hazard

PUBLIC, ACTS = "public", "acts"
BASES = (PUBLIC, ACTS)
NO_FORECAST = (
    "This describes the day. It is no forecast: what past withdrawals say about the next ones is "
    "in the measure backtest, and it is little."
)


def bordering(asked: Asked) -> Finding:
    """Answer the members of an organisation that border some states, and how they stand."""
    view = asked.view
    organisation = view.names.find("organisation", asked.given["organisation"]).rsplit("/", 1)[-1]
    others = [view.names.state(name.strip()) for name in asked.given["next_to"].split(",")]
    codes = [other.rsplit("/", 1)[-1].upper() for other in others]
    pairs = asked.snapshot.bordering(organisation, codes)
    rows: list[TableRow] = [
        {"id": state, "name": asked.name(state),
         "borders": " ".join(other for one, other in pairs if one == state),
         "standing": asked.snapshot.standing(state, asked.treaty)}
        for state in sorted({state for state, _ in pairs})
    ]  # fmt: skip
    still = [str(row["id"]) for row in rows if row["standing"] == PARTY]
    return Finding(rows, ("id",), {"members": len(rows), "party": " ".join(still)})


def exposure(asked: Asked) -> Finding:
    """Answer how each state's neighbours, allies and fellow members stand under a treaty."""
    found = exposure_of(asked.snapshot, asked.treaty, asked.state())
    rows: list[TableRow] = [
        {"id": one.state, "name": one.name, "standing": one.standing}
        | {name: number(value) if isinstance(value, float) else value for name, value in flat(one)}
        for one in found
    ]
    rows.sort(key=lambda row: (-float(row["borders_left"] or 0), str(row["id"])))
    return Finding(rows, ("id",), {"states": len(rows)}, [NO_FORECAST])


def hazard(asked: Asked) -> Finding:
    """Answer how the chance to join or to leave went with what a state's circle did."""
    found = hazard_of(
        history(asked.view), asked.view.on, asked.given["event"], asked.given["exposure"]
    )
    return Finding(
        _terms(found),
        ("exposure", "term"),
        {"rows": found.rows, "events": found.events},
        list(_caution(found)),
    )


def _terms(found: Hazard) -> list[TableRow]:
    return [
        {
            "event": found.event,
            "exposure": found.exposure,
            "term": term.name,
            "coefficient": number(term.coefficient),
            "error": number(term.error),
            "per": term.per,
            "odds_ratio": number(term.odds_ratio),
            "low": number(term.low),
            "high": number(term.high),
        }
        for term in found.terms
    ]


def _caution(found: Hazard) -> Iterator[str]:
    few = 10 * len(found.terms)
    if found.events < few:
        yield (
            f"{found.events} events carry {len(found.terms)} terms; ten events for each is a usual "
            "least. Read signs, not sizes."
        )
    for term in found.terms:
        if term.coefficient is None:
            yield f"{term.name} is the same in every row, so nothing can be said of it"


def backtest(asked: Asked) -> Finding:
    """Answer whether what was public before the day would have ranked those that left high."""
    if asked.view.known is not None:
        message = "The backtest looks at what was public before the day and at what came after; "
        message += "leave `known` out."
        raise WrongUse(message)
    day = asked.view.on
    after = history(asked.view)
    basis = one_of("basis", asked.given["basis"], BASES)
    public = basis == PUBLIC
    before = history(asked.earlier(asked.view, day - timedelta(days=1))) if public else after
    others = [asked.view.names.state(name.strip()) for name in asked.given["next_to"].split(",")]
    codes = [other.rsplit("/", 1)[-1].upper() for other in others]
    judged, models = judged_by(before, after, asked.treaty, day, codes)
    rows = [*_judgements(judged), *_ranks(asked, judged)]
    notices = [f"{model.exposure}: {said}" for model in models for said in _caution(model)]
    return Finding(rows, ("ranking", "id"), _fitted(judged, models), notices)


def _judgements(judged: Sequence[Judgement]) -> Iterator[TableRow]:
    for one in judged:
        ranks = [case.rank for case in one.cases]
        yield {
            "ranking": one.ranking,
            "id": "",
            "auc": number(one.auc),
            "mean_rank": number(sum(ranks) / len(ranks)),
            "expected": number(one.expected),
        }


def _ranks(asked: Asked, judged: Sequence[Judgement]) -> Iterator[TableRow]:
    for state, found in sorted(by_state(judged).items()):
        for ranking, case in found.items():
            yield {
                "ranking": ranking,
                "id": state,
                "name": asked.name(state),
                "rank": case.rank,
                "tied": case.tied,
                "chance": number(case.chance),
            }


def _fitted(judged: Sequence[Judgement], models: Sequence[Hazard]) -> dict[str, Cell]:
    found: dict[str, Cell] = {"parties": judged[0].parties, "left": len(judged[0].cases)}
    for model in models:
        found[f"events_{model.exposure}"] = model.events
        found[f"rows_{model.exposure}"] = model.rows
    return found


def ideal_points(asked: Asked) -> Finding:
    """Answer where states stand on the one line that explains their votes best."""
    found = points_of(asked.calls, asked.state("right"))
    rows: list[TableRow] = [
        {"id": state, "name": asked.name(state), "position": number(position),
         "error": number(found.errors[state])}
        for state, position in sorted(found.positions.items(), key=lambda pair: pair[1])
    ]  # fmt: skip
    return Finding(
        rows,
        ("id",),
        {
            "states": len(rows),
            "rollCalls": found.calls,
            "votes": found.votes,
            "correct": number(found.correct),
            "majority": number(found.majority),
            "steps": found.steps,
        },
    )


def consistency(asked: Asked) -> Finding:
    """Answer vote, standing, law, policy and practice of each state, and where they do not fit."""
    treaty = asked.treaty
    known = conduct(asked.view, iri("treaty", treaty))
    found = consistency_of(asked.snapshot, treaty, known, asked.state())
    rows: list[TableRow] = [
        {
            "id": one.state,
            "name": one.name,
            "standing": one.standing,
            "vote": one.vote,
            "voted_on": one.voted_on,
            "law": "; ".join(one.law),
            "policy": "; ".join(one.policy),
            "practice": "; ".join(one.practice),
            "gaps": "; ".join(one.gaps),
        }
        for one in found
    ]
    rows.sort(key=lambda row: (not row["gaps"], str(row["id"])))
    flagged = sum(bool(row["gaps"]) for row in rows)
    return Finding(rows, ("id",), {"states": len(rows), "withGaps": flagged})
