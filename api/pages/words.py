"""What a reader calls the codes, days and periods of the record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from graph.dates import parse_span
from graph.errors import WrongUse
from graph.render.style import WORDS
from ontology.namespaces import CODE, ONTOLOGY, slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.answers.act_shapes import Act
    from api.answers.policy_shapes import Norm
    from api.answers.state_shapes import Standing
    from api.answers.treaty_shapes import RuleRow
    from graph.store import Store

ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)
LABELS = "SELECT ?term ?label WHERE { ?term skos:prefLabel ?label }"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Vocabulary:
    """The labels of the codes and terms of the ontology."""

    labels: Mapping[str, str]

    @classmethod
    def of(cls, store: Store) -> Vocabulary:
        """Read the labels from a store."""
        rows = ((row["term"] or "", row["label"] or "") for row in store.select(LABELS))
        return cls({slug(t): label for t, label in rows if t.startswith((CODE, ONTOLOGY))})

    def say(self, code: str) -> str:
        """Answer what a reader calls a code or a property, as `dep:depositedOn`."""
        name = code.rpartition(":")[2]
        return self.labels.get(name) or _split(name)

    def rule(self, rule: RuleRow) -> str:
        """Answer a clause, read as arithmetic, as one sentence."""
        begun = f"{period(rule.period)} from: {self.say(rule.runs_from)}" if rule.period else ""
        parts = [
            begun or f"from: {self.say(rule.runs_from)}; no period",
            f"number of consents needed: {rule.after_count}" if rule.after_count else "",
            f"lands on the {self.say(rule.lands_on)}" if rule.lands_on else "",
            f"held back while {self.say(rule.deferred_while)}" if rule.deferred_while else "",
        ]
        return "; ".join(part for part in parts if part)

    def norm(self, norm: Norm) -> str:
        """Answer in short what a norm demands: prohibition: use, anti-personnel mine."""
        codes = (norm.conduct, norm.subject_matter)
        return f"{self.say(norm.modality)}: {', '.join(self.say(code) for code in codes)}"


def standing(code: str | None) -> str:
    """Answer what a reader calls a standing or a qualifier."""
    return WORDS.get(code or "unresolved", code or "")


def qualified(qualifiers: Sequence[str]) -> str:
    """Answer the qualifiers of a standing in words: suspension claimed and contested."""
    said = [standing(code) for code in qualifiers]
    if {"suspensionClaimed", "suspensionContested"} <= set(qualifiers):
        return "suspension claimed and contested"
    return ", ".join(said)


def standing_line(found: Standing, withdrawal: Act | None) -> str:
    """Answer in one sentence how a state stands under a treaty."""
    if found.standing is None:
        allowed = ", or ".join(standing(code).lower() for code in found.possible)
        added = f" Possible: {allowed}." if allowed else ""
        return f"{standing(None)}: {spoken(found.reason or '')}.{added}"
    since = found.standing_since
    line = standing(found.standing)
    if since and found.standing != "nonSignatory":
        line += f" since {in_words(since)}"
    if found.qualifiers:
        line += f"; {qualified(found.qualifiers)}"
    if "withdrawalPending" in found.qualifiers and withdrawal and withdrawal.effective_on:
        line += f", in effect on {in_words(withdrawal.effective_on)}"
    if found.reason:
        line += f"; {spoken(found.reason)}"
    return f"{line}."


def in_words(day_or_span: str) -> str:
    """Answer a day or a span in EDTF as a reader says it; other text stays as it is."""
    try:
        return parse_span(day_or_span).in_words()
    except (WrongUse, ValueError):
        return day_or_span


def spoken(text: str) -> str:
    """Answer a text with its ISO days as a reader says them."""
    return ISO_DAY.sub(lambda match: in_words(match[0]), text)


def day(text: str | None, otherwise: str = "") -> Markup:
    """Answer a day as a time element; spans and other texts as plain words."""
    if not text:
        return escape(otherwise)
    said = in_words(text)
    if said == text or "/" in text:
        return escape(said)
    return Markup('<time datetime="{}">{}</time>').format(text, said)


def period(text: str) -> str:
    """Answer an ISO period in words.

    >>> period("P6M"), period("P90D"), period("P1Y")
    ('6 months', '90 days', '1 year')
    """
    names = {"Y": "year", "M": "month", "D": "day"}
    number, unit = text[1:-1], text[-1:]
    if not number.isdecimal() or unit not in names:
        return text
    return f"{number} {names[unit]}{'' if number == '1' else 's'}"


def numbered(number: int, one: str, many: str | None = None) -> str:
    """Answer a number with what is counted: one source, two sources, 12 sources."""
    spoken = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{spoken} {one if number == 1 else many or one + 's'}"


def capital(text: str) -> str:
    """Answer a text with its first letter upper case and the rest as it is."""
    return f"{text[:1].upper()}{text[1:]}"


def _split(name: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
