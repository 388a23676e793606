"""The roll calls of assemblies: their totals, every vote, and what sources say of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.answers.position_shapes import (
    Resolution,
    ResolutionClaim,
    ResolutionRow,
    Resolutions,
    StateVote,
)
from api.answers.shapes import Named
from api.answers.sources import all_sources, bounded_day
from api.answers.topics import topics
from graph.context_model import Tally, tally
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from api.answers.shapes import SourceRef
    from api.answers.view import View
    from graph.store import Row

BOUNDS = ("notEarlierThan", "notLaterThan")
TOTALS = ("votesFor", "votesAgainst", "votesAbstaining", "votesAbsent")
STATED = ("statedFor", "statedAgainst", "statedAbstaining")
NOT_MEMBER = "notMember"


def resolutions(view: View, topic: str | None = None, state_name: str | None = None) -> Resolutions:
    """Answer the roll calls on a topic or on all, and how a state voted in each of them."""
    wanted = topics(view, topic)
    state = view.names.state(state_name) if state_name else None
    cast: Mapping[str, Row] = votes_cast(view, state, wanted) if state else {}
    rows = [
        resolution_row(row, vote_of(row, cast) if state else None)
        for row in resolution_rows(view, wanted)
    ]
    code = slug(state).upper() if state else None
    asked = {"topic": slug(wanted) if topic else None, "state": code}
    return Resolutions(
        asked["topic"],
        Named(code, view.names.label(state)) if state and code else None,
        view.on_text,
        view.known_text,
        rows,
        view.tail("Resolutions", "resolutions", "resolutions", asked, topicCode=wanted),
    )


def resolution(view: View, name: str) -> Resolution:
    """Answer one roll call by its slug or symbol, with every vote and every claim."""
    thing = view.names.find("resolution", name)
    row = next(r for r in _all_rows(view, topics(view, None)) if r["resolution"] == thing)
    sources = all_sources(view)
    votes = [_state_vote(ballot, sources) for ballot in view.ask("votes_in", resolution=thing)]
    claims = [_claim(c, sources) for c in view.ask("resolution_claims", resolution=thing)]
    found = resolution_row(row)
    return Resolution(
        found,
        view.known_text,
        votes,
        _not_members(view, votes) if found.every_vote else [],
        list(_notices(found, votes, claims)),
        claims,
        view.tail(found.name, f"resolutions/{found.id}", "votes_in", resolution=thing),
    )


def resolution_rows(view: View, topic: str) -> list[Row]:
    """Answer the rows of the roll calls up to the day of the view."""
    rows = _all_rows(view, topic)
    return [r for r in rows if (r["doneOn"] or r["notEarlierThan"] or "") <= view.on_text]


def votes_cast(view: View, state: str, topic: str) -> Mapping[str, Row]:
    """Answer the votes of a state by resolution."""
    rows = view.ask("votes_of", state=state, topicCode=topic)
    return {row["resolution"] or "": row for row in rows if (row["day"] or "") <= view.on_text}


def vote_of(row: Row, cast: Mapping[str, Row]) -> str | None:
    """Answer how a state voted in a roll call; that it was no member; or None where unknown."""
    ballot = cast.get(row["resolution"] or "")
    if ballot:
        return ballot["vote"]
    return NOT_MEMBER if row["every"] == "true" else None


def resolution_row(row: Row, vote: str | None = None) -> ResolutionRow:
    """Answer a roll call of a row of the query."""
    counted = row["every"] == "true"
    votes_for, against, abstaining = (
        _number(row[name]) for name in (TOTALS[:3] if counted else STATED)
    )
    return ResolutionRow(
        slug(row["resolution"] or ""),
        row["name"] or "",
        row["symbol"],
        row["topic"] or "",
        Named(slug(row["body"] or ""), row["bodyName"] or ""),
        int(row["session"] or 0),
        bounded_day(row, "doneOn", bounds=BOUNDS),
        votes_for,
        against,
        abstaining,
        _number(row["votesAbsent"]),
        counted,
        sorted((row["labels"] or "").split()),
        row["labelBasis"] or "",
        vote,
    )


def named_sources(row: Row, sources: Mapping[str, SourceRef]) -> list[SourceRef]:
    """Answer the sources that a row lists by their IRIs."""
    return [sources[iri] for iri in sorted((row["sources"] or "").split())]


def _all_rows(view: View, topic: str) -> list[Row]:
    return list({r["resolution"]: r for r in view.ask("resolutions", topicCode=topic)}.values())


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _state_vote(row: Row, sources: Mapping[str, SourceRef]) -> StateVote:
    said = named_sources(row, sources)
    state = Named(row["code"] or "", row["name"] or "")
    return StateVote(state, row["vote"] or "", len(said) == 1, row["note"], said)


def _claim(row: Row, sources: Mapping[str, SourceRef]) -> ResolutionClaim:
    says = "accepted" if row["accepted"] == "true" else "agrees"
    says = "contests" if row["contests"] == "true" else says
    return ResolutionClaim(
        slug(row["claim"] or ""),
        replace(sources[row["source"] or ""], says=says),
        bounded_day(row, "doneOn", bounds=BOUNDS),
        _number(row["votesFor"]),
        _number(row["votesAgainst"]),
        _number(row["votesAbstaining"]),
        _number(row["votesAbsent"]),
        row["note"],
    )


def _not_members(view: View, votes: Sequence[StateVote]) -> list[Named]:
    seated = {vote.state.id for vote in votes}
    every = (Named(slug(s).upper(), view.names.label(s)) for s in view.names.all_of("state"))
    return [state for state in every if state.id not in seated]


def _notices(
    row: ResolutionRow, votes: Sequence[StateVote], claims: Sequence[ResolutionClaim]
) -> Iterator[str]:
    """Say what does not fit: totals that are not those counted, days that are contested."""
    counted = tally(vote.vote for vote in votes)
    for claim in claims:
        stated = Tally(claim.votes_for, claim.votes_against, claim.abstaining, claim.absent)
        if row.every_vote and stated.differs_from(counted):
            yield f"{claim.source.id} states {stated}; counted are {counted}"
        if claim.source.says == "contests":
            yield f"{claim.source.id} dates it {claim.day}; accepted is {row.day}"
    single = sum(vote.single_source for vote in votes)
    if single:
        yield f"{single} of {len(votes)} votes rest on one source alone"
