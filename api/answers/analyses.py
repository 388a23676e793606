"""Answers about networks: a measure by its name, on a day or between two, with its method."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from threadpoolctl import threadpool_limits

from api.answers import network_conduct as doing
from api.answers import network_measures as tied
from api.answers.citation import cite
from api.answers.network_measures import VOTES
from api.answers.network_shapes import Analysis, Finding, MeasureOffered, Measures, Method
from api.answers.shapes import Tail
from api.answers.view import query_text
from graph.dates import parse_day
from graph.errors import UnknownName, WrongUse
from graph.network import agreement as voting
from graph.network import (
    backtest,
    centrality,
    change,
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
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from api.answers.network_shapes import Cell
    from api.answers.view import View
    from graph.network.roll_calls import RollCalls

    Earlier = Callable[[View, date], View]

TABLES = ("json", "csv")


@dataclass(frozen=True, eq=False)
class OwnVotes:
    """Roll calls of the user's own: a file's name, its version (a digest), and its votes."""

    name: str
    version: str
    calls: RollCalls


@dataclass(frozen=True)
class _Measure:
    """A measure: what computes it, its parameters with their defaults, and its method."""

    answer: Callable[[tied.Asked], Finding]
    method: Method
    parameters: Mapping[str, Cell] = field(default_factory=dict)
    graph: bool = False
    own_votes: bool = False
    comparable: bool = True


NETWORK = {"relation": "treaties", "weight": "jaccard", "index": "kappa", "above": None}
CALLS = {"topic": None, "since": None, "until": None}
SEEDED = {"least": 10, "seed": community.SEED}


def _method(formula: str, note: str, code: str) -> Method:
    return Method(formula, note, f"graph.network.{code}")


def _formulas(known: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {formula}" for name, formula in known.items())


MEASURES: Mapping[str, _Measure] = {
    "snapshot": _Measure(
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
    "projection": _Measure(
        tied.projection,
        _method(
            _formulas(sharing.FORMULAS),
            "Only certain parties count. Pairs that share nothing have no row.",
            "projection",
        ),
        {"mode": "states", "weight": "jaccard", "above": None},
        graph=True,
    ),
    "agreement": _Measure(
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
    "centrality": _Measure(
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
    "core-periphery": _Measure(
        tied.core,
        _method(core_periphery.FORMULA, "Exact for this criterion.", "core_periphery"),
        {**NETWORK, "least": 10, **CALLS},
        graph=True,
        own_votes=True,
    ),
    "community": _Measure(
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
    "bordering": _Measure(
        doing.bordering,
        _method(
            "members on the day with a land border that every data set of borders lists",
            "The same rows as the query members_bordering.rq.",
            "snapshot",
        ),
        {"organisation": "nato", "next_to": "RUS,BLR", "treaty": "ottawa"},
    ),
    "exposure": _Measure(
        doing.exposure,
        _method(exposure.FORMULA, doing.NO_FORECAST, "exposure"),
        {"treaty": "ottawa", "state": None},
    ),
    "hazard": _Measure(
        doing.hazard,
        _method(
            diffusion.FORMULA,
            "Association in the past, not cause: states that leave together may answer the same "
            "threat. Fitted on the years before the day of `on`.",
            "diffusion",
        ),
        {"event": "join", "exposure": "joined"},
        comparable=False,
    ),
    "backtest": _Measure(
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
    "ideal-points": _Measure(
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
    "consistency": _Measure(
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


def analyse(
    view: View,
    name: str,
    given: Mapping[str, Any],
    earlier: Earlier,
    votes: OwnVotes | None = None,
) -> tuple[Analysis, Finding]:
    """Answer a measure of the network of the day of a view.

    Parameters
    ----------
    view : View
        The day, and what was known.
    name : str
        One of `MEASURES`.
    given : mapping
        Parameters; those that are None take their default.
    earlier : callable
        Answers the view of the same day with only what was public on another.
    votes : OwnVotes, optional
        Roll calls of the user's own, instead of those of the record.

    Raises
    ------
    UnknownName
        If there is no such measure, state, treaty, organisation or choice.
    WrongUse
        If the measure does not take a parameter.
    NotComputable
        If the data of the day do not allow the measure.

    """
    measure = _measure(name)
    chosen = _chosen(name, measure, given, own_votes=votes is not None)
    compare = given.get("compare")
    asked = tied.Asked(view, chosen, earlier, votes.calls if votes else None)
    # Threads of the matrix library cost more than they give on matrices of this size.
    with threadpool_limits(1, "blas"):
        found = measure.answer(asked)
    if compare is not None:
        other = tied.Asked(replace(view, on=parse_day(compare)), chosen, earlier)
        found = _between(measure.answer(other), found)
        chosen = chosen | {"compare": compare}
    shown = {key: value for key, value in chosen.items() if value is not None}
    method = measure.method if compare is None else _of_change(measure.method)
    return Analysis(
        name,
        view.on_text,
        view.known_text,
        shown,
        method,
        found.summary,
        found.notices,
        found.rows,
        _tail(view, name, shown, votes),
    ), found


def about(answer: Analysis) -> Mapping[str, str]:
    """Answer what a file of a network says of itself."""
    return {
        "measure": answer.measure,
        "on": answer.on,
        "known": answer.known or "everything",
        "data_version": answer.tail.data_version,
        "permalink": answer.tail.permalink,
    }


def table(rows: Sequence[Mapping[str, Cell]]) -> tuple[list[str], list[list[str]]]:
    """Answer rows of an analysis as a header and cells of text; unknown is an empty cell."""
    header = list(dict.fromkeys(column for row in rows for column in row))
    return header, [["" if row.get(c) is None else str(row[c]) for c in header] for row in rows]


def _measure(name: str) -> _Measure:
    if name not in MEASURES:
        kind = "measure"
        raise UnknownName(kind, name, MEASURES)
    return MEASURES[name]


def _chosen(
    name: str, measure: _Measure, given: Mapping[str, Any], *, own_votes: bool
) -> dict[str, Any]:
    wanted = {key: value for key, value in given.items() if value is not None}
    taken = {*measure.parameters, *({"compare"} if measure.comparable else ())}
    for key in wanted:
        if key not in taken:
            message = f"The measure {name} takes no parameter {key!r}; it takes "
            message += f"{', '.join(sorted(taken)) or 'none'}."
            raise WrongUse(message)
    if own_votes and not measure.own_votes:
        able = ", ".join(key for key, one in MEASURES.items() if one.own_votes)
        message = f"The measure {name} does not look at votes of your own; those that do: {able}."
        raise WrongUse(message)
    if own_votes and wanted.get("relation", VOTES) != VOTES:
        message = "A file of votes has one relation: votes. Leave `relation` out."
        raise WrongUse(message)
    if own_votes and wanted.get("compare"):
        message = "Two days cannot be compared in a file of votes; use since and until."
        raise WrongUse(message)
    for key in ("since", "until"):
        if key in wanted:
            parse_day(wanted[key])
    of_votes = {"relation": VOTES} if own_votes and "relation" in measure.parameters else {}
    return {**measure.parameters, **wanted, **of_votes}


def _between(before: Finding, after: Finding) -> Finding:
    found = change.changes(before.rows, after.rows, after.key)
    rows: list[dict[str, Cell]] = [
        {"key": one.key, "change": one.change, "column": one.column, "before": one.before,
         "after": one.after}
        for one in found
    ]  # fmt: skip
    counts: dict[str, Cell] = {
        kind: len({one.key for one in found if one.change == kind})
        for kind in (change.ENTERED, change.LEFT, change.MOVED)
    }
    both = {f"{key}_before": value for key, value in before.summary.items()}
    both |= {f"{key}_after": value for key, value in after.summary.items()}
    return Finding(rows, ("key", "change", "column"), counts | both, after.notices)


def _of_change(method: Method) -> Method:
    return replace(method, note=f"{method.note} Between two days: {change.FORMULA}.")


def _tail(view: View, name: str, shown: Mapping[str, Any], votes: OwnVotes | None) -> Tail:
    """Answer what the answer rests on; roll calls of the user's own have no address here."""
    given = {key: str(value) for key, value in shown.items()}
    link = view.link(f"networks/{name}", on=view.on_text, known=view.known_text, **given)
    version, permalink = (view.version, link) if votes is None else (votes.version, "")
    title = f"Network analysis: {name}" + (f" of {votes.name}" if votes else "")
    sparql = _same_rows(view, shown) if name == "bordering" else None
    return Tail(version, permalink, sparql, cite(title, view.on, version, permalink))


def _same_rows(view: View, shown: Mapping[str, Any]) -> str:
    """Answer the address of the query that answers the same rows as the snapshot."""
    text = query_text(
        "members_bordering",
        organisation=view.names.find("organisation", shown["organisation"]),
        treaty=view.names.treaty(shown["treaty"]),
        on=view.on,
        next=" ".join(view.names.state(name.strip()) for name in shown["next_to"].split(",")),
    )
    return view.link("sparql", known=view.known_text, query=text)
