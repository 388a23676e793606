"""Acts that cannot be as the record has them: what no clause and no source could have meant."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.standing import CONSENT
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from graph.derivation import Derived
    from graph.model import Claim, ResolvedAction
    from graph.reader import RecordModel

ENDS = {"withdrawal": "withdrawalRevoked"}


def implausible(model: RecordModel, derived: Derived) -> Iterator[tuple[str, str]]:
    """Answer the acts and claims that cannot be so, each by its IRI and with the reason."""
    opened = {treaty.iri: treaty.signature_from for treaty in model.treaties}
    by_pair: dict[tuple[str, str], list[ResolvedAction]] = defaultdict(list)
    for action in derived.actions:
        treaty = action.event.treaty or ""
        by_pair[action.event.actor, treaty].append(action)
        yield from _undated(action)
        yield from _too_early(action, opened[treaty])
        yield from _told_too_early(action, derived.claims[action.event.iri])
    for acts in by_pair.values():
        yield from _out_of_order(acts, model.broader)


def _undated(action: ResolvedAction) -> Iterator[tuple[str, str]]:
    day = action.day.value
    if day.earliest is None and day.latest is None:
        message = f"{slug(action.event.iri)}: no source gives a day or a bound for the act"
        yield action.event.iri, f"{message}; write at least ../YYYY-MM-DD"


def _too_early(action: ResolvedAction, opened: date) -> Iterator[tuple[str, str]]:
    last = action.day.value.latest
    if action.event.kind != "signature" and last and last < opened:
        message = f"the act is of {last}, before the treaty could be signed on {opened}"
        yield action.event.iri, f"{slug(action.event.iri)}: {message}"


def _told_too_early(action: ResolvedAction, claims: Iterable[Claim]) -> Iterator[tuple[str, str]]:
    for claim in claims:
        issued = claim.source.issued.latest if claim.source.issued else None
        told = claim.day.earliest if claim.day else None
        if not claim.source.as_it_goes and issued and told and issued < told:
            message = f"{slug(claim.source.iri)} is of {issued} and cannot tell of {told}"
            yield claim.iri, f"{slug(action.event.iri)}: {message}; name the source that does"


def _out_of_order(
    acts: Sequence[ResolvedAction], broader: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """A state agrees to be bound once, and leaves once, before it can do either again."""
    bound: ResolvedAction | None = None
    for act in _in_order(acts):
        kind = act.event.kind
        name = slug(act.event.iri)
        if CONSENT in (kind, broader.get(kind)):
            if bound:
                already = slug(bound.event.iri)
                yield act.event.iri, f"{name}: the state is bound already by {already}"
            bound = act
        elif kind in {"withdrawal", "consentRevoked"}:
            if bound is None:
                message = "the state has not agreed to be bound before, so it cannot leave"
                yield act.event.iri, f"{name}: {message}"
            bound = None if not _taken_back(act, acts) else bound


def _in_order(acts: Iterable[ResolvedAction]) -> list[ResolvedAction]:
    dated = [act for act in acts if act.day.value.latest or act.day.value.earliest]
    return sorted(
        dated,
        key=lambda act: (
            act.day.value.latest or act.day.value.earliest,
            act.event.kind in {"withdrawal", "consentRevoked"},
            act.event.iri,
        ),
    )


def _taken_back(act: ResolvedAction, acts: Iterable[ResolvedAction]) -> bool:
    revocation = ENDS.get(act.event.kind)
    left = act.day.value.latest
    later = (a.day.value.latest for a in acts if a.event.kind == revocation)
    return any(left and back and left <= back for back in later)
