"""A first look at a stranger's query: what it may not ask for, and how large it may be.

The text is read once, in linear time, by tokens of the SPARQL grammar, so that a word inside a
string, a comment or an IRI refuses nothing and an escaped keyword hides nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.errors import RefusedQuery, WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_QUERY = 64 * 1024
DEEPEST_NESTING = 60
MOST_OPERATORS = 2000

ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
TOKEN = re.compile(
    r"""
      (?P<long>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*''')
    | (?P<string>"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<comment>\#[^\n\r]*)
    | (?P<name>[?$@]\w+|[\w.-]*:[\w.:%\\-]*)
    | (?P<word>\w+)
    | (?P<open>[({\[])
    | (?P<close>[)}\]])
    | (?P<operator>\|\||&&|[!|/^+*-])
    """,
    re.VERBOSE | re.DOTALL,
)
REASONS = {
    "SERVICE": "this service does not call other endpoints; ask them yourself and join the answers",
    "LOAD": "this service reads its own data only",
}
DATASET = "this service reads its own data only; leave FROM out, or use GRAPH"
UPDATES = frozenset(
    ("INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH", "USING")
)
REFUSED = (*REASONS, "FROM", *UPDATES)
WORDS = {word: re.compile(rf"\b{word}\b") for word in REFUSED}
OPERATORS = "|&!/^+*-"


def may_say(text: str, *words: str) -> bool:
    """Answer whether a text may use one of some words in capitals; at a glance, without tokens."""
    capital = text.upper()
    return any(word in capital and WORDS[word].search(capital) for word in words) or (
        "\\U" in capital  # an escape may hide a word
    )


def refuse_unsafe(text: str, *, dataset: bool = False) -> None:
    """Raise RefusedQuery or WrongUse where a query may not be put to the engine.

    With `dataset` the query may choose among the graphs of the service by FROM.
    """
    if len(text.encode()) > LONGEST_QUERY:
        message = f"The query is longer than {LONGEST_QUERY // 1024} kB; ask in smaller parts."
        raise WrongUse(message)
    if _is_plain(text):
        return
    depth = operators = 0
    for match in TOKEN.finditer(_unescaped(text)):
        kind = match.lastgroup
        if kind == "word":
            _refuse_word(match[0].upper(), dataset=dataset)
            operators += match[0].upper() == "UNION"
        depth += (kind == "open") - (kind == "close")
        operators += kind == "operator"
        if depth > DEEPEST_NESTING:
            message = f"The query is nested deeper than {DEEPEST_NESTING} brackets; simplify it."
            raise WrongUse(message)
        if operators > MOST_OPERATORS:
            message = f"The query has more than {MOST_OPERATORS} operators; ask in smaller parts."
            raise WrongUse(message)


def _is_plain(text: str) -> bool:
    """Answer whether there is nothing to refuse, whatever the tokens of a text are."""
    shallow = sum(map(text.count, "({[")) <= DEEPEST_NESTING
    few = sum(map(text.count, OPERATORS)) + text.upper().count("UNION") <= MOST_OPERATORS
    return shallow and few and not may_say(text, *REFUSED)


def _refuse_word(word: str, *, dataset: bool) -> None:
    reason = REASONS.get(word) or (DATASET if word == "FROM" and not dataset else None)
    if reason:
        message = f"{word} is refused: {reason}."
        raise RefusedQuery(message)
    if word in UPDATES:
        message = f"{word} is refused: the data cannot be changed here; this service only answers."
        raise RefusedQuery(message)


def tokens_of(text: str) -> Iterator[tuple[str, str]]:
    """Answer the kind and the text of each token of a query, comments left out."""
    for match in TOKEN.finditer(_unescaped(text)):
        if match.lastgroup != "comment":
            yield match.lastgroup or "", match[0]


def _unescaped(text: str) -> str:
    """Decode the code point escapes of SPARQL (section 19.2), which may stand anywhere."""
    return ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    try:
        return chr(int(match[1] or match[2], 16))
    except (ValueError, OverflowError):
        return match[0]
