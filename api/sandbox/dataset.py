"""Which graphs a query is asked of: by the protocol, by FROM, or all there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from pyoxigraph import NamedNode

from api.sandbox.tokens import may_say, tokens_of
from graph.errors import RefusedQuery

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pyoxigraph import Store

    from api.sandbox.wire import Question

SHOWN = 5


@dataclass
class _Names:
    """The base and the prefixes that a query has declared so far."""

    base: str
    prefixes: dict[str, str] = field(default_factory=dict[str, str])

    def iri(self, kind: str, token: str) -> str | None:
        """Answer the IRI that a token means; None where it cannot be one."""
        if kind == "iri":
            return urljoin(self.base, token[1:-1])
        prefix, colon, rest = token.partition(":")
        return self.prefixes[prefix] + rest if colon and prefix in self.prefixes else None


def chosen_by_text(text: str, base: str | None, prefixes: Mapping[str, str]) -> list[str]:
    """Answer the IRIs of the graphs that a query names after FROM and FROM NAMED."""
    if not may_say(text, "FROM"):
        return []
    names, chosen = _Names(base or "", dict(prefixes)), list[str]()
    tokens = iter(tokens_of(text))
    for kind, token in tokens:
        word = token.upper() if kind == "word" else ""
        if word == "BASE":
            names.base = names.iri(*_next(tokens)) or names.base
        elif word == "PREFIX":
            _, name = _next(tokens)
            names.prefixes[name.rstrip(":")] = names.iri(*_next(tokens)) or ""
        elif word == "FROM":
            graph = _next(tokens)
            named = graph[0] == "word" and graph[1].upper() == "NAMED"
            chosen.append(names.iri(*(_next(tokens) if named else graph)) or "")
    return [iri for iri in chosen if iri]


def dataset_of(
    store: Store, question: Question, prefixes: Mapping[str, str], *, union: bool
) -> dict[str, object]:
    """Answer the arguments by which the engine is told of which graphs to ask.

    A dataset of the protocol wins over FROM (SPARQL 1.1 Protocol, 2.1.4). A graph that is not
    here is refused: nothing is ever fetched.
    """
    default, named = question.default_graphs, question.named_graphs
    if default is not None or named is not None:
        _refuse_unknown(store, [*(default or ()), *(named or ())])
        return {
            "default_graph": [NamedNode(iri) for iri in default or ()],
            "named_graphs": [NamedNode(iri) for iri in named or ()],
        }
    chosen = chosen_by_text(question.text, question.base, prefixes)
    _refuse_unknown(store, chosen)
    # The engine would overlook FROM beside the union.
    return {"use_default_graph_as_union": union and not chosen}


def _refuse_unknown(store: Store, iris: Sequence[str]) -> None:
    for iri in iris:
        if not _is_here(store, iri):
            here = sorted(str(graph) for graph in store.named_graphs())
            more = ", …" if len(here) > SHOWN else ""
            graphs = ", ".join(here[:SHOWN]) + more or "none besides the default graph"
            message = (
                f"The graph <{iri[:200]}> is refused: this service reads its own data only and "
                f"fetches nothing. Its named graphs are: {graphs}."
            )
            raise RefusedQuery(message)


def _is_here(store: Store, iri: str) -> bool:
    try:
        return store.contains_named_graph(NamedNode(iri))
    except ValueError:
        return False


def _next(tokens: Iterator[tuple[str, str]]) -> tuple[str, str]:
    return next(tokens, ("", ""))
