"""The questions of `api/queries`, asked by their names with values of the asker's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from api.answers.view import PARAMETERS, QUERIES, query_source
from graph.dates import parse_day
from graph.errors import UnknownName, WrongUse
from ontology.namespaces import CODE, ID, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from api.answers.shapes import Tail
    from api.answers.view import View
    from graph.store import Row

DAY = "day"
# What stands in the place of a value: a day, a prefixed name, or an address.
TERM = re.compile(r'"(?P<day>[\d-]+)"\^\^xsd:date|(?P<short>\w+:[\w.-]+)|<(?P<address>[^>]+)>')
SELECTED = re.compile(r"^SELECT (?:DISTINCT )?(.+)$", re.MULTILINE)
COMPUTED = re.compile(r"\((?:[^()]|\([^()]*\))*? AS (\?\w+)\)")
SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*", re.ASCII)
PATH = re.compile(r"[a-z]+/[A-Za-z0-9][A-Za-z0-9-]*", re.ASCII)


@dataclass(frozen=True)
class Parameter:
    """A value that a question takes: a day or a thing of a kind, and what it is if not given."""

    name: str
    kind: str
    default: str
    several: bool


@dataclass(frozen=True)
class Question:
    """A question by its name, in words, with its parameters and the columns of its answer."""

    name: str
    text: str
    parameters: list[Parameter]
    columns: list[str]


@dataclass(frozen=True)
class Questions:
    """The questions that can be asked."""

    questions: list[Question]
    tail: Tail


@dataclass(frozen=True)
class Found:
    """The rows that answer a question, and the values that it was asked with."""

    question: Question
    values: dict[str, str]
    on: str
    known: str | None
    rows: list[Row]
    tail: Tail


def questions(view: View) -> Questions:
    """Answer all questions, sorted by their names."""
    found = [question(name) for name in question_names()]
    return Questions(found, view.tail("Questions", "questions"))


@cache
def question_names() -> tuple[str, ...]:
    """Answer the names of all questions."""
    return tuple(sorted(path.stem for path in QUERIES.glob("*.rq")))


@cache
def question(name: str) -> Question:
    """Answer one question by its name; the error names the nearest ones."""
    if name not in question_names():
        what = "question"
        raise UnknownName(what, name, question_names())
    text = query_source(name)
    selected = SELECTED.search(text)
    columns = re.findall(r"\?(\w+)", COMPUTED.sub(r"\1", selected[1])) if selected else []
    words = text.partition("\n")[0].removeprefix("# ")
    return Question(name, words, _parameters(text), columns)


def ask(view: View, name: str, given: Mapping[str, str]) -> Found:
    """Answer a question; a value that is not given is that of the example, a day that of the view.

    Values are names, codes or slugs as a person types them, several joined by commas where the
    question takes several; days are ISO days. Raises UnknownName for what the record does not have,
    WrongUse for a parameter that the question does not take.
    """
    asked = question(name)
    _refuse_others(asked, given)
    values = {p.name: _value(view, p, given.get(p.name)) for p in asked.parameters}
    shown = {name: str(value) for name, value in values.items()}
    rows = view.ask(name, **values)
    own = {key: value for key, value in given.items() if key != "on"}
    tail = view.tail(asked.text, f"questions/{name}", name, own, **values)
    return Found(asked, shown, view.on_text, view.known_text, rows, tail)


def _refuse_others(asked: Question, given: Mapping[str, str]) -> None:
    names = [parameter.name for parameter in asked.parameters]
    for name in given:
        if name not in names:
            takes = f"takes {', '.join(names)}" if names else "takes no values"
            message = f"The question {asked.name!r} has no value {name[:80]!r}; it {takes}."
            raise WrongUse(message)


def _parameters(text: str) -> list[Parameter]:
    found: dict[str, Parameter] = {}
    for match in PARAMETERS.finditer(text):
        names = match[2].replace("?", "").split()
        terms = list(TERM.finditer(match[0].partition("{")[2]))
        several = not match[1]
        for number, name in enumerate(names):
            mine = terms if several else terms[number : number + 1]
            found.setdefault(name, _parameter(name, mine, several=several))
    return list(found.values())


def _parameter(name: str, terms: list[re.Match[str]], *, several: bool) -> Parameter:
    if terms[0]["day"]:
        return Parameter(name, DAY, terms[0]["day"], several=False)
    addresses = [_address(term) for term in terms]
    prefix = next(p for p, space in PREFIXES.items() if _space(addresses[0]) == space)
    return Parameter(name, prefix, " ".join(addresses), several)


def _address(term: re.Match[str]) -> str:
    if term["address"]:
        return str(term["address"])
    prefix, _, name = term["short"].partition(":")
    return PREFIXES[prefix] + name


def _space(address: str) -> str:
    cut = max(address.rfind("/"), address.rfind("#")) + 1
    return address[:cut]


def _value(view: View, parameter: Parameter, given: str | None) -> str | date:
    if parameter.kind == DAY:
        own = view.on if parameter.name == "on" else parse_day(parameter.default)
        return own if given is None else parse_day(given)
    if given is None:
        return parameter.default
    names = [name.strip() for name in given.split(",")] if parameter.several else [given]
    return " ".join(_thing(view, parameter, name) for name in names)


def _thing(view: View, parameter: Parameter, name: str) -> str:
    """Answer the address of a thing by any of its names, its slug, kind/slug, or whole address."""
    space = PREFIXES[parameter.kind]
    short = name.removeprefix(space).removeprefix(f"{parameter.kind}:")
    if SLUG.fullmatch(short) and _is_described(view, f"{space}{short}"):
        return f"{space}{short}"
    path = name.removeprefix(ID)
    if PATH.fullmatch(path) and _is_described(view, f"{ID}{path}"):
        return f"{ID}{path}"
    if space.startswith(ID):
        return view.names.find(parameter.kind, name)
    if parameter.kind == "code" and (codes := _codes_beside(view, parameter.default)):
        raise UnknownName(parameter.name, name, codes)
    what = "code" if parameter.kind == "code" else "term"
    raise UnknownName(what, name, _described(view, space))


def _codes_beside(view: View, default: str) -> list[str]:
    """Answer the codes of the list from which the value of the example is."""
    rows = view.store.select(
        f"SELECT DISTINCT ?code WHERE {{ <{default.split(maxsplit=1)[0]}> skos:inScheme ?list ."
        f" ?code skos:inScheme ?list }} ORDER BY ?code"
    )
    return [(row["code"] or "").removeprefix(CODE) for row in rows]


def _is_described(view: View, address: str) -> bool:
    return bool(view.store.select(f"SELECT ?said WHERE {{ <{address}> ?said ?value }} LIMIT 1"))


def _described(view: View, space: str) -> list[str]:
    rows = view.store.select(
        f"SELECT ?thing WHERE {{ ?thing skos:definition ?means"
        f' FILTER (STRSTARTS(STR(?thing), "{space}")) }}'
    )
    return [(row["thing"] or "").removeprefix(space) for row in rows]
