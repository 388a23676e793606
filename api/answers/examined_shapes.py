"""The shapes of the statements of a document with the verdict of the record on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.answers.shapes import SourceRef, Tail
    from api.answers.source_shapes import ClaimRow


@dataclass(frozen=True)
class CheckMade:
    """One question put to the record about a statement, and what it answered.

    `outcome` is `holds`, `fails` or `no answer`.
    """

    role: str
    query: str
    expects: str
    found: list[str]
    outcome: str
    shows: str
    sparql: str


@dataclass(frozen=True)
class Examined:
    """One statement of a document, and what the record makes of it.

    `quotation_start` and `quotation_end` count the characters of the document from nought.
    `verdict_by` is `computation` or `editor`.
    """

    number: str
    subject: str
    predicate: str
    object: str
    day: str | None
    quotation: str | None
    quotation_start: int | None
    quotation_end: int | None
    verdict: str
    verdict_by: str
    because: str
    checks: list[CheckMade]
    evidence: list[SourceRef]


@dataclass(frozen=True)
class Article:
    """A document taken apart, and what other documents say of the same things that is refuted."""

    source: SourceRef
    note: str | None
    on: str
    known: str | None
    claims: list[ClaimRow]
    elsewhere: list[ClaimRow]
    counts: dict[str, int]
    computed: int
    tail: Tail
