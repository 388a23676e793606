"""The statements of documents, each examined by queries on the record or judged by an editor."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from api.answers.act_shapes import ClaimSaid
from api.answers.examined_shapes import CheckMade, Examined
from api.answers.source_shapes import ClaimRow
from api.answers.sources import all_sources
from api.answers.view import query_text
from graph.dates import ISO_DAY, parse_day
from graph.errors import WrongUse
from ontology.namespaces import BASE, CODE, ID, PREFIXES, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from api.answers.shapes import SourceRef
    from api.answers.view import Value, View
    from graph.store import Row

EXPECTATION = re.compile(r"(some|none)|(count )?([<>=]) (\d+)|(is|has|lacks) (.+)")
COMPUTED, STATED = "computation", "editor"
REFUTED = ("contradicted", "notCorroborated")


@dataclass(frozen=True)
class _Found:
    """What a query answered: its values, and the sources that carry them."""

    values: tuple[str, ...]
    sources: tuple[str, ...]


def examined_claims(view: View, source: str | None = None) -> list[ClaimRow]:
    """Answer the statements of one document, or of all, each with its verdict."""
    checks = _by_assertion(view.ask("checks"))
    evidence = _by_assertion(view.ask("evidence"))
    known = all_sources(view)
    return [
        _row(view, row, checks, evidence, known)
        for row in view.ask("assertions")
        if source in {None, slug(row["source"] or "")}
    ]


def verdict_counts(rows: Iterable[ClaimRow]) -> dict[str, int]:
    """Answer how often each verdict was found."""
    return dict(Counter(row.examined.verdict for row in rows if row.examined))


def refuted_elsewhere(view: View, source: str, about: Iterable[str]) -> list[ClaimRow]:
    """Answer what other documents say of the same things that the record does not bear out."""
    things = set(about)
    return [
        row
        for row in examined_claims(view)
        if row.examined
        and row.claim.source.id != source
        and row.about in things
        and row.examined.verdict in REFUTED
    ]


def verdict_of(checks: Sequence[CheckMade]) -> str:
    """Answer the verdict that follows from some checks.

    A core check that fails contradicts; one without an answer, or a corroboration that fails,
    leaves the statement not corroborated; a caveat that holds asks for nuance.
    """
    outcomes = {(check.role, check.outcome) for check in checks}
    if ("core", "fails") in outcomes:
        return "contradicted"
    if outcomes & {("core", "no answer"), *_lacking("corroboration")}:
        return "notCorroborated"
    return "nuance" if ("caveat", "holds") in outcomes else "supported"


def outcome_of(expects: str, values: Sequence[str]) -> str:
    """Answer whether the values that a query found are what a check expects.

    >>> outcome_of("> 160", ["166"]), outcome_of("has statute", ["policyAnnouncement"])
    ('holds', 'fails')
    """
    match = EXPECTATION.fullmatch(expects)
    if match is None:
        message = f"{expects!r} is nothing to expect; write for example: has statute, or > 160."
        raise WrongUse(message)
    whether, counted, sign, number, verb, text = match.groups()
    if whether:
        return _told(bool(values) == (whether == "some"))
    if sign:
        amount = len(values) if counted else _number(values)
        return "no answer" if amount is None else _told(_compared(amount, sign, int(number)))
    if not values:
        return "no answer"
    return _told(_worded(verb, text.casefold(), [value.casefold() for value in values]))


def _lacking(role: str) -> set[tuple[str, str]]:
    return {(role, "fails"), (role, "no answer")}


def _told(answer: bool) -> str:  # noqa: FBT001 - the answer itself
    return "holds" if answer else "fails"


def _number(values: Sequence[str]) -> int | None:
    return int(values[0]) if len(values) == 1 and values[0].isdecimal() else None


def _compared(amount: int, sign: str, number: int) -> bool:
    return {"<": amount < number, ">": amount > number, "=": amount == number}[sign]


def _worded(verb: str, text: str, values: Sequence[str]) -> bool:
    if verb == "is":
        return all(value == text for value in values)
    found = any(text in value if " " in text or "-" in text else text in _words(value)
                for value in values)  # fmt: skip
    return found == (verb == "has")


def _words(value: str) -> set[str]:
    """Answer a value and its parts, so that 2023 is found in 2023-05-01 and not in 12023."""
    return {value, *re.split(r"[\s-]+", value)}


def _by_assertion(rows: Sequence[Row]) -> Mapping[str | None, list[Row]]:
    return {key: list(same) for key, same in groupby(rows, key=lambda row: row["assertion"])}


def _row(
    view: View,
    row: Row,
    checks: Mapping[str | None, list[Row]],
    evidence: Mapping[str | None, list[Row]],
    known: Mapping[str, SourceRef],
) -> ClaimRow:
    made = [_made(view, check) for check in checks.get(row["assertion"], [])]
    named = [r["source"] or "" for r in evidence.get(row["assertion"], [])]
    deciding = dict.fromkeys((*(s for _, found in made for s in found.sources), *named))
    stated = slug(row["verdict"]) if row["verdict"] else None
    outcomes = [check for check, _ in made]
    source = known[row["source"] or ""]
    examined = Examined(
        row["number"] or "",
        row["subject"] or "",
        row["predicate"] or "",
        row["object"] or "",
        row["day"],
        row["quotation"],
        int(row["start"]) if row["start"] else None,
        int(row["end"]) if row["end"] else None,
        stated or verdict_of(outcomes),
        STATED if stated else COMPUTED,
        row["because"] or "",
        outcomes,
        [known[s] for s in deciding if s in known and s != row["source"]],
    )
    name = slug(row["assertion"] or "")
    said = ClaimSaid(name, source, None, None, None, None, None, None, None)
    return ClaimRow((row["concerns"] or "").removeprefix(ID), said, examined)


def _made(view: View, check: Row) -> tuple[CheckMade, _Found]:
    name, values = check["query"] or "", parameters(check["parameters"] or "")
    rows = view.ask(name, **values)
    found = _Found(
        tuple(dict.fromkeys(_plain(row["value"] or "") for row in rows)),
        tuple(dict.fromkeys(row["source"] or "" for row in rows if row.get("source"))),
    )
    made = CheckMade(
        slug(check["role"] or ""),
        name,
        check["expects"] or "",
        list(found.values),
        outcome_of(check["expects"] or "", found.values),
        check["shows"] or "",
        view.link("sparql", known=view.known_text, query=query_text(name, **values)),
    )
    return made, found


def parameters(text: str) -> dict[str, Value]:
    """Read the parameters of a check: kind/slug, code/slug, prefix:name or a day each."""
    return {name: _value(value) for name, _, value in (p.partition("=") for p in text.split("&"))}


def _value(text: str) -> Value:
    if ISO_DAY.fullmatch(text):
        return parse_day(text)
    prefix, colon, name = text.partition(":")
    if colon:
        return f"{PREFIXES[prefix]}{name}"
    return f"{CODE}{text[5:]}" if text.startswith("code/") else f"{ID}{text}"


def _plain(value: str) -> str:
    """Answer a thing of the record by its slug, any other value as it is."""
    return slug(value) if value.startswith(BASE) else value
