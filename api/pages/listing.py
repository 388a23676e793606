"""The pages that list treaties and states."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.answers import listings
from api.pages.frame import Alternate, Head, Links, show
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi.responses import HTMLResponse

    from api.answers.state_shapes import StateRow
    from api.answers.treaty_shapes import TreatyRow
    from api.answers.view import View

MOVED = """SELECT ?treaty ?code ?name ?status ?qualifier WHERE {{
  ?participation a dep:Participation ; dep:underTreaty ?treaty ; dep:ofActor ?state ;
    dep:status ?status ; dep:validFrom ?from .
  ?state skos:notation ?code ; skos:prefLabel ?name .
  OPTIONAL {{ ?participation dep:qualifier ?qualifier }}
  OPTIONAL {{ ?participation dep:validUntil ?until }}
  FILTER (?from <= {on} && (!BOUND(?until) || {on} < ?until))
  FILTER (?status = code:formerParty || ?qualifier = code:withdrawalPending)
}} ORDER BY ?treaty ?name"""


@dataclass(frozen=True)
class Line:
    """One treaty of the list, with those who left it and those who are leaving."""

    treaty: TreatyRow
    left: Sequence[tuple[str, str]]
    leaving: Sequence[tuple[str, str]]


def treaties_page(view: View) -> HTMLResponse:
    """Answer the treaties of the record, how many are bound, and who left."""
    rows = listings.treaties(view).treaties
    moved = _moved(view)
    lines = [
        Line(row, moved[row.id, "formerParty"], moved[row.id, "withdrawalPending"]) for row in rows
    ]
    head = Head(
        "Treaties",
        f"The {len(rows)} treaties of the record, with their parties and those who left.",
        "treaties",
        _alternates(view, "treaties"),
    )
    return show(view, "treaties.html", head, lines=lines)


def states_page(view: View) -> HTMLResponse:
    """Answer the states of the record by region."""
    rows = listings.states(view).states
    regions: dict[str, list[StateRow]] = defaultdict(list)
    for row in rows:
        regions[row.region or "other"].append(row)
    head = Head(
        "States",
        f"The {len(rows)} states and entities of the record that treaties are open to.",
        "states",
        _alternates(view, "states"),
    )
    return show(view, "states.html", head, regions=dict(sorted(regions.items())), total=len(rows))


def _moved(view: View) -> dict[tuple[str, str], list[tuple[str, str]]]:
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    on = f'"{view.on_text}"^^xsd:date'
    for row in view.store.select(MOVED.format(on=on)):
        status = slug(row["status"] or "")
        kind = status if status == "formerParty" else "withdrawalPending"
        state = (row["code"] or "", row["name"] or "")
        if state not in found[slug(row["treaty"] or ""), kind]:
            found[slug(row["treaty"] or ""), kind].append(state)
    return found


def _alternates(view: View, path: str) -> list[Alternate]:
    links = Links.of(view)
    return [
        Alternate("application/json", "JSON", links.to(f"{path}.json")),
        Alternate("text/csv", "CSV", links.to(f"{path}.csv")),
    ]
