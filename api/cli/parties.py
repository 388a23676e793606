"""`depositary parties`: which states are bound by a treaty on a day, and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.asked import Asked, reading
from api.cli.examples import example
from api.cli.layout import Table
from api.cli.left import told
from api.cli.printing import Sheet, deliver, footer
from api.cli.words import as_of, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.answers.treaty_shapes import Parties
    from api.cli.printing import Block

COLUMNS = ("id", "name", "since")


@click.command(epilog=example("depositary parties ottawa --on 2025-12-27"))
@click.argument("treaty")
@reading
def parties(asked: Asked, treaty: str) -> None:
    """Name the states that are bound by TREATY, and count them."""
    from api.answers.parties import parties as parties_of

    answer = parties_of(asked.view(), treaty)
    deliver(asked.form, answer, Sheet(COLUMNS, [answer.parties]), lambda: _text(answer))


def _text(answer: Parties) -> Iterator[Block]:
    count = number(answer.count, "state is party", "states are party")
    yield f"{as_of(answer.on, answer.known)} {count} to the {answer.treaty.name}."
    yield from told(answer.unresolved)
    if answer.parties:
        yield ""
        rows = [(f"{party.name} ({party.id})", party.since) for party in answer.parties]
        yield Table("", ("State", "Party since"), rows)
    yield from footer(answer.tail)
