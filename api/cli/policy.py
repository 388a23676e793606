"""`depositary policy`: the measures that hold for a state, what changed, how far from a treaty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from api.cli.asked import Asked, reading
from api.cli.examples import example
from api.cli.policy_text import comparison_text, distance_text, policies_text
from api.cli.printing import Sheet, deliver
from api.cli.words import Words
from graph.dates import parse_day
from graph.errors import WrongUse

if TYPE_CHECKING:
    from datetime import date

MEASURES = (
    "id",
    "name",
    "component",
    "modality",
    "conduct",
    "subject_matter",
    "only_in",
    "except_in",
    "condition",
    "decided_by",
    "force",
    "instrument",
    "sources",
)
COMPONENTS = ("component", "change", "force", "under_review", "before", "after")
OBLIGATIONS = ("obligation", "obligation_article", "agreement", "agreeing", "partly",
               "contradicting")  # fmt: skip


@click.command(epilog=example("depositary policy USA --compare 2025-12-01..2025-12-19"))
@click.argument("state")
@click.option(
    "--compare",
    metavar="DAY[..DAY]",
    help="What changed since that day, or between two days.",
)
@click.option("--distance", metavar="TREATY", help="How far the measures are from a treaty.")
@reading
def policy(asked: Asked, state: str, compare: str | None, distance: str | None) -> None:
    """Say which measures hold for STATE, and what changed.

    Component by component: place, authority, stockpiles, self-destruction, transfer, production,
    assistance, the treaty, review. Laws are told apart from policies.
    """
    if compare and distance:
        message = "Ask either for --compare or for --distance."
        raise WrongUse(message)
    if compare:
        _compare(asked, state, compare)
    elif distance:
        _distance(asked, state, distance)
    else:
        _policies(asked, state)


def _policies(asked: Asked, state: str) -> None:
    from api.answers.norms import policies

    view = asked.view()
    answer = policies(view, state)
    sheet = Sheet(MEASURES, [answer.holding])
    deliver(asked.form, answer, sheet, lambda: policies_text(answer, asked, Words.of(view)))


def _compare(asked: Asked, state: str, days: str) -> None:
    from api.answers.comparison import comparison

    first, last = _two_days(days, asked.on)
    view = asked.view()
    answer = comparison(view, state, first, last)
    sheet = Sheet(COMPONENTS, [answer.components])
    deliver(asked.form, answer, sheet, lambda: comparison_text(answer, Words.of(view)))


def _distance(asked: Asked, state: str, treaty: str) -> None:
    from api.answers.comparison import distance

    view = asked.view()
    answer = distance(view, state, treaty)
    sheet = Sheet(OBLIGATIONS, [answer.obligations])
    deliver(asked.form, answer, sheet, lambda: distance_text(answer, Words.of(view)))


def _two_days(text: str, on: date) -> tuple[date, date]:
    """Read a day, compared with the day asked for, or two days joined by two dots."""
    first, dots, last = text.partition("..")
    return parse_day(first), parse_day(last) if dots else on
