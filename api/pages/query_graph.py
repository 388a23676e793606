"""The answer to a query as a picture: what is most tied in the middle, what touches it around."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.answers.things import shortened
from graph.render.layout import Node
from graph.render.neighbourhood import neighbourhood
from graph.render.picture import Frame, Link
from graph.render.svg import to_svg
from ontology.namespaces import BASE, kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from api.answers.view import View
    from api.pages.query import Found

MOST_THINGS = 40
MOST_TEXT = 60_000
LONGEST_LABEL = 60

Triple = tuple[str, str, str]


@dataclass(frozen=True)
class Drawn:
    """A picture of an answer: its address with the picture in it, its sentence, its triples."""

    src: str
    sentence: str
    width: int
    height: int


def triples_of(found: Found) -> list[Triple]:
    """Answer the statements of a small answer in Turtle, or the ties between things of its rows."""
    if found.triples is None:
        return list(_of_rows(found))
    if found.total > MOST_TEXT:
        return []
    from rdflib import Graph

    parsed = Graph().parse(data=found.triples, format="turtle")
    return sorted((str(s), str(p), str(o)) for s, p, o in parsed)


def drawn(view: View, triples: Sequence[Triple]) -> Drawn | None:
    """Answer the picture of the things that hang together with the one that is most tied."""
    ties = list(dict.fromkeys(t for t in triples if _is_thing(t[0]) and _is_thing(t[2])))
    degrees = Counter(end for s, _, o in ties if s != o for end in (s, o))
    if not degrees:
        return None
    middle = max(degrees, key=lambda one: (degrees[one], one))
    chosen = _around(middle, ties)
    links = [Link(s, o, _short(p)) for s, p, o in ties if s in chosen and o in chosen and s != o]
    nodes = [_node(view, one) for one in chosen]
    sentence = f"{len(nodes)} of {len(degrees)} things and {len(links)} ties between them."
    frame = Frame("Answer as a graph", sentence, view.on, "", view.version, "")
    picture = neighbourhood(frame, nodes[0], nodes[1:], links)
    image = b64encode(to_svg(picture, framed=False).encode()).decode()
    size = round(picture.width), round(picture.height)
    return Drawn(f"data:image/svg+xml;base64,{image}", sentence, *size)


def _around(middle: str, ties: Sequence[Triple]) -> list[str]:
    """Answer the things next to the middle, then those behind them, up to the most."""
    beside: dict[str, dict[str, None]] = {}
    for s, _, o in ties:
        beside.setdefault(s, {})[o] = None
        beside.setdefault(o, {})[s] = None
    found, waiting = {middle: None}, deque([middle])
    while waiting:
        for one in beside[waiting.popleft()]:
            if one not in found and len(found) < MOST_THINGS:
                found[one] = None
                waiting.append(one)
    return list(found)


def _of_rows(found: Found) -> Iterator[Triple]:
    """Answer the ties of a table: from the first thing of a row to each other, by its column."""
    for row in found.rows:
        things = [
            (name, f"{BASE}{cell.href.partition('?')[0].lstrip('/')}")
            for name, cell in zip(found.columns, row, strict=True)
            if cell.href and cell.href.startswith("/")
        ]
        for name, thing in things[1:]:
            yield things[0][1], name, thing


def _is_thing(term: str) -> bool:
    return term.startswith(BASE)


def _node(view: View, thing: str) -> Node:
    label = view.names.labels.get(thing) or shortened(thing).rpartition(":")[2] or thing
    kept = label if len(label) <= LONGEST_LABEL else f"{label[:LONGEST_LABEL]}…"
    return Node(thing, kept, kind(thing))


def _short(name: str) -> str:
    return shortened(name).rpartition(":")[2]
