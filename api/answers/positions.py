"""What a state votes, says and does on a topic, each with its sources; the three may differ."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from api.answers.act_shapes import Happening
from api.answers.acts import BOUNDS, begun
from api.answers.position_shapes import (
    Positions,
    PracticeClaim,
    PracticeRow,
    StanceRun,
    VoteCast,
)
from api.answers.resolutions import (
    NOT_MEMBER,
    named_sources,
    resolution_rows,
    vote_of,
    votes_cast,
)
from api.answers.shapes import Named
from api.answers.sources import all_sources, bounded_day, claims_about
from api.answers.topics import topics
from graph.positions import Cast, runs
from ontology.namespaces import ID, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from api.answers.act_shapes import ClaimSaid
    from api.answers.shapes import SourceRef
    from api.answers.view import View
    from graph.store import Row


def positions(view: View, state_name: str, topic: str | None = None) -> Positions:
    """Answer the votes, expressions and practice of a state up to the day of the view."""
    state, wanted = view.names.state(state_name), topics(view, topic)
    cast = votes_cast(view, state, wanted)
    sources = all_sources(view)
    votes = [_vote(row, sources) for row in cast.values()]
    code, name = slug(state).upper(), view.names.label(state)
    return Positions(
        Named(code, name),
        slug(wanted) if topic else None,
        view.on_text,
        view.known_text,
        votes,
        series(votes),
        [
            Named(slug(row["resolution"] or ""), row["name"] or "")
            for row in resolution_rows(view, wanted)
            if vote_of(row, cast) == NOT_MEMBER
        ],
        _expressions(view, state, wanted if topic else None),
        _practice(view, state, wanted if topic else None, sources),
        view.tail(
            f"Positions of {name}",
            f"states/{code}/positions",
            "votes_of",
            {"topic": slug(wanted) if topic else None},
            state=state,
            topicCode=wanted,
        ),
    )


def series(votes: Iterable[VoteCast]) -> list[StanceRun]:
    """Answer the runs of the same vote, for each topic and assembly."""
    grouped: dict[tuple[str, str], list[Cast]] = defaultdict(list)
    for vote in votes:
        grouped[vote.topic, vote.body.id].append(Cast(vote.day, vote.resolution.id, vote.vote))
    return [
        StanceRun(topic, body, run.stance, run.votes, run.first.day, run.last.day)
        for (topic, body), casts in grouped.items()
        for run in runs(casts)
    ]


def _vote(row: Row, sources: Mapping[str, SourceRef]) -> VoteCast:
    said = named_sources(row, sources)
    return VoteCast(
        row["day"] or "",
        Named(slug(row["resolution"] or ""), row["name"] or ""),
        row["topic"] or "",
        Named(slug(row["body"] or ""), row["bodyName"] or ""),
        int(row["session"] or 0),
        row["vote"] or "",
        len(said) == 1,
        row["note"],
        said,
    )


def _on_topic(rows: Iterable[Row], topic: str | None) -> list[Row]:
    return [r for r in rows if topic is None or slug(topic) in (r["topics"] or "").split()]


def _expressions(view: View, state: str, topic: str | None) -> list[Happening]:
    """Answer what a state said; what has no day at all stands at the end."""
    rows = _on_topic(view.ask("expressions_of", actor=state), topic)
    claims = claims_about(view, (row["event"] or "" for row in rows))
    found = [_happening(row, claims) for row in rows]
    undated = [h for h in found if h.done_on is None]
    return [h for h in found if begun(h.done_on, view.on_text)] + undated


def _happening(row: Row, claims: Mapping[str, Sequence[ClaimSaid]]) -> Happening:
    return Happening(
        slug(row["event"] or ""),
        Named(row["code"] or "", row["name"] or ""),
        row["type"] or "",
        bounded_day(row, "doneOn", bounds=BOUNDS),
        row["summary"] or "",
        row["aimsAt"] or None,
        row["stance"] or None,
        (row["towards"] or "").removeprefix(ID) or None,
        list(claims.get(row["event"] or "", [])),
    )


def _practice(
    view: View, state: str, topic: str | None, sources: Mapping[str, SourceRef]
) -> list[PracticeRow]:
    rows = _on_topic(view.ask("practice_of", actor=state), topic)
    begun_by = [row for row in rows if (row["possibleFrom"] or "") <= view.on_text]
    grouped = groupby(begun_by, key=lambda row: row["practice"])
    found = [practice_row(list(same), sources) for _, same in grouped]
    return sorted(found, key=lambda row: (row.possible_from or "", row.id))


def practice_row(rows: Sequence[Row], sources: Mapping[str, SourceRef]) -> PracticeRow:
    """Answer a practice of the rows of its claims."""
    row = rows[0]
    recipient = (row["recipient"] or "").removeprefix(ID) or None
    return PracticeRow(
        slug(row["practice"] or ""),
        row["conduct"] or "",
        row["matter"] or "",
        recipient,
        row["summary"] or "",
        row["status"] or "",
        row["possibleFrom"],
        row["possibleUntil"],
        [_practice_claim(r, sources) for r in rows],
    )


def _practice_claim(row: Row, sources: Mapping[str, SourceRef]) -> PracticeClaim:
    return PracticeClaim(
        slug(row["claim"] or ""),
        sources[row["source"] or ""],
        row["said"] or "",
        row["asOf"],
        int(row["least"]) if row["least"] else None,
        int(row["most"]) if row["most"] else None,
        row["unit"],
        row["note"],
    )
