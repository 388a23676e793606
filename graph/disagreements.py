"""Where sources differ from each other, and where they differ from the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import DEPOSITARY
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from graph.context_model import RollCall
    from graph.derivation import Derived
    from graph.model import Claim, Resolution, ResolvedAction
    from graph.reader import RecordModel


@dataclass(frozen=True, order=True)
class Disagreement:
    """One difference: the claim that differs, and what is accepted or computed instead.

    It is a fault where the depositary itself differs from the rule: then the rule, the record or
    the depositary is wrong, and a person has to look.
    """

    claim: str
    message: str
    is_fault: bool


def disagreements(model: RecordModel, derived: Derived) -> list[Disagreement]:
    """Answer all differences between claims, and between claims and rules."""
    found = [d for action in derived.actions for d in _of_action(action, derived)]
    for event, day in derived.others.items():
        found += _contested(event, day, "day")
    for treaty in model.treaties:
        computed = derived.entry_into_force[treaty.iri].day
        if computed and treaty.stated_in_force not in {None, computed.day}:
            stated = f"in force on {treaty.stated_in_force} as stated, on {computed} by its rule"
            found.append(Disagreement(treaty.iri, f"{slug(treaty.iri)}: {stated}", is_fault=True))
    found += [d for call in derived.context.roll_calls for d in _of_roll_call(call)]
    opened = {treaty.iri: treaty.signature_from for treaty in model.treaties}
    found += [d for action in derived.actions for d in _signed_early(action, opened)]
    return sorted(set(found))


def _of_action(action: ResolvedAction, derived: Derived) -> Iterator[Disagreement]:
    yield from _contested(action.event.iri, action.day, "day")
    if action.circulated:
        yield from _contested(action.event.iri, action.circulated, "day of circulation")
    computed = action.takes_effect if action.effect.day else None
    for claim in derived.claims[action.event.iri]:
        if claim.effective and computed and computed.meet(claim.effective) is None:
            rule = slug(action.rule.iri) if action.rule else "no rule"
            what = f"effect on {claim.effective} as {_who(claim)} has it, on {computed} by {rule}"
            fault = claim.source.authority == DEPOSITARY
            yield Disagreement(claim.iri, f"{slug(action.event.iri)}: {what}", fault)
    if action.stated_effect and not computed:
        yield from _contested(action.event.iri, action.stated_effect, "day of effect")


def _signed_early(action: ResolvedAction, opened: Mapping[str, date]) -> Iterator[Disagreement]:
    """A signature dated before the treaty was open is dated by something else, as its adoption."""
    first, last = opened[action.event.treaty or ""], action.day.value.latest
    if action.event.kind == "signature" and last and last < first:
        what = f"signed on {last}, before the treaty could be signed on {first}"
        yield Disagreement(
            action.day.deciding[0].iri, f"{slug(action.event.iri)}: {what}", is_fault=False
        )


def _of_roll_call(call: RollCall) -> Iterator[Disagreement]:
    """Compare the totals that sources state with the votes of the record."""
    if call.complete:
        for claim, stated in call.stated.items():
            if stated.differs_from(call.counted):
                what = f"{slug(call.iri)}: {stated} as stated, {call.counted} as counted"
                yield Disagreement(claim, what, is_fault=False)


def _contested(event: str, accepted: Resolution, what: str) -> Iterator[Disagreement]:
    for claim in accepted.contesting:
        said = claim.circulated if "circulation" in what else claim.day
        message = f"{slug(event)}: {what} {said or claim.effective} as {_who(claim)} has it"
        message += f", {accepted.value} as {_who(accepted.deciding[0])} has it"
        yield Disagreement(claim.iri, message, is_fault=False)
    if accepted.reason:
        yield Disagreement(
            accepted.deciding[0].iri, f"{slug(event)}: {what}: {accepted.reason}", is_fault=False
        )


def _who(claim: Claim) -> str:
    return slug(claim.source.iri)
