"""The questions of `api/queries` have the same answers wherever the statements lie."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from api.answers.view import QUERIES, query_text
from api.stores.endpoint import Endpoint
from api.stores.remote import RemoteStore
from graph.store import EmbeddedStore
from tests.api.stores.endpoints import OXIGRAPH, our_own, oxigraph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.store import Row, Store

QUESTIONS = sorted(file.stem for file in QUERIES.glob("*.rq"))


@pytest.fixture(scope="session")
def on_disk(store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Answer a store in a folder with the statements of the store in memory."""
    folder = tmp_path_factory.mktemp("stores")
    store.dump(folder / "data.nq")
    written = EmbeddedStore.on_disk(folder / "store", read_only=False)
    written.load(folder / "data.nq")
    written.flush()
    return _reopened(folder / "store", written)


@pytest.fixture(scope="session", params=["this program", "the server of Oxigraph"])
def remote(
    request: pytest.FixtureRequest, store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """Answer a store behind an endpoint with the same statements, each graph by its name."""
    folder = tmp_path_factory.mktemp("remote")
    store.dump(folder / "data.nq")
    if request.param == "this program":
        serving = our_own(folder / "data.nq")
    elif OXIGRAPH:
        serving = oxigraph(folder / "data.nq", folder / "store")
    else:
        pytest.skip("the server of Oxigraph is not installed (the extra bench)")
    with serving as address, closing(RemoteStore(Endpoint(address, seconds=60))) as asked:
        yield asked


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_the_same_answer_in_memory_and_on_disk(
    name: str, store: Store, on_disk: Store
) -> None:
    text = query_text(name)
    assert _counted(on_disk.select(text)) == _counted(store.select(text))


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_the_same_answer_from_a_remote_store(
    name: str, store: Store, remote: Store
) -> None:
    text = query_text(name)
    assert _counted(remote.select(text)) == _counted(store.select(text))


def test_most_questions_have_an_answer_to_be_compared(store: Store) -> None:
    without = [name for name in QUESTIONS if not store.select(query_text(name))]
    assert len(without) < len(QUESTIONS) / 10, without


def _reopened(folder: Path, written: EmbeddedStore) -> Store:
    del written
    return EmbeddedStore.on_disk(folder, read_only=True)


def _counted(rows: list[Row]) -> Counter[tuple[tuple[str, tuple[str, ...]], ...]]:
    """Count rows; the parts of a GROUP_CONCAT come in the order of the store."""
    return Counter(
        tuple((name, tuple(sorted((value or "").split(" ")))) for name, value in row.items())
        for row in rows
    )
