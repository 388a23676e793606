"""Which variables the parts of a query bind: in some solutions, and in every one.

`visible` may name too many and `certain` too few: both err to the side on which a rewriting is
left out (SPARQL 1.1, section 18.2.1, and section 18.5 for which operator binds what).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.sandbox.patterns import Element, Query

CONSTANTS = frozenset(("string", "language", "number", "iri", "name"))


def visible(query: Query, elements: Iterable[Element]) -> set[str]:
    """Answer the variables that may be bound in a solution of these parts together."""
    return set[str]().union(*(_visible(query, element) for element in elements))


def certain(query: Query, elements: Iterable[Element]) -> set[str]:
    """Answer variables that are bound in every solution of these parts together."""
    return set[str]().union(*(_certain(query, element) for element in elements))


def is_constant(query: Query, element: Element) -> bool:
    """Answer whether a part binds its variables to what the text says, each time."""
    texts = query.texts(element.start, element.end)
    if element.kind == "values":
        return "UNDEF" not in texts
    # BIND ( constant AS ?x ): a term alone, a string with its language or datatype.
    inner = query.tokens[element.start + 2 : element.end - 3]
    return element.kind == "bind" and all(t.kind in CONSTANTS or t.text == "^^" for t in inner)


def _visible(query: Query, element: Element) -> set[str]:
    if element.kind in {"filter", "minus"}:
        return set()
    if element.kind == "bind":
        return query.variables(element.end - 2, element.end)
    if element.kind in {"group", "optional", "graph"}:
        inner = [visible(query, group.elements) for group in element.groups]
        return query.variables(element.start, element.groups[0].start).union(*inner)
    return query.variables(element.start, element.end)


def _certain(query: Query, element: Element) -> set[str]:
    match element.kind:
        case "triples":
            return query.variables(element.start, element.end)
        case "values" | "bind":
            bound = _visible(query, element)
            return bound if is_constant(query, element) else set()
        case "group":
            first, *others = (certain(query, inner.elements) for inner in element.groups)
            return first.intersection(*others)
        case "graph":
            named = query.variables(element.start, element.groups[0].start)
            return named | certain(query, element.groups[0].elements)
        case "select":
            return _selected(query, element)
        case _:
            return set()


def _selected(query: Query, element: Element) -> set[str]:
    """Answer what a sub-select binds for certain: plain variables that it takes over."""
    where = element.groups[0]
    inner = certain(query, where.elements)
    head = query.texts(element.start, where.start)
    if "*" in head[:3]:
        return inner
    after = query.texts(where.end, element.end)
    if "(" in head and "GROUP" not in after:
        # An aggregate over no rows gives a row that binds nothing else.
        return set()
    return (inner & query.variables(element.start, where.start)) - _computed(query, element)


def _computed(query: Query, element: Element) -> set[str]:
    """Answer the variables inside the brackets of a sub-select's head."""
    level, found = 0, set[str]()
    for token in query.tokens[element.start : element.groups[0].start]:
        level += (token.text == "(") - (token.text == ")")
        if level and token.variable:
            found.add(token.variable)
    return found
