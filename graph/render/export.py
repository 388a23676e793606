"""A picture as a graph for other programs: GraphML and GEXF, places and sources kept."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import networkx as nx

from graph.render.style import look, words
from graph.render.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.render.picture import Link, Mark, Picture, Source

HEADING = "heading"


def to_graphml(picture: Picture) -> str:
    """The marks and links of a picture as GraphML."""
    out = BytesIO()
    nx.write_graphml_xml(_graph(picture), out)
    return out.getvalue().decode("utf-8")


def to_gexf(picture: Picture) -> str:
    """The marks and links of a picture as GEXF 1.2, with colours and places for Gephi."""
    graph = _graph(picture)
    for mark in picture.marks:
        if mark.id in graph:
            graph.nodes[mark.id]["viz"] = _seen(mark)
    text = "\n".join(nx.generate_gexf(graph))
    # The writer dates its file, which would make tomorrow's copy of the same picture another one.
    return re.sub(r' lastmodifieddate="[^"]*"', "", text)


def _graph(picture: Picture) -> nx.MultiDiGraph[str]:
    """One node for each thing, however often it appears, and one edge for each statement."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=plain(picture.frame.title))
    same = {mark.id: mark.same or mark.id for mark in picture.marks if mark.kind != HEADING}
    for mark in picture.marks:
        if same.get(mark.id) == mark.id:
            graph.add_node(mark.id, **_node(mark))
    for link in picture.links:
        source, target = same.get(link.source), same.get(link.target)
        if source and target and source != target:
            graph.add_edge(source, target, **_edge(link))
    return graph


def _node(mark: Mark) -> dict[str, str | float]:
    return {
        "label": plain(mark.label),
        "name": plain(mark.name or mark.label),
        "kind": mark.kind,
        "kind_in_words": words(mark.kind),
        "qualifiers": " ".join(mark.qualifiers),
        "group": plain(mark.group),
        "day": str(mark.day) if mark.day else "",
        "detail": plain("; ".join(mark.detail)),
        "href": plain(mark.href or ""),
        "sources": _titles(mark.sources),
        "x": float(round(mark.x, 1)),
        "y": float(round(mark.y, 1)),
    }


def _edge(link: Link) -> dict[str, str]:
    return {
        "label": plain(link.label),
        "kind": link.kind,
        "qualifiers": " ".join(link.qualifiers),
        "day": str(link.day) if link.day else "",
        "sources": _titles(link.sources),
    }


def _titles(sources: Iterable[Source]) -> str:
    return "; ".join(plain(source.title) for source in sources)


def _seen(mark: Mark) -> Mapping[str, object]:
    """Colour, size and place of a mark; the vertical axis of GEXF points upwards."""
    fill = look(mark.kind).fill
    red, green, blue = (int(fill[place : place + 2], 16) for place in (1, 3, 5))
    return {
        "color": {"r": red, "g": green, "b": blue},
        "size": round(max(mark.size, 1.0), 1),
        "position": {"x": round(mark.x, 1), "y": round(-mark.y, 1), "z": 0.0},
    }
