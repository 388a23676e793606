"""The questions that users ask, over HTTP: each is one query of `api/queries`, by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from api.answers.questions import question_names
from tests.api.true_answers import TRUE, Answer

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.mark.parametrize("true", TRUE, ids=lambda true: f"{true.number}: {true.name}")
def test_a_question_has_its_true_answer_over_http(
    client: TestClient,
    true: Answer,
) -> None:
    found = client.get(f"/questions/{true.name}", params=dict(true.values)).json()
    told = [tuple(row[column] or "" for column in true.columns) for row in found["rows"]]
    assert set(told) == set(true.rows)
    assert found["total"] == len(told)


@pytest.mark.parametrize("name", question_names())
def test_the_sparql_link_of_an_answer_gives_its_rows(client: TestClient, name: str) -> None:
    found = client.get(f"/questions/{name}", params={"limit": 1}).json()
    link = urlsplit(str(found["sparql"]))
    accept = {"Accept": "application/sparql-results+json"}
    rows = client.get(f"{link.path}?{link.query}", headers=accept).json()["results"]["bindings"]
    assert len(rows) == found["total"]
    assert found["question"]["text"].endswith("?")


def test_the_list_of_questions_names_all_of_them(client: TestClient) -> None:
    found = client.get("/questions").json()
    assert [question["name"] for question in found["questions"]] == list(question_names())


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/questions/partys", 404, "Did you mean parties"),
        ("/questions/parties?treaty=otawa", 404, "ottawa"),
        ("/questions/parties?teaty=ottawa", 400, "it takes treaty, on"),
        ("/questions/parties?on=soon", 400, "2025-12-19"),
        ("/questions/voters?stance=maybe", 404, "called 'maybe'. There are: absent, abstain,"),
        ("/questions/value_of?property=dep:nothing", 404, "There is no term called"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_why(
    client: TestClient, path: str, status: int, said: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.json()["detail"]
