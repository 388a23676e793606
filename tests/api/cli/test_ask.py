"""The questions that users ask, on a terminal."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from api.answers.questions import question_names
from tests.api.true_answers import TRUE, Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.cli.conftest import Outcome


@pytest.mark.parametrize("true", TRUE, ids=lambda true: f"{true.number}: {true.name}")
def test_a_question_has_its_true_answer_on_a_terminal(
    depositary: Callable[..., Outcome],
    true: Answer,
) -> None:
    given = [f"{key}={value}" for key, value in true.values.items()]
    outcome = depositary("ask", true.name, *given, "--format", "csv")
    told = [
        tuple(row[column] for column in true.columns)
        for row in csv.DictReader(outcome.out.splitlines())
    ]
    assert set(told) == set(true.rows)


def test_a_value_that_is_no_pair_is_told_how_to_write_it(
    depositary: Callable[..., Outcome],
) -> None:
    outcome = depositary("ask", "parties", "ottawa")
    assert outcome.code == 2
    assert "NAME=VALUE" in outcome.err


def test_the_questions_are_listed_on_a_terminal(depositary: Callable[..., Outcome]) -> None:
    outcome = depositary("ask", "--format", "json")
    assert len(json.loads(outcome.out)["questions"]) == len(question_names())
