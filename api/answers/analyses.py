"""Answers about networks: a measure by its name, on a day or between two, with its method."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from threadpoolctl import threadpool_limits

from api.answers import network_measures as tied
from api.answers.citation import cite
from api.answers.network_catalogue import IDLE, MEASURES, Measure
from api.answers.network_measures import VOTES
from api.answers.network_shapes import Analysis, Finding, Method
from api.answers.shapes import Tail
from api.answers.view import query_text
from graph.dates import parse_day
from graph.errors import UnknownName, WrongUse
from graph.network import change

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from api.answers.network_shapes import Cell
    from api.answers.view import View
    from graph.network.roll_calls import RollCalls

    Earlier = Callable[[View, date], View]


@dataclass(frozen=True, eq=False)
class OwnVotes:
    """Roll calls of the user's own: a file's name, its version (a digest), and its votes."""

    name: str
    version: str
    calls: RollCalls


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
    compare = _earlier(view, given.get("compare"))
    asked = tied.Asked(view, chosen, earlier, votes.calls if votes else None)
    # Threads of the matrix library cost more than they give on matrices of this size.
    with threadpool_limits(1, "blas"):
        found = measure.answer(asked)
        if compare is not None:
            other = tied.Asked(replace(view, on=compare), chosen, earlier)
            found = _between(measure.answer(other), found)
    if compare is not None:
        chosen = chosen | {"compare": compare.isoformat()}
    idle = IDLE.get(str(chosen.get("relation")), frozenset())
    shown = {k: value for k, value in chosen.items() if value is not None and k not in idle}
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


def _earlier(view: View, compare: str | None) -> date | None:
    """Answer the day with which the day of the view is compared, which may not lie after it."""
    day = None if compare is None else parse_day(compare)
    if day and day > view.on:
        message = f"compare={day} lies after the day {view.on}: name the earlier day with compare "
        message += "and the later one with on."
        raise WrongUse(message)
    return day


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


def _measure(name: str) -> Measure:
    if name not in MEASURES:
        kind = "measure"
        raise UnknownName(kind, name, MEASURES)
    return MEASURES[name]


def _chosen(
    name: str, measure: Measure, given: Mapping[str, Any], *, own_votes: bool
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
    citation = cite(title, view.on, version, permalink)
    return Tail(version, permalink, sparql, citation, [] if votes else view.notes)


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
