"""The lists: treaties, states, sources, and what a source or a document says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.answers.examination import examined_claims
from api.answers.norms import norms
from api.answers.source_shapes import ClaimRow, Claims, Sources, SourceSaid
from api.answers.sources import STANDINGS, claims_about, source_ref
from api.answers.state_shapes import StateRow, States
from api.answers.treaty_shapes import RuleRow, Treaties, Treaty, TreatyRow
from graph.errors import UnknownName, WrongUse
from ontology.namespaces import ID, iri, slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.answers.view import View
    from graph.store import Row


def treaties(view: View) -> Treaties:
    """Answer the treaties of the record, with the number of their parties on the day."""
    rows = [_treaty_row(view, row) for row in view.ask("treaties")]
    return Treaties(
        view.on_text, view.known_text, rows, view.tail("Treaties", "treaties", "treaties")
    )


def treaty(view: View, name: str) -> Treaty:
    """Answer a treaty with its clauses as rules and obligations."""
    thing = view.names.treaty(name)
    row = next(r for r in view.ask("treaties") if r["treaty"] == thing)
    rules = [_rule_row(rule) for rule in view.ask("rules", treaty=thing)]
    tail = view.tail(view.names.label(thing), f"treaties/{slug(thing)}", "rules", treaty=thing)
    return Treaty(
        _treaty_row(view, row),
        view.on_text,
        view.known_text,
        rules,
        norms(view, view.ask("obligations", treaty=thing)),
        tail,
    )


def states(view: View) -> States:
    """Answer the states of the record."""
    rows = [
        StateRow(
            row["code"] or "",
            row["name"] or "",
            row["iso2"],
            row["region"] or "",
            row["subregion"] or "",
        )
        for row in view.ask("states")
    ]
    return States(rows, view.tail("States", "states", "states"))


def sources(view: View) -> Sources:
    """Answer the sources of the record, the highest authority first."""
    rows = [source_ref(row) for row in view.ask("sources")]
    return Sources(rows, view.tail("Sources", "sources", "sources"))


def source(view: View, name: str) -> SourceSaid:
    """Answer a source by its slug or reference number, and everything it says."""
    row = _source_row(view, name)
    return SourceSaid(
        source_ref(row),
        (row["references"] or "").split(),
        row["note"],
        row["asItGoes"] == "true",
        _said_by(view, row["source"] or ""),
        view.tail(row["title"] or "", f"sources/{slug(row['source'] or '')}"),
    )


def claims(
    view: View, about: str | None = None, source: str | None = None, verdict: str | None = None
) -> Claims:
    """Answer what sources say: `about` one thing (kind/slug), or everything by one `source`.

    The statements of a document that the record examines come with their verdicts; `verdict` keeps
    those with one verdict only.
    """
    if bool(about) == bool(source):
        message = "Name either about=kind/slug, as action/pol-ottawa-withdrawal, or source=slug."
        raise WrongUse(message)
    if verdict:
        _must_be_a_verdict(view, verdict)
    speaker = _source_row(view, source)["source"] or "" if source else None
    found = _said_by(view, speaker) if speaker else _claim_rows(view, [_event(view, about or "")])
    wanted = slug(speaker) if speaker else None
    found += [row for row in examined_claims(view, wanted) if about in {None, row.about}]
    title = f"Claims about {about}" if about else f"Claims of {source}"
    kept = [row for row in found if verdict in {None, _verdict(row)}]
    asked = {"about": about, "source": wanted, "verdict": verdict}
    return Claims(about, wanted, view.known_text, kept, view.tail(title, "claims", None, asked))


def _said_by(view: View, speaker: str) -> list[ClaimRow]:
    """Answer everything that one source says of events."""
    events = [row["about"] or "" for row in view.ask("said", source=speaker)]
    return [row for row in _claim_rows(view, events) if row.claim.source.id == slug(speaker)]


def _claim_rows(view: View, events: Iterable[str]) -> list[ClaimRow]:
    return [
        ClaimRow(event.removeprefix(ID), claim)
        for event, said in sorted(claims_about(view, events).items())
        for claim in said
    ]


def _verdict(row: ClaimRow) -> str:
    return row.examined.verdict if row.examined else row.claim.source.says


def _must_be_a_verdict(view: View, verdict: str) -> None:
    rows = view.store.select("SELECT ?code WHERE { ?code skos:inScheme code:verdicts }")
    known = {*(slug(row["code"] or "") for row in rows), *STANDINGS}
    if verdict not in known:
        what = "verdict"
        raise UnknownName(what, verdict, known)


def _event(view: View, about: str) -> str:
    kind_of_thing, _, name = about.removeprefix(ID).partition("/")
    event = iri(kind_of_thing, name)
    known = {row["about"] or "" for row in view.store.select(_ALL_EVENTS)}
    if event not in known:
        what = "event"
        raise UnknownName(what, about, (e.removeprefix(ID) for e in known))
    return event


_ALL_EVENTS = "SELECT DISTINCT ?about WHERE { ?claim dep:about|dep:concerns ?about }"


def _source_row(view: View, name: str) -> Row:
    rows = view.ask("sources")
    for row in rows:
        if name.casefold() in {
            slug(row["source"] or ""),
            *(row["references"] or "").lower().split(),
        }:
            return row
    what = "source"
    raise UnknownName(what, name, (slug(row["source"] or "") for row in rows))


def _treaty_row(view: View, row: Row) -> TreatyRow:
    thing = row["treaty"] or ""
    number = len(view.ask("parties", treaty=thing, on=view.on))
    return TreatyRow(
        slug(thing),
        row["name"] or "",
        row["number"],
        row["signatureFrom"],
        row["inForceOn"],
        number,
    )


def _rule_row(row: Row) -> RuleRow:
    return RuleRow(
        slug(row["rule"] or ""),
        row["name"] or "",
        row["article"] or "",
        slug(row["trigger"] or ""),
        slug(row["runsFrom"] or ""),
        row["period"],
        slug(row["landsOn"]) if row["landsOn"] else None,
        row["afterCount"],
        slug(row["deferredWhile"]) if row["deferredWhile"] else None,
        slug(row["bringsAbout"] or ""),
        (row["sources"] or "").split(),
    )
