"""`depositary ask`: a question of the list, by its name, with values of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.asked import Asked, reading
from api.cli.examples import example
from api.cli.layout import Table
from api.cli.printing import footer, write_json, write_rows, write_text
from api.cli.words import number
from graph.errors import WrongUse
from ontology.namespaces import CODE, ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from api.answers.questions import Found, Question, Questions
    from api.cli.printing import Block


@click.command(
    epilog=example("depositary ask votes_of state=LBN topicCode=mineBanTreaty --format csv")
)
@click.argument("question", required=False)
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@reading
def ask(asked: Asked, question: str | None, values: tuple[str, ...]) -> None:
    """Answer QUESTION by its name, or list the questions.

    Values are names, codes or days: treaty=ccm, state=Poland, on=2025-12-19. What is not given is
    the value of the example, a day the day of --on.
    """
    from api.answers import questions as answers

    view = asked.view()
    if question is None:
        every = answers.questions(view)
        header = ("name", "question", "values")
        listed = [(q.name, q.text, _values(q)) for q in every.questions]
        _deliver(asked.form, every, header, listed, lambda: _list(every, listed))
        return
    found = answers.ask(view, question, dict(map(_pair, values)))
    columns = tuple(found.question.columns)
    rows = [tuple(row[name] or "" for name in columns) for row in found.rows]
    _deliver(asked.form, found, columns, rows, lambda: _text(found, columns, rows))


def _deliver(
    form: str,
    answer: object,
    columns: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    text: Callable[[], Iterator[Block]],
) -> None:
    if form == "json":
        write_json(answer)
    elif form == "csv":
        write_rows(columns, rows)
    else:
        write_text(text())


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name or not value:
        message = f"{text!r} is not of the form NAME=VALUE, as treaty=ccm."
        raise WrongUse(message)
    return name, value


def _values(question: Question) -> str:
    return ", ".join(f"{p.name} ({p.kind})" for p in question.parameters)


def _list(every: Questions, rows: Sequence[tuple[str, ...]]) -> Iterator[Block]:
    yield f"{number(len(rows), 'question', 'questions')} can be asked."
    yield ""
    yield Table("", ("Name", "Question", "Values"), rows)
    yield from footer(every.tail)


def _short(cell: str) -> str:
    """Answer a name of this project without what all of them begin with."""
    return cell.removeprefix(ID).removeprefix(CODE)


def _text(
    found: Found, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]
) -> Iterator[Block]:
    yield found.question.text
    for name, value in found.values.items():
        yield f"  {name}: {', '.join(map(_short, value.split()))}"
    yield ""
    if rows:
        yield Table("", columns, [tuple(map(_short, row)) for row in rows])
    else:
        yield "No row."
    yield from footer(found.tail)
