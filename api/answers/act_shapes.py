"""The shapes of the answers on acts: what was done, by which rule it has effect, and who says so.

Days are ISO days or None where unknown. States are named by ISO 3166 alpha-3 codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.answers.shapes import Named, SourceRef, Tail


@dataclass(frozen=True)
class ClaimSaid:
    """What one source says of one event, in its own days."""

    id: str
    source: SourceRef
    done_on: str | None
    deposited_on: str | None
    circulated_on: str | None
    effective_on: str | None
    notice: str | None
    states_action: str | None
    note: str | None
    states_instrument: str | None = None
    in_words: str | None = None


@dataclass(frozen=True)
class Rule:
    """The rule that gave a day of effect, with its article and the slugs of its sources."""

    id: str
    article: str
    sources: list[str]


@dataclass(frozen=True)
class Act:
    """One act of a state under a treaty, with the claims that it rests on.

    A day that is known only within bounds is written in EDTF, as 2026-01-12/2026-12-31.
    """

    id: str
    state: Named
    treaty: str
    type: str
    done_on: str | None
    deposited_on: str | None
    circulated_on: str | None
    notice: str | None
    effective_on: str | None
    effect_basis: str | None
    no_effect_because: str | None
    rule: Rule | None
    claims: list[ClaimSaid]


@dataclass(frozen=True)
class Happening:
    """A domestic step or an expression, with the claims that it rests on."""

    id: str
    by: Named
    type: str
    done_on: str | None
    summary: str
    aims_at: str | None
    stance: str | None
    towards: str | None
    claims: list[ClaimSaid]


@dataclass(frozen=True)
class Entry:
    """One dated line of a history."""

    on: str | None
    state: Named
    kind: str
    type: str
    what: str
    sources: list[SourceRef]


@dataclass(frozen=True)
class History:
    """The dated acts, steps and expressions of a state or treaty, in order."""

    about: Named
    on: str
    known: str | None
    entries: list[Entry]
    tail: Tail


@dataclass(frozen=True)
class Actions:
    """The acts under a treaty, or of a state, in order."""

    about: Named
    known: str | None
    actions: list[Act]
    tail: Tail
