"""What is wrong with a query, said for the person who wrote it: where, what, and what to try."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from api.sandbox.tokens import tokens_of
from graph.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
CLASSES = re.compile(r"\[[^\]]*\]")
PARTNER = {"(": ")", "{": "}", "[": "]"}
REFUSED = ("LATERAL", "SERVICE")
MOST_EXPECTED = 8
LONGEST_LINE = 200
AGGREGATED = "The SELECT contains a variable that is unbound"
HINTS = {
    AGGREGATED: "With GROUP BY or an aggregate, SELECT may name only what is grouped or computed.",
    "Unfinished escape": "A string has a backslash with nothing to escape; write it twice.",
}


def explained(text: str, error: str, prefixes: Mapping[str, str]) -> dict[str, Any]:
    """Answer a syntax error as detail, position (counted from 1), line and hint."""
    found = PLACE.search(error)
    if not found:
        detail = f"The query is not valid SPARQL: {error[:500]}."
        return {"detail": detail, "hint": _hint(text, error, None, prefixes)}
    number, column = int(found[1]), int(found[2])
    lines = re.split(r"\r\n|\n|\r", text)
    line = lines[number - 1] if number <= len(lines) else ""
    expected = _expected(found[3])
    at = f"at {number}:{column} (line {number}, column {column})"
    saying = f"; expected there: {expected}" if expected else ""
    return {
        "detail": f"The query is not valid SPARQL: the engine stopped {at}{saying}.",
        "position": {"line": number, "column": column},
        "line": line[:LONGEST_LINE],
        "hint": _hint(text, error, _rest(lines, number, column), prefixes),
    }


def _expected(told: str) -> str:
    """Answer what the engine would have taken, without its classes of characters."""
    words = CLASSES.sub("", told.removeprefix("one of ")).replace("\n", " ").split(",")
    kept = [word.strip() for word in words if word.strip(" |\"'") and word.strip() not in REFUSED]
    more = ["…"] if len(kept) > MOST_EXPECTED else []
    return ", ".join([*kept[:MOST_EXPECTED], *more])


def _rest(lines: list[str], number: int, column: int) -> str:
    """Answer the text from the place of the error on."""
    if number > len(lines):
        return ""
    return "\n".join([lines[number - 1][column - 1 :], *lines[number:]])


def _hint(text: str, error: str, rest: str | None, prefixes: Mapping[str, str]) -> str:
    if not text.strip():
        return "The query is empty; begin with SELECT, ASK, CONSTRUCT or DESCRIBE."
    for sign, hint in HINTS.items():
        if sign in error:
            return hint
    tokens = list(tokens_of(text))
    unknown = _undeclared(tokens, prefixes)
    if unknown and "Prefix not found" in error:
        near = nearest(unknown, prefixes)
        meant = f" Perhaps you mean {' or '.join(f'{name}:' for name in near)}." if near else ""
        return f"The prefix {unknown}: is not declared; write PREFIX {unknown}: <…> first.{meant}"
    if bracket := _unbalanced(tokens):
        return bracket
    if rest is not None and not rest.strip():
        return "Something is missing at the end or before: look for a triple without its object."
    return "Look at the sign at that place and the one before it; see /sparql for examples."


def _undeclared(tokens: Iterable[tuple[str, str]], prefixes: Mapping[str, str]) -> str | None:
    known, before = set(prefixes), ""
    for kind, token in tokens:
        if kind == "name" and token[0] not in "?$@_":
            name = token.partition(":")[0]
            if before.upper() == "PREFIX":
                known.add(name)
            elif name not in known:
                return name
        before = token
    return None


def _unbalanced(tokens: Iterable[tuple[str, str]]) -> str | None:
    """Answer which bracket has no partner."""
    opened: list[str] = []
    for kind, token in tokens:
        if kind == "open":
            opened.append(token)
        elif kind == "close" and not (opened and PARTNER[opened.pop()] == token):
            return f"A {token!r} closes nothing that was opened before it."
    return f"A {opened[-1]!r} is opened and never closed." if opened else None
