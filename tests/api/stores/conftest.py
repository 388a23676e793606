"""Fixtures: folders and endpoints to serve in place of the record's own build."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from graph.build import open_build
from graph.store import EmbeddedStore
from tests.api.stores.endpoints import misbehaving, our_own

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.api.stores.endpoints import Misbehaving


@pytest.fixture(scope="session")
def finished_build(small_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Answer a folder with a finished build of a few states; copy it before a change."""
    cache = tmp_path_factory.mktemp("finished")
    return (cache / open_build(small_template, cache).version).rename(cache / "build")


@pytest.fixture(scope="session")
def lone_store(finished_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Answer a folder with a store of Oxigraph that holds a record, and nothing beside it."""
    return shutil.copytree(finished_build / "store", tmp_path_factory.mktemp("lone") / "database")


@pytest.fixture(scope="session")
def others_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Answer a folder with a store of Oxigraph that holds no record."""
    folder = tmp_path_factory.mktemp("others") / "things"
    store = EmbeddedStore.on_disk(folder, read_only=False)
    store.add(b"<http://e/a> <http://e/p> <http://e/b> .\n" * 3, "http://e/graph")
    store.flush()
    return folder


@pytest.fixture
def copied(finished_build: Path, tmp_path: Path) -> Path:
    """Answer a copy of the build that a test may change."""
    return shutil.copytree(finished_build, tmp_path / "copied")


@pytest.fixture(scope="session")
def small_endpoint(finished_build: Path) -> Iterator[str]:
    """Answer the address of an endpoint that holds the record of a few states."""
    with our_own(finished_build / "data.nq") as address:
        yield address


@pytest.fixture(scope="session")
def others_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Answer the address of an endpoint that holds no record."""
    data = tmp_path_factory.mktemp("others") / "things.ttl"
    data.write_text('<http://e/a> <http://e/p> "b", "\\u0001" .', encoding="utf-8")
    with our_own(data) as address:
        yield address


@pytest.fixture
def faulty() -> Iterator[Misbehaving]:
    """Answer a remote end that answers as it is told."""
    with misbehaving() as remote:
        yield remote
