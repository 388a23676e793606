"""`depositary history`: the dated acts of a state or under a treaty, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.asked import Asked, reading
from api.cli.examples import example
from api.cli.layout import Table
from api.cli.printing import Sheet, deliver, footer
from api.cli.words import Words, as_of, day, mark, number, person, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.answers.act_shapes import Entry, History
    from api.cli.printing import Block

COLUMNS = (
    "on",
    "state",
    "state_name",
    "kind",
    "type",
    "what",
    "sources",
    "sources_contesting",
)
KINDS = {
    "treatyAction": "act",
    "effect": "effect",
    "domesticStep": "domestic step",
}


@click.command(epilog=example("depositary history Lithuania"))
@click.argument("name", metavar="STATE|TREATY")
@reading
def history(asked: Asked, name: str) -> None:
    """Tell what a state did, or what was done under a treaty.

    In the order of days; acts under a treaty, their effects, steps at home and what states said
    are told apart.
    """
    from api.answers.history import history as history_of

    view = asked.view()
    answer = history_of(view, name)
    sheet = Sheet(COLUMNS, [answer.entries])
    deliver(asked.form, answer, sheet, lambda: _text(answer, Words.of(view)))


def _text(answer: History, words: Words) -> Iterator[Block]:
    count = number(len(answer.entries), "entry", "entries")
    yield f"{as_of(answer.on, answer.known)} the history of {answer.about.name} has {count}."
    if answer.entries:
        yield ""
        header = ("Day", "State", "Kind", "What", "Sources")
        yield Table("", header, [_row(entry, words) for entry in answer.entries])
    yield from footer(answer.tail)


def _row(entry: Entry, words: Words) -> tuple[str, ...]:
    kind = KINDS.get(entry.kind) or words.word(entry.type)
    if entry.kind == "domesticStep":
        kind += f", {words.word(entry.type)}"
    what = entry.what + mark(entry.sources)
    return (day(entry.on) or "unknown", person(entry.state), kind, what, sources(entry.sources))
