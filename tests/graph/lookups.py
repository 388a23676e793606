"""What tests ask of the derived standings."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.namespaces import iri, slug

if TYPE_CHECKING:
    from graph.derivation import Derived
    from graph.model import Participation, ResolvedAction

DATA = Path(__file__).parent.parent / "data"
CONSENTS = {"ratification", "acceptance", "approval", "accession", "succession"}


def day(text: str) -> date:
    """Answer an ISO day."""
    return date.fromisoformat(text)


def table(name: str) -> list[dict[str, str]]:
    """Answer the rows of a table of expected facts."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def under(derived: Derived, treaty: str = "ottawa") -> list[Participation]:
    """Answer all standings under a treaty."""
    return [p for p in derived.participations if slug(p.treaty) == treaty]


def standings_of(derived: Derived, state: str, treaty: str = "ottawa") -> list[Participation]:
    """Answer the standings of a state under a treaty, in order."""
    actor = iri("state", state.lower())
    return [p for p in under(derived, treaty) if p.actor == actor]


def standing_on(derived: Derived, state: str, on: str, treaty: str = "ottawa") -> Participation:
    """Answer the one standing of a state on a day."""
    (found,) = [p for p in standings_of(derived, state, treaty) if day(on) in p.interval]
    return found


def shown(standing: Participation) -> tuple[set[str], set[str]]:
    """Answer statuses and qualifiers of a standing."""
    return set(standing.statuses), set(standing.qualifiers)


def states_with(derived: Derived, on: str, *statuses: str, treaty: str = "ottawa") -> set[str]:
    """Answer the states that stand certainly so on a day."""
    return {
        slug(p.actor).upper()
        for p in under(derived, treaty)
        if day(on) in p.interval and set(p.statuses) == set(statuses)
    }


def act(derived: Derived, name: str) -> ResolvedAction:
    """Answer the act with a slug."""
    (found,) = [a for a in derived.actions if slug(a.event.iri) == name]
    return found


def acts_of_kind(derived: Derived, *kinds: str, treaty: str = "ottawa") -> list[ResolvedAction]:
    """Answer all acts of some kinds under a treaty."""
    found = [a for a in derived.actions if slug(a.event.treaty or "") == treaty]
    return [a for a in found if a.event.kind in kinds]
