"""Strangers' queries in an equivalent spelling that the engine plans well.

Oxigraph joins the inside of NOT EXISTS without keys, once for each row outside: seconds where the
same question with MINUS takes milliseconds. `rewrite` puts MINUS in the place of
`FILTER NOT EXISTS {P}`, and of `OPTIONAL {P}` with `FILTER (!BOUND(?x))`, where both give the
same rows with the same multiplicity.

Why NOT EXISTS may become MINUS. Let G be the group without the filter and m a solution of G.
NOT EXISTS keeps m if P, with m's values in place of its variables, has no solution (SPARQL 1.1,
section 18.6). MINUS keeps m if no solution of P is compatible with m, or none shares a bound
variable with it (section 18.5). The second half never applies if some variable is bound in every
solution of G and in every solution of P. For the first half, the solutions of P with m's values
put in have to be those of P that are compatible with m. By induction over P:

* a triple pattern or a path without `* + ?` matches the same terms whether a value is put in or
  compared afterwards (`*` and `?` match a value that is nowhere in the data only if it is put in);
* join, union, VALUES without UNDEF, and GRAPH with a name hand the property on from their parts;
* a filter says the same if each of its variables that G may bind has, in its own group, a value in
  every solution: the two values are equal. So do BIND and OPTIONAL, where the variable must be
  bound by what stands before; inside OPTIONAL this goes for all its variables;
* MINUS, sub-SELECT, GRAPH with a variable, and functions that differ at each call are left alone:
  MINUS looks at which variables are bound, and there the engine departs from the specification.

If a filter of P uses a variable that only G binds, the required parts of G that bind such variables
(triples, VALUES, BIND of a constant) are repeated at the start of P: m is a solution of them, and
only their solution with m's own values is compatible with m, so the above holds for P with them.
Repeated triples stand in a sub-SELECT DISTINCT of the variables that P uses: that changes how often
a solution of P with them occurs, not whether.

Why OPTIONAL with !BOUND(?x) may become MINUS. Let x be bound in every solution of P and by nothing
else in the group, and G what stands before OPTIONAL. A row without x is a solution of G with
which no solution of P is compatible that satisfies P's filters; those see G's variables (section
18.2.2.6), hence the same condition on them. P's own variables stay unbound in such rows; they
must occur nowhere else, so that no legal query becomes illegal or the reverse.

A filter directly in an OPTIONAL sees the other side of it, and inside an EXISTS that stays, values
are put in: nothing is rewritten there, nor inside GRAPH with a variable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from api.sandbox.binding import certain, visible
from api.sandbox.equivalence import Repetition, names_graph_by_variable, repetition
from api.sandbox.patterns import Query, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from api.sandbox.patterns import Element, Existence, Group

LONGEST_READ = 64 * 1024
LONGEST_WRITTEN = 4 * LONGEST_READ
MOST_CANDIDATES = 20
CANDIDATE = re.compile(r"\bEXISTS\b|\bBOUND\b")
EXISTENCE, OPTIONAL = "not-exists-as-minus", "optional-as-minus"
HEADS = frozenset(("SELECT", "DISTINCT", "REDUCED", "DESCRIBE"))


@dataclass(frozen=True)
class Rewriting:
    """A query to be put to the engine, and what was done to it in words for a response header."""

    text: str
    done: tuple[str, ...] = ()


def rewrite(text: str) -> Rewriting:
    """Answer an equivalent query that the engine plans well, or the same text.

    Reads the text once; at most 20 places are looked at, in time linear in the text for each. A
    text that is too long, or that the reader does not know, comes back as it is.
    """
    capital = text.upper()
    found = CANDIDATE.findall(capital) if "EXISTS" in capital or "BOUND" in capital else ()
    if not found or len(found) > MOST_CANDIDATES or len(text) > LONGEST_READ:
        return Rewriting(text)
    try:
        query = Query.read(text)
    except Unreadable:
        return Rewriting(text)
    writer = _Writer(query, text)
    writer.group(query.where)
    written = writer.written(0, len(text))
    if not writer.done or len(written) > LONGEST_WRITTEN:
        return Rewriting(text)
    return Rewriting(written, tuple(sorted(set(writer.done))))


@dataclass
class _Writer:
    """Collects what is to be changed in a text, innermost first."""

    query: Query
    text: str
    done: list[str] = field(default_factory=list)
    edits: list[tuple[int, int, str]] = field(default_factory=list)

    def group(self, group: Group, *, in_optional: bool = False) -> None:
        """Rewrite what can be in a group and in the groups inside it."""
        for element in group.elements:
            if element.kind == "graph" and names_graph_by_variable(self.query, element):
                continue
            for inner in element.groups:
                self.group(inner, in_optional=element.kind == "optional")
        if in_optional:
            return
        for index, element in enumerate(group.elements):
            for existence in element.existences:
                self._not_exists(group, element, existence)
            if element.kind == "optional":
                self._optional(group, index)

    def written(self, start: int, end: int) -> str:
        """Answer a part of the text with the changes made in it."""
        parts: list[str] = []
        for first, last, instead in sorted(self.edits):
            if start <= first and last <= end:
                parts += [self.text[start:first], instead]
                start = last
        return "".join([*parts, self.text[start:end]])

    def _not_exists(self, group: Group, element: Element, existence: Existence) -> None:
        inside = existence.group
        place = (existence.start, inside.end + 1)
        if not existence.negated or place not in element.conjuncts:
            return
        repeated = repetition(self.query, group.elements, inside)
        if repeated is None:
            return
        self.group(inside)
        minus = self._minus(repeated, inside)
        self._replace(place, "(true)" if place[0] == element.start + 1 else "true")
        closing = self.query.tokens[group.end].start
        self.edits.append((closing, closing, f" {minus} "))
        self.done.append(EXISTENCE)

    def _optional(self, group: Group, index: int) -> None:
        optional, before = group.elements[index], group.elements[:index]
        tested = self._tested(group, optional)
        if tested is None or not self._is_private(optional, before, tested):
            return
        inside = optional.groups[0]
        repeated = repetition(self.query, before, inside)
        if repeated is None:
            return
        self._replace((optional.start, optional.end), self._minus(repeated, inside))
        self._replace(tested, "true")
        self.done.append(OPTIONAL)

    def _tested(self, group: Group, optional: Element) -> tuple[int, int] | None:
        """Answer where `!BOUND(?x)` stands, with an ?x that the OPTIONAL always binds."""
        bound = certain(self.query, optional.groups[0].elements)
        for start, end in (part for element in group.elements for part in element.conjuncts):
            texts = self.query.texts(start, end)
            if texts[:3] == ["!", "BOUND", "("] and texts[4:] == [")"] and texts[3][1:] in bound:
                return start, end
        return None

    def _is_private(
        self, optional: Element, before: Sequence[Element], tested: tuple[int, int]
    ) -> bool:
        """Answer whether what only the OPTIONAL binds is named nowhere else but in the test."""
        tokens = self.query.tokens
        own = visible(self.query, [optional]) - visible(self.query, before)
        inside = {*range(optional.start, optional.end), *range(*tested)}
        others = {token.variable for place, token in enumerate(tokens) if place not in inside}
        pairs = pairwise(tokens)
        takes_all = any(one.text in HEADS and two.text == "*" for one, two in pairs)
        return tokens[tested[0] + 3].variable in own and own.isdisjoint(others) and not takes_all

    def _minus(self, repeated: Repetition, group: Group) -> str:
        """Answer MINUS with the text of a group, after parts that are repeated in it."""
        tokens = self.query.tokens
        body = self.written(tokens[group.start].end, tokens[group.end].start)
        before = self._sources(repeated.constants)
        if repeated.names:
            names = " ".join(f"?{name}" for name in repeated.names)
            inner = self._sources(repeated.required)
            before += f"{{ SELECT DISTINCT {names} WHERE {{ {inner}}} }} "
        return f"MINUS {{ {before}{body}}}"

    def _sources(self, elements: Iterable[Element]) -> str:
        tokens = self.query.tokens
        texts = (self.text[tokens[e.start].start : tokens[e.end - 1].end] for e in elements)
        return "".join(f"{text.strip('. ')} . " for text in texts)

    def _replace(self, place: tuple[int, int], instead: str) -> None:
        first, last = self.query.tokens[place[0]], self.query.tokens[place[1] - 1]
        self.edits.append((first.start, last.end, instead))
