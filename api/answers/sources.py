"""What each document says of an event, and whether it is accepted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from api.answers.act_shapes import ClaimSaid
from api.answers.shapes import SourceRef
from graph.dates import Span, parse_day
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from api.answers.view import View
    from graph.store import Row

STANDINGS = ("accepted", "agrees", "contests")


def claims_about(view: View, events: Iterable[str]) -> Mapping[str, list[ClaimSaid]]:
    """Answer the claims about each of some events, the highest authority first."""
    found: dict[str, list[ClaimSaid]] = defaultdict(list)
    wanted = " ".join(sorted(set(events)))
    if wanted:
        for row in view.ask("claims", about=wanted):
            found[row["about"] or ""].append(_claim(row))
    return found


def sources_of(claims: Sequence[ClaimSaid]) -> list[SourceRef]:
    """Answer the sources of some claims, each once, with the weightiest that it says."""
    best: dict[str, SourceRef] = {}
    for claim in claims:
        source = claim.source
        held = best.get(source.id)
        if held is None or STANDINGS.index(source.says) < STANDINGS.index(held.says):
            best[source.id] = source
    return list(best.values())


def bounded_day(row: Row, day: str, *, bounds: tuple[str, str]) -> str | None:
    """Answer a day as ISO text, or its bounds in EDTF, or None where nothing is known."""
    if row[day]:
        return row[day]
    first, last = (row[name] for name in bounds)
    if not (first or last):
        return None
    return str(Span(parse_day(first) if first else None, parse_day(last) if last else None))


def _claim(row: Row) -> ClaimSaid:
    day = bounded_day(row, "depositedOn", bounds=("notEarlierThan", "notLaterThan"))
    deposited = day if not row["doneOn"] and "/action/" in (row["about"] or "") else None
    done = row["doneOn"] or (None if deposited else day)
    return ClaimSaid(
        slug(row["claim"] or ""),
        source_ref(row, _says(row)),
        done,
        deposited,
        row["circulatedOn"],
        row["effectiveOn"],
        row["notice"],
        row["statesAction"] or None,
        row["note"],
        slug(row["statesInstrument"]) if row["statesInstrument"] else None,
        row["inWords"],
    )


def all_sources(view: View) -> Mapping[str, SourceRef]:
    """Answer every source of the record by its IRI, the highest authority first."""
    return {row["source"] or "": source_ref(row) for row in view.ask("sources")}


def source_ref(row: Row, says: str = "agrees") -> SourceRef:
    """Answer the source of a row."""
    return SourceRef(
        slug(row["source"] or ""),
        row["title"] or "",
        row["publisher"] or "",
        row["issued"],
        row["authority"] or "",
        row["url"],
        says,
    )


def _says(row: Row) -> str:
    if row["accepts"]:
        return "accepted"
    return (
        "contests"
        if row["contests"] or row["statesAction"] or row["statesInstrument"]
        else "agrees"
    )
