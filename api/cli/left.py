"""`depositary left`: who left a treaty, who is leaving, who claims to have suspended it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.asked import Asked, reading
from api.cli.examples import example
from api.cli.layout import Table
from api.cli.printing import Sheet, deliver, footer
from api.cli.words import Words, as_of, day, number, person, sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from api.answers.treaty_shapes import Suspension, Unresolved, Withdrawals
    from api.cli.printing import Block

COLUMNS = (
    "state",
    "state_name",
    "act",
    "deposited_on",
    "circulated_on",
    "notice",
    "effective_on",
    "effect_basis",
    "no_effect_because",
    "standing",
    "qualifiers",
    "contested_by",
    "contested_by_meetings",
    "sources",
    "sources_contesting",
)


@click.command(epilog=example("depositary left ottawa --on 2025-12-19"))
@click.argument("treaty")
@reading
def left(asked: Asked, treaty: str) -> None:
    """Say who left TREATY, who is leaving, who claims suspension."""
    from api.answers.withdrawals import withdrawals

    view = asked.view()
    answer = withdrawals(view, treaty)
    sheet = Sheet(COLUMNS, [answer.withdrawals, answer.suspensions])
    deliver(asked.form, answer, sheet, lambda: _text(answer, Words.of(view)))


def _text(answer: Withdrawals, words: Words) -> Iterator[Block]:
    yield from _sentences(answer)
    if answer.withdrawals:
        yield ""
        yield _withdrawals(answer, words)
    if answer.suspensions:
        yield ""
        yield _suspensions(answer.suspensions, words)
    if answer.announced:
        yield ""
        yield _announced(answer, words)
    yield ""
    yield f"Parties: {answer.parties}"
    yield from told(answer.unresolved)
    yield f"All that a source says: depositary status STATE {answer.treaty.id}"
    yield from footer(answer.tail)


def told(unresolved: Sequence[Unresolved]) -> Iterator[str]:
    """Answer a line for each state of which it cannot be told whether it is bound."""
    for item in unresolved:
        yield f"Unresolved, counted neither in nor out: {person(item.state)}: {item.reason}"


def _sentences(answer: Withdrawals) -> Iterator[str]:
    gone = sum(w.standing == "formerParty" for w in answer.withdrawals)
    parts = [
        f"{number(gone, 'state has', 'states have')} left the {answer.treaty.name}",
        *_leaving(answer, "withdrawalPending", "pending"),
        *_leaving(answer, "withdrawalDeferred", "deferred"),
        number(answer.parties, "state is party", "states are party"),
    ]
    yield f"{as_of(answer.on, answer.known)} {'; '.join(parts)}."
    if answer.suspensions:
        names = ", ".join(s.state.name for s in answer.suspensions)
        yield f"Suspension is claimed by {names}, which changes no standing."


def _leaving(answer: Withdrawals, qualifier: str, word: str) -> list[str]:
    count = sum(qualifier in w.qualifiers for w in answer.withdrawals)
    return [f"{count} {'has' if count == 1 else 'have'} a withdrawal {word}"] if count else []


def _withdrawals(answer: Withdrawals, words: Words) -> Table:
    header = ("State", "Act", "Deposited on", "Effective on", "Standing", "Sources")
    rows = [
        (
            person(w.state),
            words.word(w.act),
            day(w.deposited_on) or "unknown",
            day(w.effective_on) or w.no_effect_because or "unknown",
            words.standing(w.standing, w.qualifiers, w.effective_on),
            sources(w.sources),
        )
        for w in answer.withdrawals
    ]
    return Table("", header, rows)


def _suspensions(found: Sequence[Suspension], words: Words) -> Table:
    header = ("State", "Act", "Deposited on", "Standing", "Contested by", "Sources")
    rows = [
        (
            person(s.state),
            words.word(s.act),
            day(s.deposited_on) or "unknown",
            words.standing(s.standing, s.qualifiers),
            _contesting(s, words),
            sources(s.sources),
        )
        for s in found
    ]
    return Table("Claimed suspensions", header, rows)


def _contesting(suspension: Suspension, words: Words) -> str:
    said = [
        f"{o.by.name} ({o.done_on or f'by {o.done_by}'})"
        if o.type == "objection"
        else f"{o.by.name} ({words.word(o.type)}, {o.done_on or f'by {o.done_by}'})"
        for o in suspension.objections
    ]
    return ", ".join(said) or "nobody in the record"


def _announced(answer: Withdrawals, words: Words) -> Table:
    header = ("State", "What", "Day", "Summary", "Sources")
    rows = [
        (
            person(a.state),
            f"{words.word(a.type)} on {words.word(a.aims_at)}",
            a.done_on or (f"by {a.done_by}" if a.done_by else "unknown"),
            a.summary,
            sources(a.sources),
        )
        for a in answer.announced
    ]
    return Table("Announced or decided at home, not deposited: no withdrawals", header, rows)
