"""The shapes applied to the record: the part of SHACL core that they use, over plain indexes.

A general SHACL engine takes a minute for a record of this size. A test applies both to the same
records, and a shape that uses a constraint this module does not know is an error.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, Literal
from rdflib.collection import Collection
from rdflib.namespace import SH

from graph.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rdflib import Graph
    from rdflib.term import Node

    Check = Callable[["_Data", Node, Sequence[Node], Node], bool]

NO_CONSTRAINT = frozenset(
    {
        SH.path,
        SH.inversePath,
        SH.alternativePath,
        SH.message,
        SH.property,
        SH.targetClass,
        SH.targetSubjectsOf,
    }
)


@dataclass(frozen=True)
class _Part:
    """What a shape says of a thing itself, or of the values that its paths lead to.

    Each way is a property and whether it is followed backwards; no way leads to the thing itself.
    """

    ways: tuple[tuple[Node, bool], ...]
    message: str
    limits: tuple[tuple[Check, Node], ...]


@dataclass(frozen=True)
class _Data:
    """What is said, by subject and by object, and the shapes that it is held against."""

    forward: Mapping[Node, Mapping[Node, list[Node]]]
    backward: Mapping[Node, Mapping[Node, list[Node]]]
    shapes: Mapping[Node, tuple[_Part, ...]]
    lists: Mapping[Node, tuple[Node, ...]]

    def values(self, focus: Node, path: Node, *, inverse: bool = False) -> Sequence[Node]:
        """Answer the values that a path leads to."""
        said = (self.backward if inverse else self.forward).get(focus)
        return said.get(path, ()) if said else ()

    def instances(self, kind: Node) -> Iterator[Node]:
        """Answer everything of a class and of the classes below it."""
        yield from self.values(kind, RDF.type, inverse=True)
        for narrower in self.values(kind, RDFS.subClassOf, inverse=True):
            yield from self.instances(narrower)

    def is_a(self, thing: Node, kind: Node) -> bool:
        """Answer whether a thing is of a class or of a class below it."""
        return any(self._below(found, kind) for found in self.values(thing, RDF.type))

    def _below(self, found: Node, kind: Node) -> bool:
        above = self.values(found, RDFS.subClassOf)
        return found == kind or any(self._below(wider, kind) for wider in above)


def violations(shapes: Graph, *graphs: Graph) -> Iterator[tuple[Node, str]]:
    """Answer each thing that breaks a shape, with the message of the shape."""
    data = _index(shapes, graphs)
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        for focus in set(_targets(data, shapes, shape)):
            yield from ((focus, message) for message in _broken(data, shape, focus))


def _index(shapes: Graph, graphs: Iterable[Graph]) -> _Data:
    forward: dict[Node, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
    backward: dict[Node, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for graph in graphs:
        for subject, predicate, target in graph:
            forward[subject][predicate].append(target)
            backward[target][predicate].append(subject)
    parts = {shape: tuple(_parts(shapes, shape)) for shape in set(shapes.subjects())}
    heads = {*shapes.objects(None, SH["in"]), *shapes.objects(None, SH["or"])}
    lists = {head: tuple(Collection(shapes, head)) for head in heads}
    return _Data(forward, backward, parts, lists)


def _parts(shapes: Graph, shape: Node) -> Iterator[_Part]:
    """Answer what a shape says: first of the thing itself, then of each of its properties."""
    yield _part(shapes, shape)
    for part in shapes.objects(shape, SH.property):
        yield _part(shapes, part)


def _part(shapes: Graph, part: Node) -> _Part:
    path = shapes.value(part, SH.path)
    message = shapes.value(part, SH.message) or "the thing does not fit its shape"
    said = shapes.predicate_objects(part)
    limits = tuple((_check(name), limit) for name, limit in said if name not in NO_CONSTRAINT)
    return _Part(tuple(_ways(shapes, path)) if path else (), str(message), limits)


def _ways(shapes: Graph, path: Node) -> Iterator[tuple[Node, bool]]:
    """Answer the properties of a path: one, one backwards, or several to choose from."""
    inverse = shapes.value(path, SH.inversePath)
    choice = shapes.value(path, SH.alternativePath)
    if choice is not None:
        for way in Collection(shapes, choice):
            yield from _ways(shapes, way)
    else:
        yield (path, False) if inverse is None else (inverse, True)


def _check(constraint: Node) -> Check:
    if constraint.startswith(str(SH)) and constraint not in CHECKS:  # type: ignore[attr-defined]
        message = f"The shapes use {constraint}, which is not applied. Add it to graph/shacl.py."
        raise StoreUnavailable(message)
    return CHECKS.get(constraint, _anything)


def _anything(_data: _Data, _focus: Node, _values: Sequence[Node], _limit: Node) -> bool:
    return True


def _targets(data: _Data, shapes: Graph, shape: Node) -> Iterator[Node]:
    for kind in shapes.objects(shape, SH.targetClass):
        yield from data.instances(kind)
    for predicate in shapes.objects(shape, SH.targetSubjectsOf):
        yield from (focus for focus, said in data.forward.items() if predicate in said)


def _broken(data: _Data, shape: Node, focus: Node) -> Iterator[str]:
    for part in data.shapes[shape]:
        values: Sequence[Node] = (focus,)
        if part.ways:
            values = [
                value
                for path, inverse in part.ways
                for value in data.values(focus, path, inverse=inverse)
            ]
        if not all(check(data, focus, values, limit) for check, limit in part.limits):
            yield part.message


def _conforms(data: _Data, value: Node, shape: Node) -> bool:
    return next(_broken(data, shape, value), None) is None


def _typed(value: Node, datatype: Node) -> bool:
    if not isinstance(value, Literal) or value.ill_typed:
        return False
    return (RDF.langString if value.language else value.datatype) == datatype


def _ordered(values: Iterable[Node], limits: Iterable[Node], *, equal: bool) -> bool:
    pairs = product(values, limits)
    return all(a < b or (equal and a == b) for a, b in pairs)  # type: ignore[operator]


def _one_each(values: Sequence[Node]) -> bool:
    languages = [v.language for v in values if isinstance(v, Literal) and v.language]
    return len(languages) == len(set(languages))


CHECKS: Mapping[Node, Check] = MappingProxyType(
    {
        SH.minCount: lambda _d, _f, values, limit: len(values) >= int(str(limit)),
        SH.maxCount: lambda _d, _f, values, limit: len(values) <= int(str(limit)),
        SH.datatype: lambda _d, _f, values, limit: all(_typed(v, limit) for v in values),
        SH.pattern: lambda _d, _f, values, limit: all(
            re.search(str(limit), str(v)) for v in values
        ),
        SH.maxLength: lambda _d, _f, values, limit: all(
            len(str(v)) <= int(str(limit)) for v in values
        ),
        SH["class"]: lambda data, _f, values, limit: all(data.is_a(v, limit) for v in values),
        SH.node: lambda data, _f, values, limit: all(_conforms(data, v, limit) for v in values),
        SH["not"]: lambda data, _f, values, limit: (
            not any(_conforms(data, v, limit) for v in values)
        ),
        SH.hasValue: lambda _d, _f, values, limit: limit in values,
        SH["in"]: lambda data, _f, values, limit: set(values) <= set(data.lists[limit]),
        SH["or"]: lambda data, _f, values, limit: all(
            any(_conforms(data, v, way) for way in data.lists[limit]) for v in values
        ),
        SH.uniqueLang: lambda _d, _f, values, _limit: _one_each(values),
        SH.lessThan: lambda data, focus, values, limit: _ordered(
            values, data.values(focus, limit), equal=False
        ),
        SH.lessThanOrEquals: lambda data, focus, values, limit: _ordered(
            values, data.values(focus, limit), equal=True
        ),
        SH.minInclusive: lambda _d, _f, values, limit: _ordered((limit,), values, equal=True),
    }
)
