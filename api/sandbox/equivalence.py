"""When a group may be subtracted with MINUS where it stood in NOT EXISTS: the conditions.

What they are for and why they suffice is told in api/sandbox/rewriting.py, whose letters are used
here: G is the group outside, P the group inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.sandbox.binding import certain, is_constant, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.sandbox.patterns import Element, Group, Query

CLOSURES = frozenset("*+?")
BLANKS = frozenset("[(")
DIFFERING = frozenset(("RAND", "UUID", "STRUUID", "BNODE"))


@dataclass(frozen=True)
class Repetition:
    """Parts of G to be repeated at the start of P: constants, and parts of which `names` are taken.

    The latter are kept apart, in a sub-select, or else the engine mixes their joins with P's.
    """

    constants: tuple[Element, ...]
    required: tuple[Element, ...] = ()
    names: tuple[str, ...] = ()


def repetition(query: Query, outside: Sequence[Element], inside: Group) -> Repetition | None:
    """Answer what is to be repeated of G in P, for MINUS to be equivalent.

    None where it is not proved to be, or where P has no join that the engine would plan badly.
    """
    always = certain(query, outside)
    if not _joins_inside(query, inside, always):
        return None
    if always.isdisjoint(certain(query, inside.elements)):
        return None
    if DIFFERING.intersection(query.texts(inside.start, inside.end)):
        return None
    used = query.variables(inside.start, inside.end)
    constants = [element for element in outside if is_constant(query, element)]
    helpful = tuple(e for e in constants if not used.isdisjoint(visible(query, [e])))
    known = visible(query, outside)
    if _holds(query, inside, known, certain(query, helpful)):
        return Repetition(helpful)
    required = (*constants, *(element for element in outside if _is_required(query, element)))
    names = certain(query, required) & used
    if not names or not _holds(query, inside, known, certain(query, helpful) | names):
        return None
    return Repetition(helpful, required, tuple(sorted(names)))


def names_graph_by_variable(query: Query, element: Element) -> bool:
    """Answer whether a GRAPH pattern leaves open which graph it looks into."""
    return bool(query.variables(element.start, element.groups[0].start))


def _holds(query: Query, group: Group, outer: set[str], given: set[str]) -> bool:
    """Answer whether values of `outer` may be compared after P instead of put into it.

    `given` are variables that have a value in every solution of what stands before the group.
    """
    always = given | certain(query, group.elements)
    before = set(given)
    for element in group.elements:
        bound = always if element.kind == "filter" else before
        if not _part_holds(query, element, outer, bound):
            return False
        before |= certain(query, [element])
    return True


def _part_holds(query: Query, element: Element, outer: set[str], bound: set[str]) -> bool:
    loose = query.variables(element.start, element.end) & outer
    match element.kind:
        case "triples":
            return CLOSURES.isdisjoint(query.texts(element.start, element.end))
        case "values":
            return is_constant(query, element)
        case "filter":
            return loose <= bound
        case "minus":
            # The engine carries the row of G into both sides of a MINUS that stands in EXISTS.
            return False
        case "bind":
            return loose <= bound and visible(query, [element]).isdisjoint(outer)
        case _:
            return _nested_holds(query, element, outer, bound)


def _nested_holds(query: Query, element: Element, outer: set[str], bound: set[str]) -> bool:
    if element.kind == "optional":
        loose = query.variables(element.start, element.end) & outer
        return loose <= bound and _holds(query, element.groups[0], outer, bound)
    named = element.kind == "graph" and not names_graph_by_variable(query, element)
    if not (named or element.kind == "group"):
        return False
    return all(_holds(query, inner, outer, set()) for inner in element.groups)


def _is_required(query: Query, element: Element) -> bool:
    """Answer whether a part holds in every solution of its group and may be said twice."""
    if element.kind != "triples" or not query.variables(element.start, element.end):
        return False
    tokens = query.tokens[element.start : element.end]
    texts = {token.text for token in tokens}
    return texts.isdisjoint(CLOSURES | BLANKS) and not any(t.kind == "blank" for t in tokens)


def _joins_inside(query: Query, group: Group, always: set[str]) -> bool:
    """Answer whether two patterns of a group share a variable that G leaves open, or a blank node.

    Without such a join the engine looks each row of G up in an index, which MINUS does not better.
    """
    seen: list[str] = []
    for element in _flat(group):
        subject = "."
        for token in query.tokens[element.start : element.end]:
            if token.kind == "blank" or token.text == "[":
                return True
            subject = token.text if subject == "." else subject
            local = token.variable and token.variable not in always
            seen += [token.text] if local else []
            if token.text in {";", ","} and subject in seen:
                return True
            subject = "." if token.text == "." else subject
    return len(seen) > len(set(seen))


def _flat(group: Group) -> list[Element]:
    """Answer the triples of a group and of the groups that are joined to it."""
    found: list[Element] = []
    for element in group.elements:
        if element.kind == "triples":
            found.append(element)
        elif element.kind in {"group", "graph"}:
            found += [inner for part in element.groups for inner in _flat(part)]
    return found
