"""Networks as files that other programs open: GraphML and GEXF."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, TypeAlias

import networkx as nx

from graph.errors import NotComputable, UnknownName

if TYPE_CHECKING:
    from collections.abc import Mapping

Graph: TypeAlias = "nx.Graph[str] | nx.MultiDiGraph[str]"

FORMATS = ("graphml", "gexf")
# What XML 1.0 has no way to write.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WRITTEN_TODAY = re.compile(rb' lastmodifieddate="[0-9-]+"')


def exported(graph: Graph | None, form: str, about: Mapping[str, str]) -> bytes:
    """Answer a network as GraphML or GEXF.

    Parameters
    ----------
    graph : networkx.Graph or networkx.MultiDiGraph, optional
        The network; None where a measure has none.
    form : {"graphml", "gexf"}
        The format.
    about : mapping
        What the file says of itself: day, data version, measure. GraphML carries it as attributes
        of the graph, GEXF as its name. Neither carries the day of writing, so that the same
        network is the same file.

    Returns
    -------
    bytes

    Raises
    ------
    UnknownName
        If there is no such format.
    NotComputable
        If the measure has no network to write.

    """
    if form not in FORMATS:
        kind = "format of networks"
        raise UnknownName(kind, form, FORMATS)
    if graph is None:
        message = f"This measure answers a table, and no network that {form} could hold. "
        message += "Ask for csv or json."
        raise NotComputable(message)
    clean = _clean(graph)
    clean.graph.clear()
    file = io.BytesIO()
    if form == "graphml":
        clean.graph.update(about)
        nx.write_graphml_xml(clean, file)
        return file.getvalue()
    clean.graph["name"] = ", ".join(f"{key} {value}" for key, value in about.items())
    nx.write_gexf(clean, file)
    return WRITTEN_TODAY.sub(b"", file.getvalue())


def _clean(graph: Graph) -> Graph:
    """Answer a copy whose texts XML can hold; unknown values are left out."""
    copy = nx.relabel_nodes(graph, {node: _text(node) for node in graph})
    for _, attributes in copy.nodes(data=True):
        _clean_attributes(attributes)
    for *_, attributes in copy.edges(data=True):
        _clean_attributes(attributes)
    return copy


def _clean_attributes(attributes: dict[str, object]) -> None:
    for key, value in list(attributes.items()):
        if value is None:
            del attributes[key]
        elif isinstance(value, str):
            attributes[key] = _text(value)


def _text(value: str) -> str:
    return NOT_XML.sub("\ufffd", value)
