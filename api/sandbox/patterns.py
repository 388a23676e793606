"""The group graph patterns of a query, read far enough to tell what each part binds.

A strict reader of the part of SPARQL 1.1 (section 19.8) that the rewriting understands, in time
linear in the text. It accepts no more than it understands: anything else raises Unreadable, and
the query goes to the engine as it was sent. It does not check a query; the engine does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

DEEPEST_NESTING = 60

# ASCII outside strings, IRIs and comments: what the engine allows beyond it is left alone.
TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r\n]+|\#[^\n\r]*)
    | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
        |"(?:[^"\\\n\r]|\\.)*+"|'(?:[^'\\\n\r]|\\.)*+')
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)
    | (?P<variable>[?$]\w++)
    | (?P<blank>_:\w(?:[\w-]++|\.++(?=[\w-]))*+)
    | (?P<name>(?:[A-Za-z](?:[\w-]++|\.++(?=[\w-]))*+)?+
        :(?:[\w:%](?:[\w:%-]++|\.++(?=[\w:%-]))*+)?+)
    | (?P<number>\d*\.\d+(?:[eE][+-]?\d+)?|\d+(?:\.?[eE][+-]?\d+)?)
    | (?P<word>[A-Za-z](?:[\w-]++|\.++(?=[\w-]))*+)
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
    | (?P<mark>\^\^|&&|\|\||!=|<=|>=|[{}()\[\].,;/|^*+?!=<>-])
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
# Quoted triples and annotations of RDF 1.2 would be read as other marks.
UNKNOWN_MARKS = re.compile(r"<<|>>|\{\||\|\}")
OPERANDS = frozenset(("variable", "string", "number", "language"))
STARTS = frozenset(("OPTIONAL", "MINUS", "GRAPH", "FILTER", "BIND", "VALUES"))
IN_TRIPLES = frozenset(".;,[]()/|^*+?!-") | {"^^"}


class Unreadable(Exception):
    """The text holds something that this reader does not know; it may well be good SPARQL."""


class Token(NamedTuple):
    """One token: its kind, its text (keywords in capitals) and where it stands."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def variable(self) -> str | None:
        """Answer the name of a variable, without its mark."""
        return self.text[1:] if self.kind == "variable" else None


@dataclass(frozen=True)
class Existence:
    """An EXISTS or NOT EXISTS in a filter, and the place of its first token."""

    group: Group
    negated: bool
    start: int


@dataclass(frozen=True)
class Element:
    """One part of a group: triples, group, optional, minus, graph, filter, bind, values, select.

    `start` and `end` are the places of its first token and of the one after its last. A filter has
    `conjuncts`: places of its parts where it holds only if each of them does.
    """

    kind: str
    start: int
    end: int
    groups: tuple[Group, ...] = ()
    existences: tuple[Existence, ...] = ()
    conjuncts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Group:
    """A group graph pattern: the places of its braces, and its parts in order."""

    start: int
    end: int
    elements: tuple[Element, ...]


@dataclass
class Query:
    """A query that was read: its tokens and the group of its WHERE."""

    tokens: list[Token]
    where: Group = field(init=False)

    @classmethod
    def read(cls, text: str) -> Query:
        """Read a query; raises Unreadable."""
        query = cls(_tokens(text))
        try:
            query.where, end = query._form(query._prologue(), 0)
            query._rest(end, last="")
        except IndexError as error:
            # The text ends where more has to follow.
            raise Unreadable from error
        return query

    def variables(self, start: int, end: int) -> set[str]:
        """Answer the variables that stand between two places."""
        return {token.text[1:] for token in self.tokens[start:end] if token.kind == "variable"}

    def texts(self, start: int, end: int) -> list[str]:
        """Answer the tokens between two places as text."""
        return [token.text for token in self.tokens[start:end]]

    def _prologue(self) -> int:
        place = 0
        while self.tokens[place].text in {"PREFIX", "BASE"}:
            place += 3 if self.tokens[place].text == "PREFIX" else 2
        return place

    def _form(self, place: int, depth: int) -> tuple[Group, int]:
        """Read a query form up to the end of its group; answer the group and the place after."""
        form = self.tokens[place].text
        if form not in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}:
            raise Unreadable
        if form == "CONSTRUCT" and self.tokens[place + 1].text == "{":
            place = self._closing(place + 1, "{", "}") + 1
        while self.tokens[place].text != "{":
            place = self._closing(place, "(", ")") if self.tokens[place].text == "(" else place
            place += 1
        return self._group(place, depth)

    def _rest(self, place: int, last: str) -> int:
        """Answer where the solution modifiers and the last VALUES end."""
        while self.tokens[place].text != last:
            place = self._closing(place, "{", "}") if self.tokens[place].text == "{" else place
            place += 1
        return place

    def _closing(self, place: int, opening: str, closing: str) -> int:
        """Answer the place of the bracket that closes the one at a place."""
        depth = 0
        while True:
            text = self.tokens[place].text
            depth += (text == opening) - (text == closing)
            if depth == 0:
                return place
            place += 1

    def _group(self, place: int, depth: int) -> tuple[Group, int]:
        if depth > DEEPEST_NESTING or self.tokens[place].text != "{":
            raise Unreadable
        start, elements = place, list[Element]()
        place += 1
        if self.tokens[place].text == "SELECT":
            inner, end = self._form(place, depth + 1)
            end = self._rest(end, last="}")
            return Group(start, end, (Element("select", place, end, (inner,)),)), end + 1
        while self.tokens[place].text != "}":
            element = self._element(place, depth)
            elements.append(element)
            place = element.end
        return Group(start, place, tuple(elements)), place + 1

    def _element(self, place: int, depth: int) -> Element:
        first = self.tokens[place]
        if first.text == "{":
            return self._union(place, depth)
        if first.kind != "word" or first.text not in STARTS:
            return self._triples(place)
        if first.text == "FILTER":
            return self._filter(place, depth)
        if first.text == "BIND":
            return self._bind(place)
        if first.text == "VALUES":
            brace = self._find(place, "{")
            return Element("values", place, self._closing(brace, "{", "}") + 1)
        inner = place + (2 if first.text == "GRAPH" else 1)
        group, end = self._group(inner, depth + 1)
        return Element(first.text.lower(), place, end, (group,))

    def _union(self, place: int, depth: int) -> Element:
        start, groups = place, list[Group]()
        group, place = self._group(place, depth + 1)
        groups.append(group)
        while self.tokens[place].text == "UNION":
            group, place = self._group(place + 1, depth + 1)
            groups.append(group)
        return Element("group", start, place, tuple(groups))

    def _triples(self, place: int) -> Element:
        start = place
        while not (self.tokens[place].text in {"{", "}"} or self._starts(place)):
            token = self.tokens[place]
            known = token.text in IN_TRIPLES if token.kind == "mark" else True
            if not known or (token.kind == "word" and token.text not in {"A", "TRUE", "FALSE"}):
                raise Unreadable
            place += 1
        if place == start:
            raise Unreadable
        return Element("triples", start, place)

    def _starts(self, place: int) -> bool:
        token = self.tokens[place]
        return token.kind == "word" and token.text in STARTS

    def _bind(self, place: int) -> Element:
        end = self._closing(self._find(place, "("), "(", ")")
        if "{" in self.texts(place, end) or self.tokens[end - 1].kind != "variable":
            raise Unreadable
        return Element("bind", place, end + 1)

    def _filter(self, place: int, depth: int) -> Element:
        start, after = place, self.tokens[place + 1].text
        if after in {"NOT", "EXISTS"}:
            found, end = self._existence(place + 1, depth)
            return Element("filter", start, end, (), (found,), ((start + 1, end),))
        place, level = self._find(place, "("), 0
        existences: list[Existence] = []
        while True:
            text = self.tokens[place].text
            if text in {"NOT", "EXISTS"} and not self._is_operator_not_in(place):
                found, place = self._existence(place, depth)
                existences.append(found)
                continue
            if text in {"{", "}"}:
                raise Unreadable
            level += (text == "(") - (text == ")")
            place += 1
            if level == 0:
                break
        conjuncts = self._conjuncts(start + 1, place) if after == "(" else ()
        return Element("filter", start, place, (), tuple(existences), conjuncts)

    def _existence(self, place: int, depth: int) -> tuple[Existence, int]:
        """Read [NOT] EXISTS { … }; a `!` before it negates it and belongs to it."""
        start = place
        negated = self.tokens[place].text == "NOT"
        if self.tokens[place - 1].text == "!":
            if negated:
                raise Unreadable
            start, negated = place - 1, True
        place += 2 if self.tokens[place].text == "NOT" else 1
        if self.tokens[place - 1].text != "EXISTS":
            raise Unreadable
        group, end = self._group(place, depth + 1)
        return Existence(group, negated, start), end

    def _conjuncts(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Divide a bracket at its && signs; nothing where || stands beside them."""
        level, cuts = 0, [start]
        for place in range(start, end):
            text = self.tokens[place].text
            level += (text in {"(", "{"}) - (text in {")", "}"})
            if level == 1 and text == "||":
                return ()
            if level == 1 and text == "&&":
                cuts.append(place)
        places = [*cuts, end - 1]
        return tuple((one + 1, two) for one, two in pairwise(places))

    def _is_operator_not_in(self, place: int) -> bool:
        return self.tokens[place].text == "NOT" and self.tokens[place + 1].text == "IN"

    def _find(self, place: int, wanted: str) -> int:
        """Answer the place of the next token of a text, before any brace."""
        while self.tokens[place].text != wanted:
            if self.tokens[place].text in {"{", "}"}:
                raise Unreadable
            place += 1
        return place


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    place, levels = 0, [0]
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None or UNKNOWN_MARKS.match(text, place):
            raise Unreadable
        place = match.end()
        kind = str(match.lastgroup)
        if kind == "space":
            continue
        token = Token(kind, match[0].upper() if kind == "word" else match[0], *match.span())
        _follow(levels, token.text)
        if found and _is_ambiguous(found[-1], token, levels[-1]):
            raise Unreadable
        found.append(token)
    return [*found, Token("end", "", len(text), len(text))]


def _follow(levels: list[int], text: str) -> None:
    """Keep the number of open round brackets, counted anew inside each pair of braces."""
    if text == "{":
        levels.append(0)
    elif text == "}" and len(levels) > 1:
        levels.pop()
    levels[-1] += (text == "(") - (text == ")")


def _is_ambiguous(before: Token, token: Token, level: int) -> bool:
    """Answer whether the engine may divide the text otherwise at this token.

    `?a<?b&&?c>?d` is a comparison after an operand, an IRI elsewhere; `ex:p?o` is a path with `?`
    or a variable; a word with a dot or hyphen is none.
    """
    if token.kind == "iri" and level > 0:
        return before.kind in OPERANDS or before.text == ")"
    if token.kind == "variable" and token.start == before.end:
        return before.kind in {"iri", "name", "word"} or before.text in {")", "?"}
    return token.kind == "word" and not token.text.replace("_", "").isalnum()
