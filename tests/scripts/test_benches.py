"""The queries of the bench say what they are said to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store

from api.sandbox.rewriting import rewrite
from scripts.benches import questions
from scripts.benches.workload import write_workload

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def workload(tmp_path_factory: pytest.TempPathFactory) -> Store:
    file: Path = tmp_path_factory.mktemp("bench") / "workload.nt"
    assert write_workload(file) == 484_000
    store = Store()
    store.bulk_load(path=str(file), format=RdfFormat.N_TRIPLES)
    return store


@pytest.mark.parametrize("treaty", ["treaty:t7", "?treaty"])
def test_who_is_party_on_a_day_is_answered_alike_in_each_spelling(
    workload: Store, treaty: str
) -> None:
    answers = {
        spelling: _rows(workload, questions.parties(treaty, spelling))
        for spelling in questions.WITHOUT
    }
    assert answers["NOT EXISTS"] == answers["OPTIONAL + !BOUND"] == answers["MINUS"]
    assert len(answers["MINUS"]) > 10


@pytest.mark.parametrize("name", [*questions.LOOKUPS, *questions.QUERIES])
def test_each_query_of_the_bench_has_an_answer(workload: Store, name: str) -> None:
    query = (questions.LOOKUPS | questions.QUERIES)[name]
    found = workload.query(questions.text(query))
    assert next(found) if isinstance(found, QuerySolutions) else found


def _rows(store: Store, query: str) -> list[list[str]]:
    found = store.query(rewrite(questions.text(query)).text)
    assert isinstance(found, QuerySolutions)
    return sorted([str(term) for term in row] for row in found)
