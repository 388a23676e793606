"""What notebooks ask of the answers; see `graph.notebook`, which names this module."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from api.answers.names import in_words
from api.answers.pictures import Subject, sentence
from api.answers.pictures import picture as picture_of
from api.answers.view import Library
from api.answers.withdrawals import withdrawals as withdrawals_of
from api.pictures import FORMATS, draw
from graph.build import open_build
from graph.errors import WrongUse
from graph.notebook import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from graph.render.picture import Picture

COLUMNS = ("State", "Act", "Deposited on", "Effective on", "Standing")
ASKED = ("treaty", "state", "policy", "topic")


def picture(view: str, asked: Mapping[str, str], on: date, known: date | None) -> Picture:
    """Answer one of the views of a day."""
    wrong = [name for name in asked if name not in ASKED]
    if wrong:
        message = f"There is no parameter {wrong[0]!r} of pictures; there are {', '.join(ASKED)}."
        raise WrongUse(message)
    return picture_of(_library().view(on, known), view, Subject(**asked))


def file(picture: Picture, suffix: str) -> bytes:
    """Answer a picture in a format; `html` is the page to embed."""
    body = draw(picture, suffix, embed=suffix == "html").body
    return body.encode() if isinstance(body, str) else body


def formats() -> Sequence[str]:
    """Answer the formats that pictures are offered in."""
    return tuple(FORMATS)


def withdrawals(treaty: str, on: date, known: date | None) -> Table:
    """Answer who left a treaty, and who is leaving it, by a day."""
    found = withdrawals_of(_library().view(on, known), treaty)
    rows = [
        (
            f"{one.state.name} ({one.state.id})",
            in_words(one.act),
            one.deposited_on or "unknown",
            one.effective_on or "no day",
            ", ".join(map(in_words, (one.standing, *one.qualifiers))),
        )
        for one in found.withdrawals
    ]
    return Table(sentence(found), COLUMNS, rows, found.tail.cite.text)


@cache
def _library() -> Library:
    """Answer the record as it is now, built where no current build is kept."""
    return Library(open_build())
