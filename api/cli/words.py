"""Codes, days and sources as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.dates import parse_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from api.answers.shapes import Named, SourceRef
    from api.answers.view import View

QUERY = "SELECT ?code ?label WHERE { ?code skos:inScheme ?list ; skos:prefLabel ?label }"
MODEL = "[model knowledge]"


@dataclass(frozen=True)
class Words:
    """What the codes of the ontology are called in it."""

    labels: Mapping[str, str]

    @classmethod
    def of(cls, view: View) -> Words:
        """Read the labels of all codes."""
        rows = view.store.select(QUERY)
        return cls({(r["code"] or "").rsplit("/", 1)[-1]: r["label"] or "" for r in rows})

    def word(self, code: str) -> str:
        """Answer what a code is called, or the code."""
        return self.labels.get(code, code)

    def standing(
        self, standing: str | None, qualifiers: Iterable[str], until: str | None = None
    ) -> str:
        """Answer a standing with its qualifiers, a pending withdrawal with its day."""
        said = [self.word(standing) if standing else "cannot be told from the sources"]
        for code in qualifiers:
            pending = f" until {day(until)}" if until and code == "withdrawalPending" else ""
            said.append(self.word(code) + pending)
        return ", ".join(said)


def as_of(on: str, known: str | None) -> str:
    """Answer the beginning of a sentence: the day, and what was known."""
    return f"On {on}, by what was public on {known}," if known else f"On {on}"


def person(thing: Named) -> str:
    """Answer a state or a meeting by its name and code."""
    return f"{thing.name} ({thing.id})"


def day(written: str | None) -> str:
    """Answer a day, or the bounds of one, in words."""
    if not written or "/" not in written:
        return written or ""
    span = parse_span(written)
    if span.earliest is None:
        return f"by {span.latest}"
    if span.latest is None:
        return f"not before {span.earliest}"
    return _short(span.earliest.isoformat(), span.latest.isoformat())


def _short(first: str, last: str) -> str:
    for shorter in (first[:4], first[:7]):
        if str(parse_span(shorter)) == f"{first}/{last}":
            return shorter
    return f"between {first} and {last}"


def number(count: int, one: str, many: str) -> str:
    """Answer a count with the words that follow it, `no` for none."""
    return f"{count or 'no'} {many if count > 1 else one}"


def sources(found: Sequence[SourceRef]) -> str:
    """Answer the identifiers of all sources, those that say otherwise apart."""
    agreeing = [_source(s) for s in found if s.says != "contests"]
    contesting = [_source(s) for s in found if s.says == "contests"]
    said = [", ".join(agreeing)] if agreeing else []
    said += [f"contested by {', '.join(contesting)}"] if contesting else []
    return "; ".join(said)


def _source(source: SourceRef) -> str:
    return f"{source.id} {MODEL}" if source.authority == "model" else source.id


def mark(found: Iterable[SourceRef]) -> str:
    """Answer the mark of what rests on model knowledge alone, nothing for all else."""
    kinds = {source.authority for source in found if source.says != "contests"}
    return f" {MODEL}" if kinds == {"model"} else ""
