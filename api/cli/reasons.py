"""The reasons of a standing as lines: acts, rules, steps, and what each source says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.answers.acts import act_day
from api.answers.sources import sources_of
from api.cli.words import MODEL, day, mark, sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from api.answers.act_shapes import Act, ClaimSaid, Happening
    from api.answers.state_shapes import Standing
    from api.cli.words import Words

SAID = {
    "done_on": "done",
    "deposited_on": "deposited",
    "circulated_on": "circulated",
    "effective_on": "effective",
}


def act_lines(act: Act, words: Words) -> Iterator[str]:
    """Answer an act with its effect, its rule and its sources."""
    when = act_day(act)
    said = f"  {day(when) or 'unknown day'}: {words.word(act.type)}"
    said += _rests_on_model(act.claims, "done_on" if act.done_on else "deposited_on", when)
    if act.circulated_on:
        said += f", circulated {act.circulated_on}"
    yield said + (f" ({act.notice})" if act.notice else "")
    if act.effective_on or act.no_effect_because:
        yield f"    {_effect(act, words)}"
    yield from _said(act.claims, words)


def happening_lines(happening: Happening, words: Words) -> Iterator[str]:
    """Answer a step at home or an expression with its sources."""
    what = f"{happening.by.name}, {words.word(happening.type)}: {happening.summary}"
    unsourced = mark(sources_of(happening.claims))
    yield f"  {day(happening.done_on) or 'unknown day'}: {what}{unsourced}"
    yield from _said(happening.claims, words)


def source_rows(answer: Standing) -> list[tuple[str, ...]]:
    """Answer every source that the reasons name, once, in full."""
    claims = [claim for act in answer.acts for claim in act.claims]
    claims += [c for h in (*answer.domestic_steps, *answer.expressions) for c in h.claims]
    found = sources_of(claims)
    return [
        (s.id, s.title, s.publisher, s.issued or "unknown", s.url or "no address") for s in found
    ]


def _effect(act: Act, words: Words) -> str:
    if not act.effective_on:
        return f"no day of effect: {act.no_effect_because}"
    said = f"effect: {day(act.effective_on)}"
    if act.rule:
        said += f", by {act.rule.article}"
        if "model-knowledge" in act.rule.sources:
            said += " [model knowledge]"
    if act.effect_basis:
        said += f" ({words.word(act.effect_basis)})"
    if act.effect_basis == "stated":
        said += _rests_on_model(act.claims, "effective_on", act.effective_on)
    return said + (f"; {act.no_effect_because}" if act.no_effect_because else "")


def _rests_on_model(claims: Sequence[ClaimSaid], field: str, value: str | None) -> str:
    """Mark a day that no source but model knowledge gives."""
    kinds = {c.source.authority for c in claims if value and getattr(c, field) == value}
    return f" {MODEL}" if kinds == {"model"} else ""


def _said(claims: Sequence[ClaimSaid], words: Words) -> Iterator[str]:
    """Answer the sources that agree on one line, and each that says otherwise on its own."""
    agreeing = [s for s in sources_of(claims) if s.says != "contests"]
    if agreeing:
        yield f"    sources: {sources(agreeing)}"
    for claim in claims:
        if claim.source.says == "contests":
            yield f"    otherwise: {claim.source.id} says {_what(claim, words)}"


def _what(claim: ClaimSaid, words: Words) -> str:
    days = [
        f"{word} {day(getattr(claim, name))}" for name, word in SAID.items() if getattr(claim, name)
    ]
    kind = [f"it was a {words.word(claim.states_action)}"] if claim.states_action else []
    note = f" ({claim.note.rstrip('.')})" if claim.note else ""
    return (", ".join(kind + days) or "something else") + note
