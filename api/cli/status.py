"""`depositary status`: how a state stands under a treaty, by which acts, and who differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.asked import Asked, reading
from api.cli.examples import example
from api.cli.layout import Table
from api.cli.printing import Sheet, deliver, footer
from api.cli.reasons import act_lines, happening_lines, source_rows
from api.cli.words import Words, as_of, sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from api.answers.state_shapes import Standing, Standpoint, StateTreaties, TreatyStanding
    from api.cli.printing import Block

COLUMNS = (
    "treaty",
    "treaty_name",
    "standing",
    "possible",
    "qualifiers",
    "since",
    "until",
    "standing_since",
    "reason",
)


@click.command(epilog=example("depositary status Poland ottawa --on 2025-12-19"))
@click.argument("state")
@click.argument("treaty", required=False)
@reading
def status(asked: Asked, state: str, treaty: str | None) -> None:
    """Say how STATE stands under TREATY, why, and who says otherwise.

    Without TREATY the standing under every treaty of the record is shown.
    """
    from api.answers.standing import standing, treaties_of

    view = asked.view()
    if treaty is None:
        every = treaties_of(view, state)
        sheet = Sheet(COLUMNS, [every.treaties])
        deliver(asked.form, every, sheet, lambda: _all(every, Words.of(view)))
    else:
        one = standing(view, state, treaty)
        deliver(asked.form, one, Sheet(COLUMNS, [[one]]), lambda: _one(one, Words.of(view)))


def _all(answer: StateTreaties, words: Words) -> Iterator[Block]:
    yield f"{as_of(answer.on, answer.known)} {answer.state.name} stands as follows."
    yield ""
    header = ("Treaty", "Standing", "Since", "Until", "Reason")
    yield Table("", header, [_row(row, words) for row in answer.treaties])
    yield from footer(answer.tail)


def _row(found: TreatyStanding, words: Words) -> tuple[str, ...]:
    return (
        f"{found.treaty.name} ({found.treaty.id})",
        words.standing(found.standing, found.qualifiers),
        found.since or "",
        found.until or "open",
        found.reason or "",
    )


def _one(answer: Standing, words: Words) -> Iterator[Block]:
    leaving = (act.effective_on for act in reversed(answer.acts) if act.type == "withdrawal")
    said = words.standing(answer.standing, answer.qualifiers, next(leaving, None))
    who = f"{answer.state.name} under the {answer.treaty.name}"
    yield f"{as_of(answer.on, answer.known)} {who}: {said}."
    yield from _span(answer, words)
    yield from _reasons(answer, words)
    if answer.views:
        yield ""
        yield _views(answer.views, words)
    if rows := source_rows(answer):
        yield ""
        yield Table("Sources", ("Source", "Title", "Publisher", "Issued", "Address"), rows)
    yield from footer(answer.tail)


def _span(answer: Standing, words: Words) -> Iterator[str]:
    """Say why it cannot be told, for which days it holds, and on which later act it rests."""
    if answer.standing is None:
        may = ", or ".join(words.word(code) for code in answer.possible)
        yield f"Unresolved: {answer.reason}." + (f" It may be: {may}." if may else "")
    if answer.since:
        until = f"up to and not including {answer.until}" if answer.until else "with no end known"
        own = answer.standing is not None and answer.standing_since != answer.since
        since = f"; {words.word(answer.standing or '')} since {answer.standing_since}"
        yield f"This holds from {answer.since}, {until}{since if own else ''}."
    if answer.standing is not None and answer.reason:
        yield f"{answer.reason[0].upper()}{answer.reason[1:]}."


def _reasons(answer: Standing, words: Words) -> Iterator[str]:
    if not answer.acts:
        yield "The record has no act of this state under this treaty up to that day."
    acts = [act_lines(act, words) for act in answer.acts]
    steps = [happening_lines(step, words) for step in answer.domestic_steps]
    expressions = [happening_lines(said, words) for said in answer.expressions]
    for title, items in (
        ("Acts under the treaty", acts),
        ("Steps at home, no acts under the treaty", steps),
        ("Expressions", expressions),
    ):
        if items:
            yield from ("", title, *(line for lines in items for line in lines))


def _views(views: Sequence[Standpoint], words: Words) -> Table:
    header = ("According to", "Standing", "Treaty in operation", "Sources")
    rows = [
        (
            f"{side.according_to} {' '.join(side.who)}".strip(),
            words.word(side.standing),
            "yes" if side.in_operation else "no",
            sources(side.sources),
        )
        for side in views
    ]
    return Table("Views that differ; the record decides for none", header, rows)
